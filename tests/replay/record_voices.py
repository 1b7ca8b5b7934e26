"""Others are asked about somebody: named, refused, invited, declined, reminded, until the window has ended."""

from datetime import UTC, datetime, timedelta

from temporalio.client import Client, WorkflowUpdateFailedError

from appraisal.access import Actor
from appraisal.policy.spans import Instants
from appraisal.voices.policy import VoicesPolicy
from appraisal.voices.voices import Act, Opening, VoicesOrder
from tests.replay.here import Here
from workflows.identity import voices_id
from workflows.voices import VoicesWorkflow


async def ask_others(town: Here, client: Client) -> dict[str, str]:
    """Ids of processes by history. The window is over in a moment."""
    cycle, now = await town.launch(["ani"], "open", starts_at=datetime.now(UTC).isoformat()), datetime.now(UTC)
    policy = VoicesPolicy(3, 0, 3, True, "PT0S", ("PT1S before",), "PT3S", "PT4S")
    window = Instants(now, (now + timedelta(seconds=2),), now + timedelta(seconds=3), now + timedelta(seconds=4))
    opening, process = Opening(cycle, "ani", policy, window), voices_id(cycle, "ani")
    round_of_ani = await client.start_workflow(
        VoicesWorkflow.run, opening, id=process, task_queue=town.stack.settings.task_queue
    )
    ani, budi = Actor("ani"), Actor("budi")
    for order in (
        VoicesOrder(Act.PROPOSE, ani, ("gita",)),
        VoicesOrder(Act.PROPOSE, ani, ("eko",)),
        VoicesOrder(Act.INVITE, budi, ("eko",), seen=0),
        VoicesOrder(Act.DECLINE, Actor("eko")),
    ):
        try:
            await round_of_ani.execute_update(VoicesWorkflow.perform, order)
        except WorkflowUpdateFailedError:
            assert order.people == ("gita",), "she works elsewhere"
    await round_of_ani.result()
    return {"voices": process}
