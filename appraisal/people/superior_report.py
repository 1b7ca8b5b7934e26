"""'My superior is wrong': an employee reports it, HR is reminded until it decides, and the case goes on meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from appraisal.access import CLOCK, Action, Actor, can
from appraisal.errors import AlreadyClosed, NotAllowed, UnknownPerson
from appraisal.notices import Notice
from appraisal.parties import HR
from appraisal.people import superiors
from appraisal.people.errors import AlreadyReported, AnswersToHimself
from appraisal.people.superiors import Ground, Hindrance, Move
from appraisal.policy.spans import Calendar, after
from appraisal.record import Event
from appraisal.text import checked, reason


class ReportPhase(StrEnum):
    """What became of a report."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class ReportSuperior:
    """What the employee says; `proposed` is who it should be, where that is known."""

    id: str
    person: str
    actor: Actor
    proposed: str | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """HR's answer: with a `superior` it is accepted from today on, without one declined; that needs its reason."""

    actor: Actor
    superior: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """The state of the process. It is `due` once; HR is reminded then, and at `remind_at` as long as it is open."""

    order: ReportSuperior
    at: datetime
    due: datetime
    remind_at: datetime
    phase: ReportPhase = ReportPhase.OPEN
    reminded: int = 0
    decision: Decision | None = None
    decided_at: datetime | None = None
    revision: int = 0
    events: tuple[Event, ...] = ()

    @property
    def id(self) -> str:
        return f"superior-report/{self.order.person}/{self.order.id}"

    @property
    def open(self) -> bool:
        return self.phase is ReportPhase.OPEN

    @property
    def superior(self) -> str | None:
        """Whom HR has named; None while it has not decided, and where it has declined."""
        return self.decision.superior if self.decision else None

    def late(self, at: datetime, again: datetime) -> "Report":
        """This report when its time is over and nobody has decided; HR is reminded now, and once more at `again`."""
        event = Event(self.revision + 1, "report_reminded", CLOCK.id, at, f"remind/{self.reminded + 1}")
        return self._after(event, replace(self, remind_at=again, reminded=self.reminded + 1))

    def decided(self, decision: Decision, at: datetime, command_id: str) -> "Report":
        """This report as HR answers it; a refusal otherwise. Whether the record allows it is asked when it is stored."""
        if not can(decision.actor, Action.ADMINISTER).allowed:
            raise NotAllowed("Only HR decides on this.", "", "Wait for HR; you are told.")
        if decision.actor.id == self.order.person:
            raise NotAllowed("Nobody decides on the own report.", "", "Ask another officer.")
        if not self.open:
            raise AlreadyClosed("This report has been decided.", "", "Load it again.")
        if decision.superior == self.order.person:
            raise AnswersToHimself("Nobody is the own superior.", "superior", "Choose somebody else.")
        accepted = decision.superior is not None
        why = checked(decision.reason, "reason", required=False) if accepted else reason(decision.reason)
        phase = ReportPhase.ACCEPTED if accepted else ReportPhase.DECLINED
        changes = (("phase", str(self.phase), str(phase)), ("superior", "", decision.superior or ""))
        kind = f"report_{phase}"
        event = Event(self.revision + 1, kind, decision.actor.id, at, command_id, reason=why, changes=changes)
        return self._after(event, replace(self, phase=phase, decision=decision, decided_at=at))

    def stored(self, revision: int) -> "Report":
        return replace(self, events=tuple(event for event in self.events if event.revision > revision))

    def notices(self, moves: Sequence[Move] = ()) -> tuple[Notice, ...]:
        """Who must hear of the newest event: HR of what waits, the employee of the answer, and both superiors of a change."""
        event = self.events[-1]
        if self.open:
            return (Notice(HR, "superior_report_due" if self.reminded else "superior_reported", event.revision),)
        answer = Notice(self.order.person, f"superior_{event.kind}", event.revision)
        if not moves or self.decision is None or self.superior is None:
            return (answer,)
        told = superiors.notices(moves, self.superior, self.decision.actor, event.revision)
        return (answer, *(notice for notice in told if notice.recipient != self.order.person))

    def _after(self, event: Event, state: "Report") -> "Report":
        return replace(state, revision=event.revision, events=(*self.events, event))


def reported(order: ReportSuperior, at: datetime, due: datetime) -> Report:
    """The report as it begins."""
    changes = (("proposed", "", order.proposed or ""), ("due", "", due.isoformat()))
    event = Event(0, "superior_reported", order.actor.id, at, "reported", reason=order.words, changes=changes)
    return Report(order, at, due, due, events=(event,))


def deadline(span: str, start: datetime, calendar: Calendar) -> datetime:
    """When HR should have decided: working days end when the office closes. Rule: wrong_superior."""
    return after(span, start, calendar, calendar.closes, start.year, "superior_reports_due")


def check(order: ReportSuperior) -> None:
    """What can be refused without the record."""
    if order.actor.id != order.person:
        raise NotAllowed("You can report your own superior alone.", "", "Ask whoever it concerns to report it.")
    if order.proposed == order.person:
        raise AnswersToHimself("Nobody is the own superior.", "superior", "Choose somebody else, or nobody.")
    checked(order.words, "words", required=False)


def allow(order: ReportSuperior, ground: Ground, waiting: bool) -> None:
    """What the record has against it; `waiting` says that another report of this person is open."""
    if waiting:
        raise AlreadyReported("You have reported this already; HR has not decided yet.", "", "Wait for the answer.")
    if order.person not in ground.before:
        raise superiors.REFUSALS[Hindrance.NO_POSITION].at("", "Speak to HR.")
    if order.proposed is not None:
        fits(order.proposed, order.person, ground, ignoring=(Hindrance.LATER_CHANGE,))


def fits(superior: str, person: str, ground: Ground, ignoring: tuple[Hindrance, ...] = ()) -> None:
    """Nothing if this person can answer to that superior; otherwise the refusal, about the field `superior`."""
    (one,) = superiors.examined(superior, (person,), ground)
    if one.hindrance is not None and one.hindrance not in ignoring:
        raise superiors.REFUSALS[one.hindrance].at("superior")


def moves(report: Report, ground: Ground) -> tuple[Move, ...]:
    """What an accepted report changes: nothing where somebody has done so already; or a refusal."""
    person, superior = report.order.person, report.superior
    if superior is None:
        raise UnknownPerson("Nobody is named.", "superior", "Choose the superior.")
    fits(superior, person, ground, ignoring=(Hindrance.UNCHANGED,))
    before = ground.before[person]
    return () if before == superior else (Move(person, before),)
