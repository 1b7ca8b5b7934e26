"""What HR orders of a cycle while it runs, for the histories of everybody who follows: other dates, and its signature."""

import asyncio
from datetime import UTC, datetime

from temporalio.client import Client

from tests.faults.people import Town


async def change_dates(town: Town, client: Client) -> dict[str, str]:
    """A leisurely cycle becomes a rehearsal: what the new dates put behind rings at once. Ids of processes by history."""
    cycle = await town.launch(["ani", "eko"], "open", starts_at=datetime.now(UTC).isoformat())
    await town.do(cycle, "eko", "targets", "eko")
    await asyncio.sleep(12)  # by the new dates targets are due after ten seconds
    order = {"policy": "rehearsal", "reason": "Surat edaran Bupati."}
    for _ in range(2):  # a second click, with the same key
        await town.hr.post(f"cycles/{cycle}/dates", order, "dates")
    await client.get_workflow_handle(f"cycle/{cycle}").result()
    return {
        "cycle_rescheduled": f"cycle/{cycle}",
        "appraisal_rescheduled": f"appraisal/{cycle}/ani",
        "appraisal_rescheduled_at_approval": f"appraisal/{cycle}/eko",
        "calibration_rescheduled": f"calibration/{cycle}/dinkes",
        "nomination_rescheduled": f"nomination/{cycle}",
    }


async def sign_the_closing(town: Town, client: Client) -> dict[str, str]:
    """HR signs a list that is not there, then the one that is; the cycle closes at its date."""
    cycle = await town.launch(["ani", "eko"], "rehearsal", starts_at=datetime.now(UTC).isoformat())
    address = f"cycles/{cycle}/closing"
    refused = await town.hr.http.post(f"/api/v1/{address}/signature", json={"digest": "0" * 64})
    assert refused.json()["code"] == "stale_list"
    while True:  # the clock may act between the look and the signature
        seen = await town.hr.get(address)
        answer = await town.hr.http.post(
            f"/api/v1/{address}/signature", json={"digest": seen["digest"], "remark": "Ya."}
        )
        if answer.is_success:
            break
    await client.get_workflow_handle(f"cycle/{cycle}").result()
    return {"cycle_signed": f"cycle/{cycle}"}
