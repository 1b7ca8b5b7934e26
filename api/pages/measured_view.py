"""How a rating came about, gathered from the record: each step with who took it, when, for whom and why."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from adapters.database.documents import POLICY
from adapters.database.engine import Session
from adapters.database.reads import case_rows, directory
from adapters.database.reads.measured import acquainted, calibration_of
from api.pages.case_view import View
from api.pages.distribution_view import Line, lines
from api.pages.render import Page
from appraisal.access import CLOCK
from appraisal.calibration.calibration import Calibration
from appraisal.calibration.distribution import check, guided
from appraisal.case import Case
from appraisal.privacy.disclosure import Settled, rounds_that_hold, settled, told
from appraisal.training.training import facts
from appraisal.vocabulary import Predicate, UnitResult
from appraisal.weighting import Weighted, weighted


@dataclass(frozen=True, slots=True)
class Deed:
    """Who did something, for whom if he acted for somebody, when, and why. A name that is empty is HR's."""

    who: str
    instead_of: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Reached:
    """What was reached of a target as drawn: both lengths in per cent of the longer one."""

    width: float
    target_x: float
    missed: bool


@dataclass(frozen=True, slots=True)
class UnitSpread:
    """The unit of a case: its own result, and how its predicates spread before and after, as far as that can be told."""

    name: str
    result: UnitResult | None
    set_by: Deed | None
    smallest: int
    people: int
    lines: tuple[Line, ...]
    guided: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """What the page tells beside the case itself. `deeds` by the kind of event, the newest of each."""

    deeds: dict[str, Deed]
    lapsed: bool
    reached: tuple[Reached | None, ...]
    unit: UnitSpread
    readers: tuple[str, ...]
    weighted: Weighted | None


async def load(page: Page, view: View) -> Measured:
    """Everything that the visitor of this case may be told about it."""
    case = view.case
    async with page.jenjang.reading() as session:
        calibration = await calibration_of(session, case.cycle, case.parties.unit)
        events = await case_rows.events(session, calibration.id) if calibration else ()
        names = view.names | await directory.person_names(session, tuple(sorted({one["actor"] for one in events})))
        shown = await _told(session, view, events)
        units = await directory.unit_names(session, page.jenjang.today())
    unit = UnitSpread(
        units.get(case.parties.unit, case.parties.unit),
        calibration.unit_result if calibration else None,
        _deeds(events, names).get("set_unit_result"),
        _smallest(view),
        len(shown),
        *_drawn(page, calibration, shown),
    )
    lapsed = case.calibrated is not None and case.calibrated.decided_by == CLOCK.id
    return Measured(_deeds(view.events, names), lapsed, _reached(case), unit, _readers(view), _weighted(view))


async def _told(session: Session, view: View, events: Sequence[dict[str, Any]]) -> tuple[Settled, ...]:
    """Of the unit's settled members those whose numbers can be told: to whoever is appraised, and to this visitor.

    The page may be printed and handed over, so that not even HR's says more than the employee's.
    """
    cycle, parties = view.case.cycle, view.case.parties
    rounds = [settled(event["changes"]) for event in rounds_that_hold(events)]
    readers = {parties.employee} if view.visitor.hr else {parties.employee, view.visitor.id}
    known = [await acquainted(session, cycle, parties.unit, reader) for reader in sorted(readers)]
    return min((told(rounds, whom, _smallest(view)) for whom in known), key=len)


def _smallest(view: View) -> int:
    return POLICY.validate_python(view.cycle["policy"]).shown_from


def _weighted(view: View) -> Weighted | None:
    """Both ratings as one value, where the policy says what a rating is worth."""
    policy, case = POLICY.validate_python(view.cycle["policy"]), view.case
    if policy.weighting is None or case.results is None or case.behaviour is None:
        return None
    return weighted(case.results, case.behaviour, policy.weighting, policy.voices is not None)


def _drawn(page: Page, calibration: Calibration | None, shown: tuple[Settled, ...]) -> tuple[tuple[Line, ...], bool]:
    """The spread before and after, and whether the guideline can be drawn over it."""
    if calibration is None or not shown:
        return (), False
    result, policy = calibration.unit_result, calibration.rules.distribution
    before, after = _counted(one.before for one in shown), _counted(one.after for one in shown)
    ranges = guided(result, len(shown), policy)
    drawn = lines(page.words, after, before, ranges, check(result, after, policy))
    return drawn, ranges is not None


def _counted(predicates: Iterable[Predicate]) -> dict[Predicate, int]:
    found = Counter(predicates)
    return {predicate: found[predicate] for predicate in Predicate}


def _reached(case: Case) -> tuple[Reached | None, ...]:
    """One entry for each target; None where nobody has said what was reached."""
    found: list[Reached | None] = []
    for one in facts(case).measured:
        reached = one.reached
        if reached is None:
            found.append(None)
            continue
        longer = max(one.value, reached)
        found.append(Reached(_percent(reached, longer), _percent(one.value, longer), one.missed))
    return tuple(found)


def _percent(value: Decimal, whole: Decimal) -> float:
    return round(float(100 * value / whole), 3) if whole else 0.0


def _deeds(events: Sequence[dict[str, Any]], names: dict[str, str]) -> dict[str, Deed]:
    """The newest event of each kind."""
    return {
        event["kind"]: Deed(
            names.get(event["actor"], ""), names.get(event["on_behalf_of"] or "", ""), event["at"], event["reason"]
        )
        for event in events
    }


def _readers(view: View) -> tuple[str, ...]:
    """Who may see the case, by name; HR's officers are told of beside."""
    parties = view.case.parties
    people = (parties.employee, *parties.line, *(one.by for one in parties.acting), parties.head, parties.escalated_to)
    people += (parties.rater, parties.decider)
    return tuple(dict.fromkeys(name for name in map(view.name, people) if name))
