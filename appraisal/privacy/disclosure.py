"""What of the ratings may be told to whom, and when. No regulation was found that says it: Jenjang's own rules.

Rules: told_after_calibration, shown_from.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from appraisal.case import Case
from appraisal.predicates import predicate
from appraisal.vocabulary import Predicate, Rating, Step, up_to

BEFORE_DELIVERY = (Step.REVIEW, Step.ENDORSEMENT, Step.CALIBRATION)
"""Until the unit is calibrated the ratings are not told to the employee: they may still change."""
STILL_CHANGING = up_to(Step.CALIBRATION)
"""Steps at which ratings may still change, so that they are neither told to the employee nor put on paper."""
ABOUT_RATINGS = ("endorse_review", "return_review")
"""Events of a case whose reason is about its ratings."""
ROUNDS = ("calibrated", "lapsed")
"""Events of a calibration that settle the ratings of those who are there."""
UNDONE = "undone"
"""The event by which the round before it was taken back, for all."""


@dataclass(frozen=True, slots=True)
class Settled:
    """One member of a unit as a round of its calibration has found and left him."""

    employee: str
    before: Predicate
    after: Predicate


def rounds_that_hold(events: Iterable[dict[str, Any]]) -> tuple[dict[str, Any], ...]:
    """The events of a calibration that settle ratings, in their order, but for those of rounds that were undone."""
    held: list[dict[str, Any]] = []
    for event in events:
        if event["kind"] in ROUNDS:
            held.append(event)
        elif event["kind"] == UNDONE:
            held.pop()
    return tuple(held)


def settled(changes: Iterable[Sequence[str]]) -> tuple[Settled, ...]:
    """The members of a round from the changes of its event: (employee, ratings before, ratings after)."""
    return tuple(Settled(who, _predicate(before), _predicate(after)) for who, before, after in changes if "/" in before)


def tells_on_nobody(unknown: Iterable[Predicate]) -> bool:
    """Whether the numbers of these predicates leave open who has which. They do not where all stand in one and the same."""
    return len(set(unknown)) != 1


def told(rounds: Iterable[tuple[Settled, ...]], known: Collection[str], smallest: int) -> tuple[Settled, ...]:
    """Those members whose predicates, counted together, can be told to a reader; nobody where the unit is too small.

    `known` are the members whose ratings the reader sees anyway. Rounds come in their order, and people may look between
    them: what is new must not give anybody away either. So a round that would waits for the next.
    """
    shown: dict[str, Settled] = {}
    waiting: dict[str, Settled] = {}
    for members in rounds:
        waiting |= {member.employee: member for member in members}
        strangers = [member for who, member in waiting.items() if who not in known]
        before, after = (member.before for member in strangers), (member.after for member in strangers)
        if len(shown | waiting) >= smallest and tells_on_nobody(before) and tells_on_nobody(after):
            shown, waiting = shown | waiting, {}
    return tuple(shown.values())


def withheld(case: Case) -> Case:
    """The case as the employee may read it while its ratings may change: without them and what was said of them."""
    if case.step not in STILL_CHANGING:
        return case
    said = "" if case.step is Step.REVIEW else case.return_reason
    return replace(case, review=None, looks=(), return_reason=said, former=None)


def withheld_event(event: dict[str, Any]) -> dict[str, Any]:
    """An event of such a case in the same way: what was done, when and by whom, but neither ratings nor words about them."""
    shown = [change for change in event["changes"] if change[0] not in ("results", "behaviour", "predicate")]
    return {**event, "changes": shown, "reason": "" if event["kind"] in ABOUT_RATINGS else event["reason"]}


def _predicate(ratings: str) -> Predicate:
    results, _, behaviour = ratings.partition("/")
    return predicate(Rating(results), Rating(behaviour))
