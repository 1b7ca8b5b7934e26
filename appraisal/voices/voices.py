"""Whom to ask about somebody's behaviour: the employee names people, the superior decides, whoever is asked may decline.

What is answered never comes here (appraisal.voices.told): a process keeps all that it hears. Rule: voices_asked.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from appraisal.access import CLOCK, Action, Actor, demand
from appraisal.errors import AlreadyClosed, NothingToDecide, NotOpenYet, StaleRevision
from appraisal.notices import Notice
from appraisal.parties import HR, Parties
from appraisal.people.people import named
from appraisal.policy.spans import Instants
from appraisal.record import Event
from appraisal.text import checked, reason
from appraisal.voices.errors import AnsweredAlready, AskedAlready, DeclinedAlready, NotAsked, TooManyVoices
from appraisal.voices.ground import Ground, fits
from appraisal.voices.policy import MOST, Kind, VoicesPolicy


class Standing(StrEnum):
    """How far somebody is. That somebody has answered is known beside the process, by the record alone."""

    PROPOSED = "proposed"
    INVITED = "invited"
    ANSWERED = "answered"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who is to be asked, or is."""

    person: str
    kind: Kind
    standing: Standing


class Act(StrEnum):
    """The employee proposes; the superior invites, whom he will; who is invited declines."""

    PROPOSE = "propose"
    INVITE = "invite"
    DECLINE = "decline"


@dataclass(frozen=True, slots=True)
class VoicesOrder:
    """`people` are all whom the employee proposes, or whom the superior invites now: other proposals lapse. `seen` is the
    revision on which the superior decides."""

    act: Act
    actor: Actor
    people: tuple[str, ...] = ()
    reason: str = ""
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """A round of voices about one employee in one cycle, by the policy and the dates that it begins with."""

    cycle: str
    employee: str
    policy: VoicesPolicy
    window: Instants


@dataclass(frozen=True, slots=True)
class Round:
    """The state of the process. `reminded` counts the reminders that are over."""

    opening: Opening
    voices: tuple[Voice, ...] = ()
    closed: bool = False
    reminded: int = 0
    revision: int = -1
    events: tuple[Event, ...] = ()

    @property
    def id(self) -> str:
        return f"voices/{self.opening.cycle}/{self.opening.employee}"

    @property
    def next_alarm(self) -> datetime:
        """When the clock acts next: it reminds, and in the end it closes the round."""
        ahead = self.opening.window.remind[self.reminded :]
        return ahead[0] if ahead else self.opening.window.end

    def those(self, *standings: Standing) -> tuple[Voice, ...]:
        return tuple(voice for voice in self.voices if voice.standing in standings)

    def rung(self, at: datetime) -> "Round":
        """This round once the clock has acted. After the end nothing is taken any more, and what was said can be told."""
        if at >= self.opening.window.end:
            return self._after(replace(self, closed=True), "voices_closed", CLOCK.id, at, f"clock/{self.revision + 1}")
        after = replace(self, reminded=_over(self.opening.window, at))
        return self._after(after, "voices_reminded", CLOCK.id, at, f"clock/{self.revision + 1}")

    def performed(self, order: VoicesOrder, ground: Ground, at: datetime, command_id: str) -> "Round":
        """This round after the order, with one more event; or an AppraisalError, and it stays as it was."""
        demand_window(self.opening.window, at)
        if not ground.open or self.closed:
            raise AlreadyClosed("This appraisal is closed.", "", "Nobody is asked any more.")
        why = checked(order.reason, "reason", required=False)
        voices = _ACTS[order.act](self, order, ground)
        after, kind = replace(self, voices=voices), f"voices_{_PAST[order.act]}"
        return self._after(after, kind, order.actor.id, at, command_id, why)

    def notices(self, parties: Parties, unanswered: Sequence[str]) -> tuple[Notice, ...]:
        """Who must hear of the newest event. `unanswered` are those who are invited and have neither answered nor declined."""
        event, superior = self.events[-1], parties.reviewer or HR
        told = {
            "voices_proposed": ((superior, "voices_proposed"),),
            "voices_invited": (
                *((person, "voice_invited") for person in _invited_by(event)),
                (self.opening.employee, "voices_decided"),
            ),
            "voices_declined": ((superior, "voice_declined"),),
            "voices_reminded": (
                *((person, "voice_reminded") for person in unanswered),
                *(((superior, "voices_proposed"),) if self.those(Standing.PROPOSED) else ()),
            ),
            "voices_closed": tuple((who, "voices_closed") for who in (self.opening.employee, superior) if self._asked),
        }[event.kind]
        return tuple(Notice(who, kind, event.revision) for who, kind in told)

    def stored(self, revision: int) -> "Round":
        return replace(self, events=tuple(event for event in self.events if event.revision > revision))

    @property
    def _asked(self) -> bool:
        return bool(self.those(Standing.INVITED, Standing.DECLINED))

    def _after(self, state: "Round", kind: str, actor: str, at: datetime, command_id: str, why: str = "") -> "Round":
        before, now = ({one.person: str(one.standing) for one in some.voices} for some in (self, state))
        changes = tuple(
            (f"voice/{who}", before.get(who, ""), now.get(who, ""))
            for who in dict.fromkeys((*before, *now))
            if before.get(who) != now.get(who)
        )
        event = Event(self.revision + 1, kind, actor, at, command_id, reason=why, changes=changes)
        return replace(state, revision=event.revision, events=(*self.events, event))


