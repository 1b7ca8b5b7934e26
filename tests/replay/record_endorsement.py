"""Reviews that the second level looks at: one goes back and is endorsed then, on another nobody looks in time."""

from datetime import UTC, datetime

from temporalio.client import Client

from demo import office
from tests.faults.people import Town

BACK = {"decision": "return", "reason": "Alasan perilaku belum menyebut contoh."}


async def look_twice(town: Town, client: Client) -> dict[str, str]:
    """A rehearsal with the step. Ids of processes by history."""
    await office.look_twice(town.hr)
    cycle = await town.launch(["ani", "eko"], "rehearsal", starts_at=datetime.now(UTC).isoformat())
    for employee in ("ani", "eko"):
        for step in ("targets", "approval"):
            await town.do(cycle, employee, step, employee if step == "targets" else "budi")
    await town.until_at(cycle, ["ani", "eko"], "review")
    await town.do(cycle, "eko", "review", "budi")
    await town.do(cycle, "ani", "review", "budi")
    citra = await town.person("citra")
    await citra.post(f"appraisals/{cycle}/ani/endorsement", BACK)
    await town.do(cycle, "ani", "review", "budi")
    await citra.post(f"appraisals/{cycle}/ani/endorsement", {"decision": "endorse"})
    played = {
        "appraisal_review_returned_and_endorsed": f"appraisal/{cycle}/ani",
        "appraisal_endorsement_lapsed": f"appraisal/{cycle}/eko",
    }
    for process in played.values():
        await client.get_workflow_handle(process).result()
    return played
