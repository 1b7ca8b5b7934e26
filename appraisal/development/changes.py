"""How a development plan is changed: by whom, with which reason, and only as it was seen. Rules: needs_added, plan_agreement."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from appraisal.development.development import TOPICS, Competence, Need, Source, Way, Why
from appraisal.development.errors import InvalidNeed, InvalidTerm, NothingToChange, NotPlannedYet, PlanChanged
from appraisal.development.plan import ADDED, Deed, Entry, Item, Plan, Side
from appraisal.text import SHORT, checked, reason
from appraisal.training.course import Parameters

LEVELS = range(6)
"""Levels of a competence: 1 to 5, 0 for none at all. Rule: competence_levels."""
MOST = 60
"""Needs of one plan."""
ADDS: Mapping[Side, tuple[Source, ...]] = {
    Side.EMPLOYEE: (Source.WISH, Source.PERFORMANCE, Source.CAREER),
    Side.SUPERIOR: (Source.PERFORMANCE, Source.COMPETENCE, Source.CAREER),
    Side.HR: (Source.COMPETENCE,),
}
"""Which needs they add. A gap in competence is found by somebody else; hours are counted. Rule: needs_added."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A competence below the level that the position asks for. Rule: competence_gap."""

    kind: Competence
    assessed: int
    required: int


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody wants of a plan: `seen` says what he saw of it. Of a need that is added, `text` says what is needed."""

    deed: Deed
    seen: str
    key: str = ""
    way: Way | None = None
    by: date | None = None
    reason: str = ""
    source: Source | None = None
    text: str = ""
    topic: str = ""
    gap: Gap | None = None


@dataclass(frozen=True, slots=True)
class Hands:
    """Who does it, on which side, and when; `today` in the agency's own zone."""

    person: str
    side: Side
    at: datetime
    today: date


def changed(plan: Plan, change: Change, hands: Hands) -> Entry:
    """The entry that puts this change on record, or a refusal."""
    if change.seen != plan.seen:
        raise PlanChanged("The plan has changed since you saw it; nothing was changed.", "", "Look at it as it is now.")
    bare = change.deed in (Deed.PLANNED, Deed.AGREED)
    why = checked(change.reason, "reason", required=False) if bare else reason(change.reason)
    items = _agreed(plan, hands.side) if change.deed is Deed.AGREED else (_changed(plan, change, hands),)
    return Entry(len(plan.entries) + 1, change.deed, items, why, hands.side, hands.person, hands.at)


def _changed(plan: Plan, change: Change, hands: Hands) -> Item:
    """The one need that is added, planned, left out or taken in again."""
    if change.deed is Deed.ADDED:
        return _added(plan, change, hands)
    if change.deed is Deed.PLANNED:
        return _planned(plan, change, hands.today)
    return _left(plan, change)


def _added(plan: Plan, change: Change, hands: Hands) -> Item:
    source = change.source
    if source not in ADDS[hands.side]:
        raise InvalidNeed("You do not add needs of this source.", "source", f"Choose: {', '.join(ADDS[hands.side])}.")
    if len(plan.items) >= MOST:
        raise InvalidNeed(f"A plan has at most {MOST} needs.", "text", "Leave out what matters least.")
    if change.topic and change.topic not in TOPICS:
        raise InvalidNeed("There is no such topic.", "topic", "Choose one of the list.")
    told: Parameters = (("what", checked(change.text, "text", SHORT)), ("reason", reason(change.reason)))
    why = Why.OWN_WORDS
    if source is Source.COMPETENCE:
        why, told = Why.LEVEL_MISSED, (*told, *_gap(change.gap))
    topics = (change.topic,) if change.topic else ()
    need = Need(f"{ADDED}/{len(plan.entries) + 1}", source, why, told, topics)
    if change.by is not None:
        _demand_term(plan, change.by, hands.today)
    return Item(need, change.way, change.by)


def _gap(gap: Gap | None) -> Parameters:
    """A gap is one where less was assessed than is required. Rule: competence_gap."""
    if gap is None:
        raise InvalidNeed("A gap in competence has two levels.", "assessed", "Say what was assessed and is required.")
    for name, level in (("assessed", gap.assessed), ("required", gap.required)):
        if level not in LEVELS:
            raise InvalidNeed("There is no such level.", name, f"Give 0 to {LEVELS[-1]}.")
    if gap.assessed >= gap.required:
        raise InvalidNeed("Not less than required is no gap.", "assessed", "Give a level below the required one.")
    return ("competence", str(gap.kind)), ("assessed", str(gap.assessed)), ("required", str(gap.required))


def _planned(plan: Plan, change: Change, today: date) -> Item:
    before = plan.item(change.key)
    if change.way is None:
        raise InvalidTerm("Nobody has said how this need is met.", "way", "Choose one of the list.")
    if change.by is None:
        raise InvalidTerm("Nobody has said by when this need is met.", "by", "Give a day.")
    if (before.way, before.by, before.left_out) == (change.way, change.by, False):
        raise NothingToChange("It is planned like this already.", "by", "Change something first.")
    _demand_term(plan, change.by, today)
    return replace(before, way=change.way, by=change.by, left_out=False)


def _demand_term(plan: Plan, by: date, today: date) -> None:
    """InvalidTerm where the day lies before the plan's year, or is over."""
    first = max(today, date(plan.year, 1, 1))
    if by < first:
        raise InvalidTerm(f"This day lies before {first.isoformat()}.", "by", f"Give {first.isoformat()} or later.")


def _left(plan: Plan, change: Change) -> Item:
    before, out = plan.item(change.key), change.deed is Deed.LEFT_OUT
    if before.left_out is out:
        raise NothingToChange("It is like this already.", "reason", "Look at the plan again.")
    return replace(before, left_out=out)


def _agreed(plan: Plan, side: Side) -> tuple[Item, ...]:
    """All of the plan, once everything in it is planned or left out. Rule: plan_agreement."""
    if side in plan.agreed:
        raise NothingToChange("You have agreed to this plan already.", "", "There is nothing more to do.")
    if not all(item.planned for item in plan.items):
        raise NotPlannedYet(
            "Of some need nobody has said how it is met and by when.", "", "Say it of each, or leave the need out."
        )
    return plan.items
