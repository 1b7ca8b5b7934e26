"""One import as a process: checked, shown, decided on. What a file holds stands in roster.py."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from appraisal.access import Action, Actor, can
from appraisal.errors import AlreadyClosed, InvalidImport, NotAllowed, NotOpenYet, StaleRevision
from appraisal.people.departure import Cause, Depart, OwnCases
from appraisal.record import Event
from appraisal.roster.roster import ImportKind
from appraisal.text import reason


class Phase(StrEnum):
    """How far an import has come; the last three are ends."""

    CHECKING = "checking"
    PREVIEWED = "previewed"
    APPLYING = "applying"
    APPLIED = "applied"
    DISCARDED = "discarded"
    LAPSED = "lapsed"


ENDS = (Phase.APPLIED, Phase.DISCARDED, Phase.LAPSED)


@dataclass(frozen=True, slots=True)
class ImportOrder:
    """What is to be imported: `batch` is the id of the upload and of the import, `uploaded_by` an account's id."""

    batch: str
    kind: ImportKind
    effective_on: date
    uploaded_by: str


@dataclass(frozen=True, slots=True)
class Findings:
    """A preview in numbers. `bereft` are people whose superior would be ended with those who are missing."""

    errors: int = 0
    warnings: int = 0
    differences: int = 0
    missing: int = 0
    bereft: int = 0


@dataclass(frozen=True, slots=True)
class Missing:
    """What becomes of the open cases of those who are ended with a file: they leave on its day, which `begins_at` then."""

    own_cases: OwnCases
    begins_at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """Apply the import or discard it; `ends_missing` also ends whoever is on record and not in the file.

    `missing` says what follows for them; decisions from before it could be said have none.
    """

    actor: Actor
    apply: bool
    ends_missing: bool = False
    expected_revision: int | None = None
    missing: Missing | None = None


@dataclass(frozen=True, slots=True)
class Import:
    """The state of an import. `event` is the last accepted change; it is stored together with what it did."""

    order: ImportOrder
    phase: Phase = Phase.CHECKING
    revision: int = -1
    findings: Findings = Findings()
    ends_missing: bool = False
    event: Event | None = None
    missing: Missing | None = None

    @property
    def ended(self) -> bool:
        return self.phase in ENDS

    def checking(self, at: datetime) -> "Import":
        """This import while its file is read for the first time."""
        return self._next(Phase.CHECKING, "previewed", "import", at, "previewed")

    def found(self, findings: Findings) -> "Import":
        """This import once its preview is on record: waiting for a decision."""
        return replace(self, phase=Phase.PREVIEWED, findings=findings)

    def applied(self) -> "Import":
        return replace(self, phase=Phase.APPLIED)

    def lapse(self, at: datetime) -> "Import":
        """This import after nobody decided in time."""
        return self._next(Phase.LAPSED, "lapsed", "clock", at, "lapsed")

    def decide(self, decision: Decision, at: datetime, command_id: str) -> "Import":
        """This import as decided; a typed refusal while it cannot be."""
        allowed = can(decision.actor, Action.ADMINISTER)
        if not allowed.allowed:
            raise NotAllowed(allowed.reason, "actor", "Ask an HR officer.")
        if self.ended:
            raise AlreadyClosed(f"This import has ended: {self.phase}.", "", "Upload the file again.")
        if self.phase is not Phase.PREVIEWED:
            raise not_previewed(self.phase)
        if decision.expected_revision not in (None, self.revision):
            raise StaleRevision("The preview has changed since it was shown.", "expected_revision", "Look at it again.")
        if decision.apply:
            self._check(decision)
        phase, kind = (Phase.APPLYING, "applied") if decision.apply else (Phase.DISCARDED, "discarded")
        after = self._next(phase, kind, decision.actor.id, at, command_id)
        ends = decision.apply and decision.ends_missing
        return replace(after, ends_missing=ends, missing=decision.missing if ends else None)

    def departures(self, people: tuple[str, ...]) -> Depart | None:
        """Those who are ended with this file, as an order like any other; None where nothing was said of their cases."""
        if self.missing is None or self.event is None or not people:
            return None
        said, actor = self.missing, Actor(self.event.actor, hr=True)
        on = (self.order.effective_on, said.begins_at)
        return Depart(self.order.batch, Cause.LEFT, said.own_cases, *on, actor, people, said.reason)

    def _check(self, decision: Decision) -> None:
        if self.findings.errors:
            what = f"The file has {self.findings.errors} errors."
            raise InvalidImport(what, "file", "Correct them in the file and upload it again.")
        if decision.ends_missing and self.findings.bereft:
            what = f"{self.findings.bereft} people would lose their superior, who is not in the file."
            raise InvalidImport(what, "ends_missing", "Add the superiors to the file, or do not end who is missing.")
        if decision.missing is not None and decision.missing.own_cases is OwnCases.HOLD:
            raise InvalidImport("Whoever has left does not return.", "own_cases", "Let the cases go on, or close them.")
        if decision.missing is not None and decision.missing.own_cases is OwnCases.CLOSE:
            reason(decision.missing.reason)

    def _next(self, phase: Phase, kind: str, actor: str, at: datetime, command_id: str) -> "Import":
        revision = self.revision + 1
        event = Event(revision, kind, actor, at, command_id, changes=(("phase", str(self.phase), str(phase)),))
        return replace(self, phase=phase, revision=revision, event=event)


def not_previewed(phase: Phase) -> NotOpenYet:
    """Why nobody can decide on an import in this phase."""
    return NotOpenYet(f"This import is {phase}.", "", "Wait until its preview is shown.")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of applying: when the record had changed since the preview, nothing but a new preview."""

    applied: bool
    findings: Findings
