"""One import of people, units or a catalogue: preview, a person's decision, all or nothing."""

from dataclasses import dataclass

from temporalio import workflow

from activities.attendance import AttendanceActivities
from activities.organisation import OrganisationActivities
from activities.roster_import import RosterImportActivities
from appraisal.roster.importing import Decision, Findings, Import, ImportOrder, Phase
from appraisal.roster.roster import ImportKind
from workflows.following import begun, settle_departures
from workflows.policies import APPLY_IMPORT, FOLLOW_MANY, PAGE_BY_PAGE, READ_IMPORT, UNDECIDED_IMPORT_LAPSES


@dataclass(frozen=True, slots=True)
class ImportStatus:
    """How far an import is. After `decide`: `previewed` means that the record had changed and must be seen again."""

    phase: Phase
    revision: int
    findings: Findings


@workflow.defn
class RosterImportWorkflow:
    """Id `import/{batch}`. The rules are appraisal.roster: importing (the process), the others (the files)."""

    @workflow.init
    def __init__(self, order: ImportOrder) -> None:
        self._state = Import(order)
        self._settled_revision = -1

    @workflow.run
    async def run(self, order: ImportOrder) -> ImportStatus:
        checking = self._state.checking(workflow.now())
        self._state = checking
        findings = await workflow.execute_activity_method(
            RosterImportActivities.preview_import, checking, **READ_IMPORT
        )
        self._state = checking.found(findings)
        while not self._state.ended:
            await self._decided_or_lapsed()
            await self._settle()
        if self._state.phase is Phase.APPLIED and order.kind is ImportKind.PEOPLE:
            await workflow.execute_activity_method(OrganisationActivities.follow, **FOLLOW_MANY)
            if self._state.missing is not None:
                await begun(self._state.missing.begins_at)
                await settle_departures(order.batch)
        if self._state.phase is Phase.APPLIED and order.kind is ImportKind.ATTENDANCE:
            told = AttendanceActivities.record_attendance
            await workflow.execute_activity_method(told, order.batch, **PAGE_BY_PAGE)
        await workflow.wait_condition(workflow.all_handlers_finished)
        return self.status()

    @workflow.update
    async def decide(self, decision: Decision) -> ImportStatus:
        """Apply or discard, and answer once that is on record."""
        if self._state.phase is Phase.CHECKING:
            await workflow.wait_condition(lambda: self._state.phase is not Phase.CHECKING)
        after = self._decided(decision)
        self._state = after
        await workflow.wait_condition(lambda: self._settled_revision >= after.revision)
        return self.status()

    @decide.validator
    def _may_decide(self, decision: Decision) -> None:
        # Its preview can be on record, and seen, before this process has heard of that: such a decision waits.
        if self._state.phase is not Phase.CHECKING:
            self._decided(decision)

    @workflow.query
    def status(self) -> ImportStatus:
        return ImportStatus(self._state.phase, self._state.revision, self._state.findings)

    def _decided(self, decision: Decision) -> Import:
        info = workflow.current_update_info()
        return self._state.decide(decision, workflow.now(), info.id if info else "")

    async def _decided_or_lapsed(self) -> None:
        try:
            await workflow.wait_condition(
                lambda: self._state.phase is not Phase.PREVIEWED, timeout=UNDECIDED_IMPORT_LAPSES
            )
        except TimeoutError:
            if self._state.phase is Phase.PREVIEWED:
                self._state = self._state.lapse(workflow.now())

    async def _settle(self) -> None:
        """Put on record what was decided; only then is it so."""
        decided = self._state
        if decided.phase is Phase.APPLYING:
            outcome = await workflow.execute_activity_method(
                RosterImportActivities.apply_import, decided, **APPLY_IMPORT
            )
            self._state = decided.applied() if outcome.applied else decided.found(outcome.findings)
        else:
            await workflow.execute_activity_method(RosterImportActivities.close_import, decided, **READ_IMPORT)
        self._settled_revision = decided.revision
