"""How workflows run: in the SDK's sandbox, without what costs much there and protects nothing here."""

from temporalio.converter import SerializationContext, StorageDriverStoreContext
from temporalio.worker import WorkflowInstance, WorkflowInstanceDetails, WorkflowRunner
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner

SHARED = (
    *("activities", "appraisal"),
    *("workflows.appraisal", "workflows.attempts", "workflows.clocked", "workflows.enrolment"),
    *("workflows.following", "workflows.identity", "workflows.ledger"),
    *("workflows.period", "workflows.policies", "workflows.requests"),
)
"""What the sandbox takes as it is, instead of importing all of it anew for every single process.

That took nine tenths of a worker's time (94 ms of CPU for a new case, now 3) and 1.6 MB for each open case (now 32 KB).
These modules hold no state and cannot reach a clock, dice or the outside world: the import contracts and ruff's banned
names see to it. The other processes stay in the sandbox; those of a case, a period and a seat, of which there are thousands,
cost a tenth more in it.
"""


class FrugalRunner(SandboxedWorkflowRunner):
    """A sandbox that is not entered to ask in which context a payload is converted: ours are converted alike in all.

    The SDK asks six times for each payload, and each time enters the sandbox: a fifth of a worker's time.
    """

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        instance = super().create_instance(det)
        for name, answer in (("get_serialization_context", _no_context), ("get_external_store_context", _no_storage)):
            setattr(instance, name, answer)
        return instance


def _no_context(_: object) -> SerializationContext | None:
    return None


def _no_storage(_: object) -> StorageDriverStoreContext:
    return StorageDriverStoreContext(target=None)


def sandboxed(runner: WorkflowRunner | None) -> WorkflowRunner:
    """The sandbox with SHARED passed through. A runner that is none, as debuggers use, stays as it is."""
    if runner is None:
        runner = SandboxedWorkflowRunner()
    if not isinstance(runner, SandboxedWorkflowRunner):
        return runner
    return FrugalRunner(runner.restrictions.with_passthrough_modules(*SHARED), runner.runner_class)