def opened(opening: Opening, at: datetime) -> Round:
    """The round as it begins; reminders of before are over."""
    return Round(opening, reminded=_over(opening.window, at))


def demand_window(window: Instants, at: datetime) -> None:
    """NotOpenYet before people are asked, AlreadyClosed from the end on."""
    if at < window.opens:
        raise NotOpenYet("Others are asked later.", "", f"Come back from {window.opens.isoformat()} on.")
    if at >= window.end:
        raise AlreadyClosed("The time in which others are asked is over.", "", "Nothing is taken any more.")


def demand_answer(standing: Standing | None) -> None:
    """Nothing if somebody who stands so may answer now."""
    if standing is Standing.ANSWERED:
        raise AnsweredAlready("You have answered already.", "", "There is nothing left to do.")
    if standing is Standing.DECLINED:
        raise DeclinedAlready("You have declined to answer.", "", "There is nothing left to do.")
    if standing is not Standing.INVITED:
        raise NotAsked("You are not asked about this employee.", "", "Only those who are invited answer.")


def _proposed(before: Round, order: VoicesOrder, ground: Ground) -> tuple[Voice, ...]:
    demand(order.actor, Action.PROPOSE_VOICES, ground.parties)
    return _with(before, order.people, Standing.PROPOSED, ground)


def _invited(before: Round, order: VoicesOrder, ground: Ground) -> tuple[Voice, ...]:
    demand(order.actor, Action.INVITE_VOICES, ground.parties)
    if order.seen not in (None, before.revision):
        raise StaleRevision("The proposals have changed since you saw them.", "people", "Look at them again.")
    proposed = {voice.person for voice in before.those(Standing.PROPOSED)}
    if not order.people and not proposed:
        raise NothingToDecide("Nobody is proposed, and you name nobody.", "people", "Choose whom to ask.")
    if proposed != set(order.people):
        reason(order.reason)
    return _with(before, order.people, Standing.INVITED, ground)


def _declined(before: Round, order: VoicesOrder, ground: Ground) -> tuple[Voice, ...]:
    found = {voice.person: voice for voice in before.voices}
    mine = found.get(order.actor.id)
    demand_answer(mine.standing if mine else None)
    found[order.actor.id] = Voice(order.actor.id, found[order.actor.id].kind, Standing.DECLINED)
    return tuple(found.values())


def _with(before: Round, people: tuple[str, ...], standing: Standing, ground: Ground) -> tuple[Voice, ...]:
    """Those who are asked already, and these; a refusal where one of them does not fit, or they are too many."""
    if people:
        named(people, len(Kind) * MOST)
    asked = before.those(Standing.INVITED, Standing.DECLINED)
    for person in people:
        if person in {voice.person for voice in asked}:
            raise AskedAlready("Somebody is asked already.", "people", "Leave out who is asked already.")
    voices = (*asked, *(Voice(person, fits(person, ground), standing) for person in people))
    for kind in Kind:
        most = before.opening.policy.most(kind)
        count = sum(voice.kind is kind and voice.standing is not Standing.DECLINED for voice in voices)
        if count > most:
            raise TooManyVoices(f"{count} are too many: {kind}, at most {most}.", "people", f"Choose at most {most}.")
    return voices


_ACTS: dict[Act, Callable[[Round, VoicesOrder, Ground], tuple[Voice, ...]]] = {
    Act.PROPOSE: _proposed,
    Act.INVITE: _invited,
    Act.DECLINE: _declined,
}
_PAST = {Act.PROPOSE: "proposed", Act.INVITE: "invited", Act.DECLINE: "declined"}


def _invited_by(event: Event) -> tuple[str, ...]:
    return tuple(field.partition("/")[2] for field, _, now in event.changes if now == Standing.INVITED)


def _over(window: Instants, at: datetime) -> int:
    return sum(instant <= at for instant in window.remind)
