"""People who get another superior, by HR's order and by their own report, for their histories."""

import asyncio
from datetime import timedelta

from temporalio.client import Client

from tests.replay.here import Here
from workflows.identity import superior_report_id, superiors_id

REPORTS_DUE = timedelta(seconds=2)
"""So long HR has for a report that a superior is wrong."""


async def move_people(town: Here, client: Client) -> dict[str, str]:
    """Somebody gets another superior; somebody else says that hers is wrong, and HR is late, declines, and then accepts."""
    order = {"people": ["gita"], "superior": "dewi", "reason": "Mutasi."}
    played = {"superiors_replaced": superiors_id((await town.hr.post("superiors", order))[0]["order_id"])}
    ani = await town.person("ani")
    for name, answer in (
        ("superior_report_late_and_declined", {"decision": "decline", "reason": "Sudah benar."}),
        ("superior_report_accepted", {"decision": "accept", "superior": "citra"}),
    ):
        report = (await ani.post("superior-reports", {}))["id"]
        await asyncio.sleep(REPORTS_DUE.total_seconds() * 1.5)
        await town.hr.post(f"superior-reports/{report}/decision", answer)
        played[name] = superior_report_id("ani", report)
    for process in played.values():
        await client.get_workflow_handle(process).result()
    return played
