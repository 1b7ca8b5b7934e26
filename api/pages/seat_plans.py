"""Two plans for the seats of a nomination, side by side, for HR: drawn, with whom they treat differently and why."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from fastapi import Query, Response

from adapters.database.reads import directory
from adapters.database.reads import seat_plans as record
from api import orders
from api.errors import Problem, problem_of
from api.pages import refusals, seat_words, terms
from api.pages.drawing import Bar, Series, stacked
from api.pages.forms import Sent, key_of
from api.pages.nominations import reason, seen_revision
from api.pages.render import OfficerPage, Page
from api.pages.routing import page_router
from api.paging import RANKED, AfterRank
from api.routes import seat_plans
from api.routes.appraisals import Key
from api.security import actor
from appraisal.errors import AppraisalError
from appraisal.group import GroupPhase
from appraisal.seats.figures import Comparison, Figures
from appraisal.training.course import rupiah
from appraisal.training.nomination import Basis, ComparePlans, NominationOrder, TakePlan
from workflows.identity import nomination_id
from workflows.nomination import NominationWorkflow

router = page_router()
MILLION = 1_000_000
PAGE = 50


@dataclass(frozen=True, slots=True)
class Drawn:
    """One plan as the page draws it. `short` is by how many per cent at most it falls short of the best there is."""

    basis: Basis
    figures: Figures
    short: Decimal
    cost: str
    whole: tuple[Bar, ...]
    needs: tuple[Bar, ...]
    units: tuple[Bar, ...]


@router.get("/nominations/{cycle}/plans")
async def show(
    cycle: Key,
    page: OfficerPage,
    after: AfterRank,
    asked: Annotated[int | None, Query(ge=0)] = None,
) -> Response:
    """Both plans, and a page of those whom they treat differently. `asked`: the plans from before these were ordered."""
    return await whole(page, cycle, after, asked)


@router.post("/nominations/{cycle}/plans")
async def compare(cycle: Key, page: OfficerPage, fields: Sent) -> Response:
    """Have both plans made; what takes longer than people wait appears on the page when it is there."""
    nomination, _ = await seat_plans.shown(page.jenjang, cycle)
    order = NominationOrder(ComparePlans(), actor(page.person))
    process, perform = nomination_id(cycle), NominationWorkflow.perform
    try:
        accepted = await orders.ask(page.jenjang, page.person, process, perform, order, key_of(fields))
    except (AppraisalError, Problem) as failed:
        return await _refused(page, cycle, failed)
    if accepted.receipt is None:
        return page.go(f"/nominations/{cycle}/plans?asked={nomination.plans}")
    return page.go(f"/nominations/{cycle}/plans", page.gettext("Both plans have been made."))


@router.post("/nominations/{cycle}/basis")
async def take(cycle: Key, page: OfficerPage, fields: Sent) -> Response:
    """Let the undecided proposals follow one plan, if nobody has decided since the page was seen."""
    basis = Basis.OPTIMUM if fields.get("basis") == Basis.OPTIMUM else Basis.RULE
    order = NominationOrder(TakePlan(basis), actor(page.person), seen_revision(fields))
    process, perform = nomination_id(cycle), NominationWorkflow.perform
    try:
        await orders.tell(page.jenjang, page.person, process, perform, order, key_of(fields))
    except (AppraisalError, Problem) as failed:
        return await _refused(page, cycle, failed)
    name = page.gettext(seat_words.PLANS[basis])
    return page.go(f"/nominations/{cycle}", page.gettext("The undecided proposals now follow %(plan)s.", plan=name))


async def _refused(page: Page, cycle: str, failed: AppraisalError | Problem) -> Response:
    problem = problem_of(failed)
    return await whole(page, cycle, None, None, refusals.sentence(page.words, problem), problem.status)


async def whole(
    page: Page, cycle: str, after: tuple[int, str] | None, asked: int | None, wrong: str = "", status: int = 200
) -> Response:
    """The page, with what was refused."""
    nomination, found = await seat_plans.shown(page.jenjang, cycle)
    made = found.comparison
    async with page.jenjang.reading() as session:
        people = await record.differences(session, cycle, after, PAGE + 1) if made else ()
        about = await directory.cycle(session, cycle) or {"name": cycle, "id": cycle}
        units = await directory.unit_names(session, page.jenjang.today())
    different, further = RANKED.cut(people, PAGE, lambda one: one.key)
    context: dict[str, Any] = {
        "cycle": about,
        "state": nomination,
        "open": nomination.phase is GroupPhase.OPEN and nomination.held is None,
        "found": found,
        "errors": {"": wrong} if wrong else {},
        "waiting": asked is not None and asked == nomination.plans,
        "asked": asked,
        "plans": tuple(_drawn(page, basis, made, found.gaps[basis], units) for basis in Basis) if made else (),
        "series": _series(page),
        "different": different,
        "further": further,
        "reason": lambda proposal: reason(page, proposal),
        "courses": {course: name for course, name, _ in made.seats} if made else {},
        "units": units,
        "after": after,
        "key": uuid.uuid4().hex,
        "seat_words": seat_words,
        "terms": terms,
    }
    return await page.show("seat_plans.html", status, **context)


def _series(page: Page) -> dict[str, Series]:
    free = ("s-free", page.gettext("left"))
    return {
        "whole": (("s-taken", page.gettext("used")), free),
        "needs": (("s-taken", page.gettext("met")), ("s-free", page.gettext("not met"))),
        "units": (("s-taken", page.gettext("given")), ("s-free", page.gettext("left of the quota"))),
    }


def _drawn(page: Page, basis: Basis, made: Comparison, gap: Decimal, units: dict[str, str]) -> Drawn:
    plan, series = (made.rule if basis is Basis.RULE else made.optimum), _series(page)
    seats, quotas, needed, met = (
        sum(free for *_, free in made.seats),
        dict(made.quotas),
        dict(made.needed),
        dict(plan.met),
    )
    bars = [
        _full(page.gettext("Seats"), series["whole"], plan.seats, seats),
        _full(page.gettext("Points, of the most that is possible"), series["whole"], plan.points, int(made.bound)),
    ]
    if made.budget is not None:
        spent, budget = int(plan.cost / MILLION), int(made.budget / MILLION)
        bars.append(_full(page.gettext("Budget, in million rupiah"), series["whole"], spent, budget))
    most = max(
        (*(dict(one.units).get(unit, 0) for one in (made.rule, made.optimum) for unit in units), *quotas.values(), 1)
    )
    given = dict(plan.units)
    return Drawn(
        basis,
        plan,
        round(gap * 100, 1),
        rupiah(plan.cost),
        tuple(bars),
        tuple(
            _full(page.gettext(name), series["needs"], met[need], needed[need])
            for need, name in seat_words.NEEDS.items()
            if needed[need]
        ),
        tuple(
            Bar(units.get(unit, unit), _parts(series["units"], given.get(unit, 0), quotas.get(unit, 0), most))
            for unit in _units_of(made, units)
        ),
    )


def _units_of(made: Comparison, units: dict[str, str]) -> Sequence[str]:
    """Every unit that has a quota, or a seat in one of the plans; both plans in the same order."""
    found = {unit for unit, _ in (*made.quotas, *made.rule.units, *made.optimum.units)}
    return sorted(found, key=lambda unit: (units.get(unit, unit), unit))


def _full(label: str, series: Series, part: int, all_of_it: int) -> Bar:
    """A share: every bar has the whole width."""
    return Bar(label, _parts(series, part, all_of_it, max(all_of_it, part)))


def _parts(series: Series, part: int, all_of_it: int, most: int) -> Any:
    return stacked(series, (part, max(all_of_it - part, 0)), most)
