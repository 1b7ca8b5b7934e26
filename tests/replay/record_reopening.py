"""A case that is closed and opened again, for its history and that of its cycle."""

from datetime import UTC, datetime

from temporalio.client import Client

from tests.faults.people import Town


async def open_again(town: Town, client: Client) -> dict[str, str]:
    """Targets are handed in, the case is closed by mistake, and goes on at the approval. Ids of processes by history."""
    cycle = await town.launch(["ani", "eko"], "open", starts_at=datetime.now(UTC).isoformat())
    await town.do(cycle, "ani", "targets", "ani")
    path = f"appraisals/{cycle}/ani"
    await town.hr.post(f"{path}/remedy", {"kind": "close_unrateable", "reason": "Keliru."})
    await client.get_workflow_handle(f"appraisal/{cycle}/ani").result()
    for _ in range(2):  # a second click, with the same key
        await town.hr.post(f"{path}/reopening", {"step": "approval", "reason": "Keliru ditutup."}, "again")
    await town.do(cycle, "ani", "approval", "budi")
    return {"cycle_case_reopened": f"cycle/{cycle}", "appraisal_reopened": f"appraisal/{cycle}/ani"}
