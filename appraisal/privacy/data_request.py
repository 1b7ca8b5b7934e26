"""What people ask about the data that is held about them: to see it, to have it put right, or to have it erased.

The clock is the law's and runs day and night, holidays too. Rules: data_correction, data_access.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from appraisal.access import CLOCK, Action, Actor, can
from appraisal.errors import AlreadyClosed, InvalidPolicy, MissingReason, NotAllowed
from appraisal.notices import Notice
from appraisal.parties import HR, Parties, unit_hr
from appraisal.policy.spans import duration
from appraisal.privacy.erasing import Part, Stays
from appraisal.privacy.errors import NothingNamed, NothingToErase
from appraisal.record import Change, Event
from appraisal.text import checked, evidence_link, reason

LONGEST = timedelta(hours=72)
"""Three times 24 hours from the request. Rules: data_correction, data_access."""


class DataKind(StrEnum):
    """What is asked for."""

    ACCESS = "access"
    CORRECTION = "correction"
    ERASURE = "erasure"


class Area(StrEnum):
    """Which part of what is held it is about."""

    IDENTITY = "identity"
    POSITION = "position"
    APPRAISAL = "appraisal"
    TRAINING = "training"
    ACCOUNT = "account"
    OTHER = "other"


class DataPhase(StrEnum):
    """What became of a request. `DONE` is corrected, or answered; `FORWARDED` went to who keeps the source, like SIMPEG."""

    OPEN = "open"
    DONE = "done"
    FORWARDED = "forwarded"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class AskAboutData:
    """What the person says: `words` what is wrong (or what to see), `should_be` what should stand there, `evidence` a link;
    of an erasure, which `parts` should go.

    HR answers `within` this time.
    """

    id: str
    kind: DataKind
    person: str
    actor: Actor
    area: Area
    words: str
    should_be: str = ""
    evidence: str = ""
    within: str = "PT72H"
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Office:
    """The unit in whose pool the person stands (empty: in none), and the HR that holds a request of that person."""

    unit: str = ""
    holder: str = HR


@dataclass(frozen=True, slots=True)
class DataAnswer:
    """HR's answer, with what was done about it. A refusal names its ground as well: the rule or paper it rests on."""

    actor: Actor
    phase: DataPhase
    reason: str
    ground: str = ""


@dataclass(frozen=True, slots=True)
class DataRequest:
    """The state of the process. HR is reminded once, before it is due; then HR of the agency is called in, once.

    Of an erasure that was done, `stays` has what was not erased after all, each part on its ground.
    """

    order: AskAboutData
    at: datetime
    due: datetime
    remind_at: datetime
    office: Office
    phase: DataPhase = DataPhase.OPEN
    reminded: bool = False
    escalated: bool = False
    answer: DataAnswer | None = None
    answered_at: datetime | None = None
    revision: int = 0
    events: tuple[Event, ...] = ()
    stays: Stays = ()

    @property
    def id(self) -> str:
        return f"{self.order.kind}/{self.order.id}"

    @property
    def open(self) -> bool:
        return self.phase is DataPhase.OPEN

    @property
    def erases(self) -> tuple[Part, ...]:
        """What goes with this answer: all that was asked for and does not stay."""
        done = self.order.kind is DataKind.ERASURE and self.phase is DataPhase.DONE
        kept = {part for part, _ in self.stays}
        return tuple(part for part in self.order.parts if part not in kept) if done else ()

    @property
    def alarm_at(self) -> datetime | None:
        """When the clock has something to do next."""
        if self.escalated:
            return None
        return self.due if self.reminded else self.remind_at

    def late(self, at: datetime, office: Office) -> "DataRequest":
        """This request when its alarm has come: its holder of today is reminded, or it goes to HR of the agency."""
        if self.reminded:
            office, kind = replace(office, holder=HR), "data_request_escalated"
        else:
            kind = "data_request_reminded"
        changes = (("holder", self.office.holder, office.holder),) if office.holder != self.office.holder else ()
        event = Event(self.revision + 1, kind, CLOCK.id, at, kind, changes=changes)
        return self._after(event, replace(self, office=office, reminded=True, escalated=self.reminded))

    def answered(self, answer: DataAnswer, at: datetime, command_id: str, stays: Stays = ()) -> "DataRequest":
        """This request as HR answers it; a refusal otherwise. What `stays` is not erased, whatever HR says."""
        if answer.actor.id == self.order.person:
            raise NotAllowed("Nobody decides on the own request.", "", "Ask another officer.")
        if not can(answer.actor, Action.ANSWER_REQUEST, Parties(self.order.person, self.office.unit)).allowed:
            raise NotAllowed("Only HR decides on this.", "", "Wait for HR; you are told.")
        if not self.open:
            raise AlreadyClosed("This request has been answered.", "", "Load it again.")
        answer = replace(answer, reason=reason(answer.reason), ground=_ground(answer))
        after = replace(self, phase=answer.phase, answer=answer, answered_at=at, stays=stays)
        changes = (("phase", str(self.phase), str(answer.phase)), ("ground", "", answer.ground), *after.erasure())
        kind = f"data_request_{answer.phase}"
        event = Event(self.revision + 1, kind, answer.actor.id, at, command_id, reason=answer.reason, changes=changes)
        return self._after(event, after)

    def erasure(self) -> tuple[Change, ...]:
        """What the record says of an erasure that is done: what went, and what stays on which ground."""
        if self.order.kind is not DataKind.ERASURE or self.phase is not DataPhase.DONE:
            return ()
        if not self.erases:
            raise NothingToErase("Nothing of this may be erased.", "decision", "Refuse it, and name the ground.")
        stays = ", ".join(f"{part} ({ground})" for part, ground in self.stays)
        return ("erased", "", ", ".join(self.erases)), ("stays", "", stays)

    def stored(self, revision: int) -> "DataRequest":
        return replace(self, events=tuple(event for event in self.events if event.revision > revision))

    def notices(self) -> tuple[Notice, ...]:
        """Who must hear of the newest event: whoever holds it, or the person once it is answered."""
        event = self.events[-1]
        who = self.office.holder if self.open else self.order.person
        return (Notice(who, event.kind, event.revision),)

    def _after(self, event: Event, state: "DataRequest") -> "DataRequest":
        return replace(state, revision=event.revision, events=(*self.events, event))


