"""Groups whose clock stands still for a while, or until the cycle closes, for their histories."""

import asyncio
from datetime import UTC, datetime, timedelta

from temporalio.client import Client

from tests.faults.people import Town


async def stand_still(town: Town, client: Client) -> dict[str, str]:
    """A rehearsal in which nobody lets the calibration go on. Ids of processes by history."""
    cycle = await town.launch(["ani", "eko"], "rehearsal", starts_at=datetime.now(UTC).isoformat())
    calibration, nomination = f"calibrations/{cycle}/dinkes", f"nominations/{cycle}"
    await town.hr.post(f"{calibration}/hold", {"reason": "Banjir."})
    until = (datetime.now(UTC) + timedelta(seconds=3)).isoformat()
    await town.hr.post(f"{nomination}/hold", {"reason": "Banjir.", "until": until})
    await asyncio.sleep(5)  # the nomination has gone on by itself
    await town.hr.post(f"{nomination}/hold", {"reason": "Gangguan jaringan."})
    await asyncio.sleep(3)
    await town.hr.post(f"{nomination}/release", {"reason": "Pulih."})
    played = {
        "calibration_held_until_the_closing": f"calibration/{cycle}/dinkes",
        "nomination_held_and_released": f"nomination/{cycle}",
    }
    for process in (*played.values(), f"cycle/{cycle}"):
        await client.get_workflow_handle(process).result()
    return played
