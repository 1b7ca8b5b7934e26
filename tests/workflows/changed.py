"""The process of a case as a later build might have it: it notes each save, by a command that was not there before."""

from temporalio import workflow

from activities.records import RecordActivities
from appraisal.case import Case
from appraisal.vocabulary import Outcome
from workflows.appraisal import AppraisalWorkflow
from workflows.ledger import Ledger

CHANGE = "notes-revision"


class Noting(Ledger[Case]):
    """As CONTRIBUTING.md wants it: what was before the change goes on as it was. One answer for each revision: the SDK
    remembers the first that it gave to a name."""

    async def save(self) -> None:
        await super().save()
        if workflow.patched(f"{CHANGE}-{self.state.revision}"):
            workflow.upsert_memo({"stored": self.state.revision})


class Unguarded(Ledger[Case]):
    """The same change without asking."""

    async def save(self) -> None:
        await super().save()
        workflow.upsert_memo({"stored": self.state.revision})


@workflow.defn(name=AppraisalWorkflow.__name__)
class Changed(AppraisalWorkflow):
    """The next build."""

    @workflow.init
    def __init__(self, case: Case) -> None:
        self._ledger = Noting(case, RecordActivities.store_case)

    @workflow.run
    async def run(self, case: Case) -> Outcome | None:
        return await super().run(case)


@workflow.defn(name=AppraisalWorkflow.__name__)
class Careless(AppraisalWorkflow):
    """One that must not be released."""

    @workflow.init
    def __init__(self, case: Case) -> None:
        self._ledger = Unguarded(case, RecordActivities.store_case)

    @workflow.run
    async def run(self, case: Case) -> Outcome | None:
        return await super().run(case)
