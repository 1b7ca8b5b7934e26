"""What the head of a unit says of the trainings proposed for its people, before HR decides. Rule: heads_word.

A word is about one person and the course that was proposed, or none. Where another is proposed afterwards, it does not count.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from appraisal.access import Action, Actor, can
from appraisal.errors import NotAllowed, NothingToDecide
from appraisal.parties import Parties
from appraisal.seats.errors import HeadNotHeard, HeadsTimeOver, StaleNomination
from appraisal.text import checked, reason
from appraisal.training.heads_policy import HeadsTimes

MOST_WORDS = 2000
"""In one order; more come in several."""


@dataclass(frozen=True, slots=True)
class Word:
    """What a head says of one proposal: of this employee, with this training or none. Who objects says why."""

    employee: str
    training: str | None
    agrees: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SayWords:
    """Put these words on record, all or none of them. What was said of the same proposal before is no longer meant."""

    words: tuple[Word, ...]
    kind: Literal["say_words"] = "say_words"


@dataclass(frozen=True, slots=True)
class Said:
    """A word on record. `holds`: it is about what is proposed now."""

    agrees: bool
    reason: str
    by: str
    at: datetime
    holds: bool = True


@dataclass(frozen=True, slots=True)
class Asked:
    """An undecided proposal as its head is asked about it: whose, in which unit, which training, and who leads there."""

    employee: str
    unit: str
    training: str | None
    head: str | None


def demand_time(heads: HeadsTimes | None, at: datetime) -> None:
    """HeadsTimeOver unless heads of units may speak now."""
    if heads is None:
        raise HeadsTimeOver("Heads of units are not asked in this cycle.", "", "Speak to HR.")
    if at >= heads.until:
        what = f"The time of the heads was over at {heads.until.isoformat(timespec='minutes')}."
        raise HeadsTimeOver(what, "", "Speak to HR, which decides now.")


def plausible(words: tuple[Word, ...]) -> None:
    """All that can be refused without looking at the proposals."""
    if not 1 <= len(words) <= MOST_WORDS:
        raise NothingToDecide(f"{len(words)} words.", "words", f"Send 1 to {MOST_WORDS} at a time.")
    if len({word.employee for word in words}) < len(words):
        raise NothingToDecide("Somebody is named twice.", "words", "Speak of everybody once.")
    for number, word in enumerate(words):
        where = f"words[{number}].reason"
        if not word.agrees:
            reason(word.reason, where)
        checked(word.reason, where, required=False)


def demand_own(words: tuple[Word, ...], actor: Actor, proposals: Mapping[str, Asked]) -> None:
    """An AppraisalError, and none of the words holds, unless each is about a proposal as it is now, for the head to speak of."""
    for number, word in enumerate(words):
        where, found = f"words[{number}]", proposals.get(word.employee)
        if found is None:
            what = "This person has no open proposal."
            raise NothingToDecide(what, f"{where}.employee", "Load the page again.")
        decision = can(actor, Action.SAY_WORD, Parties(found.employee, found.unit, head=found.head))
        if not decision.allowed:
            what = f"This is not yours to do: {decision.reason}."
            raise NotAllowed(what, f"{where}.employee", "Leave it to the head of the unit.")
        if word.training != found.training:
            what = "Something else is proposed for this person by now."
            raise StaleNomination(what, f"{where}.training", "Load it again and look at it anew.")


def demand_heard(word: Said | None, asked: bool, until: datetime | None, where: str) -> None:
    """HeadNotHeard while the head who is asked about this proposal has not spoken and can still do so, until then."""
    if asked and until and (word is None or not word.holds):
        what = f"The head of the unit has until {until.isoformat(timespec='minutes')} to say what he thinks."
        raise HeadNotHeard(what, where, "Decide once he has spoken, or after that.", until=until.isoformat())


def objects(word: Said | None) -> bool:
    """Whether the head is against what is proposed now: approving it all the same needs a reason."""
    return word is not None and word.holds and not word.agrees
