"""One order of HR that names another superior: put on record whole or not at all, then followed when its day comes."""

from temporalio import workflow
from temporalio.exceptions import ApplicationError

from activities.superiors import SuperiorActivities
from appraisal.commands import Receipt
from appraisal.people.superiors import Replace, Replacement
from workflows.attempts import settle
from workflows.following import follow_from


@workflow.defn
class SuperiorsWorkflow:
    """Id `superiors/{order}`. The rules are appraisal.people.superiors; cases keep no copy that would have to be cleaned up."""

    @workflow.init
    def __init__(self, order: Replace) -> None:
        self._on_record = False
        self._refusal: ApplicationError | None = None

    @workflow.run
    async def run(self, order: Replace) -> Receipt:
        try:
            await settle(SuperiorActivities.replace_superiors, Replacement(order, workflow.now()))
        except ApplicationError as refusal:
            self._refusal = refusal
        else:
            self._on_record = True
            await follow_from(order.begins_at)
        await workflow.wait_condition(workflow.all_handlers_finished)
        return self._receipt()

    @workflow.update
    async def replaced(self) -> Receipt:
        """Answers once the order is on record, or with the reason why none of it is."""
        await workflow.wait_condition(lambda: self._on_record or self._refusal is not None)
        return self._receipt()

    def _receipt(self) -> Receipt:
        if self._refusal is not None:
            raise self._refusal
        return Receipt(0, "replaced")
