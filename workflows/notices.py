"""The one process that sends notices: looks, sends, rests until the next instant at which there may be something."""

import asyncio

from temporalio import workflow

from activities.notices import PAGE, NoticeActivities
from appraisal.delivery import Round
from workflows.attempts import look
from workflows.policies import QUIET_CHECK, SEND, URGENT_CHECK


@workflow.defn
class NoticesWorkflow:
    """Id `notices`. It holds no state: what was decided and sent stands in the database (appraisal/delivery.py decides)."""

    @workflow.run
    async def run(self) -> None:
        while not workflow.info().is_continue_as_new_suggested():
            at = workflow.now()
            found = await look(NoticeActivities.plan_deliveries, at)
            sending = []
            if found.mails:
                sending.append(workflow.execute_activity_method(NoticeActivities.send_mails, at, **SEND))
            if found.events:
                sending.append(workflow.execute_activity_method(NoticeActivities.send_events, at, **SEND))
            if PAGE not in await asyncio.gather(*sending):
                await self._rest(found)
        workflow.continue_as_new()

    async def _rest(self, found: Round) -> None:
        pause = URGENT_CHECK if found.watched else QUIET_CHECK
        await workflow.sleep(max(min(pause, found.opening - workflow.now()), URGENT_CHECK / 60))