def check(order: AskAboutData) -> AskAboutData:
    """The request with its texts as they are kept; a refusal of what cannot be asked."""
    if order.actor.id != order.person:
        raise NotAllowed("You can ask about your own data alone.", "", "Ask whoever it concerns to ask for it.")
    corrects = order.kind is DataKind.CORRECTION
    words, should_be = checked(order.words, "words"), checked(order.should_be, "should_be", required=corrects)
    evidence = evidence_link(order.evidence, "evidence") if order.evidence.strip() else ""
    parts = _named(order.parts) if order.kind is DataKind.ERASURE else ()
    return replace(order, words=words, should_be=should_be, evidence=evidence, parts=parts)


def asked(order: AskAboutData, at: datetime, office: Office) -> DataRequest:
    """The request as it begins. HR is reminded when a third of its time is left."""
    within = duration(order.within, "within")
    due = at + within
    changes = (
        *(("area", "", str(order.area)), ("should_be", "", order.should_be), ("evidence", "", order.evidence)),
        *(("holder", "", office.holder), ("due", "", due.isoformat())),
        *((("parts", "", ", ".join(order.parts)),) if order.parts else ()),
    )
    event = Event(0, "data_requested", order.actor.id, at, "asked", reason=order.words, changes=changes)
    return DataRequest(order, at, due, at + within * 2 / 3, office, events=(event,))


def office_of(person: str, unit: str | None, officers: Mapping[str, tuple[str, ...]]) -> Office:
    """HR of the person's unit; where that has no officer but the person, or there is no unit, HR of the agency."""
    if unit and any(officer != person for officer in officers.get(unit, ())):
        return Office(unit, unit_hr(unit))
    return Office(unit or "")


def checked_term(span: str, where: str) -> str:
    """A duration that is no longer than the law allows. Rules: data_correction, data_access."""
    if not timedelta(0) < duration(span, where) <= LONGEST:
        raise InvalidPolicy(f"'{span}' is not between 1 second and 72 hours.", where, "Write a duration like PT72H.")
    return span


def _named(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Each once, in their own order."""
    if not parts:
        raise NothingNamed("Nothing is named that should be erased.", "parts", "Choose at least one part.")
    return tuple(part for part in Part if part in parts)


def _ground(answer: DataAnswer) -> str:
    if answer.phase is not DataPhase.REFUSED:
        return ""
    if not answer.ground.strip():
        raise MissingReason("The ground is missing.", "ground", "Name the rule or paper that the refusal rests on.")
    return checked(answer.ground, "ground")
