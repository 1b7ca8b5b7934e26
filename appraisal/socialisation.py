"""The rules of a cycle are read, confirmed and asked about before its targets are set, and meanwhile; nothing waits for it.

Rule: socialisation.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from appraisal.cycle import Phase
from appraisal.errors import AlreadyClosed, AlreadyReminded, NothingToDecide, StaleRules
from appraisal.policy.policy import Policy
from appraisal.text import checked
from appraisal.timetable import Timetable, Window
from appraisal.vocabulary import Step

LONGEST = 2000
"""Characters of a question, and of an answer."""


class Stage(StrEnum):
    """The windows of the socialisation: before targets can be set, while they can, and afterwards."""

    BEFORE = "before"
    OPEN = "open"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Share:
    """How many of those who take part in a unit have confirmed."""

    unit: str
    people: int
    confirmed: int

    @property
    def missing(self) -> int:
        return self.people - self.confirmed


def stage(targets: Window, at: datetime) -> Stage:
    """The window in which this instant lies."""
    if at < targets.opens:
        return Stage.BEFORE
    return Stage.OPEN if at < targets.end else Stage.OVER


def targets_of(timetable: Timetable) -> Window:
    """The window that the socialisation follows."""
    return timetable.window(Step.TARGETS)


def rules_of(policy: Policy) -> str:
    """What is read and confirmed: this version of this policy. With other dates a cycle has other rules."""
    return f"{policy.name}/{policy.version}"


def demand_same(read: str, rules: str) -> None:
    """StaleRules where somebody has read other rules than those that hold now."""
    if read != rules:
        raise StaleRules("The rules have changed since you read them.", "rules", "Read them again, then confirm.")


def demand_running(phase: Phase) -> None:
    """AlreadyClosed once the cycle has closed: until then one may read, confirm, ask and answer, however late."""
    if phase is Phase.CLOSED:
        raise AlreadyClosed("This cycle has closed.", "", "Ask HR about the next one.")


def words(text: str, where: str) -> str:
    """A question or an answer, tidy; InvalidText otherwise."""
    return checked(text, where, LONGEST)


def demand_reminder(now: Stage, reminded: Collection[str], missing: int) -> None:
    """Nothing if HR may remind those who have not confirmed: once in each window, and while somebody is missing."""
    if now is Stage.OVER:
        raise AlreadyClosed(
            "Targets can be set no more.", "", "Nobody is reminded any more; the share stays on record."
        )
    if now in reminded:
        remedy = "Once the targets open you may remind again." if now is Stage.BEFORE else "Speak to the units instead."
        raise AlreadyReminded("Those who are missing have been reminded in this window.", "", remedy)
    if not missing:
        raise NothingToDecide("Everybody has confirmed.", "", "There is nobody to remind.")
