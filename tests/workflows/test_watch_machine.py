"""The machine fails: the watch says which process, how often, and with which error; once it heals, that is over."""

import asyncio

from appraisal.watch import Kind
from tests.api.scene import settled
from tests.api.test_appraisal_api import PLAN, launch
from tests.stack import Stack
from tests.unwritable import unwritable
from tests.workflows.watching import Watch, look, troubles


async def test_failing_machines_are_told_with_their_error(stack: Stack, watching: Watch) -> None:
    """One process cannot even read its state; the other cannot store what was decided. Both heal, and are no trouble then."""
    cycle = await launch(stack, people=["ani"])
    case, unreadable = f"appraisal/{cycle}/ani", f"appraisal/{cycle}/nobody"
    async with unwritable(stack, case):
        ani = await stack.visitor("ani")
        answer = await ani.post(f"/api/v1/appraisals/{cycle}/ani/targets", json=PLAN)
        assert answer.status_code == 202, answer.text
        await stack.client.start_workflow(
            "AppraisalWorkflow", {"id": "no case"}, id=unreadable, task_queue=stack.settings.task_queue
        )
        async with asyncio.timeout(90):
            while (await look(watching)).machine < 2:
                await asyncio.sleep(1)
        found = await troubles(stack)
        storing, reading = found[(case, Kind.ACTIVITY_FAILS)], found[(unreadable, Kind.TASK_FAILS)]
        assert storing.attempts >= 3
        assert "store_case" in storing.detail
        assert "refused_by_test" in storing.detail
        assert reading.attempts >= 3
        assert "Failed decoding arguments" in reading.detail
        assert (case, Kind.OTHER_REVISION) not in found, "what is being stored is no disagreement"
        await stack.client.get_workflow_handle(unreadable).terminate()
    await settled(stack, case)
    found_now = await look(watching)
    assert (found_now.machine, found_now.disagree) == (0, 0)
    assert all(row.resolved_at for row in (await troubles(stack)).values())
