"""The performance of units: which there are, one unit with its indicators quarter by quarter, and the form to enter values."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Query, Response

from adapters.database.reads import directory
from adapters.database.reads import unit_performance as record
from adapters.database.reads.cascade import people_waiting
from api.errors import NOT_FOUND, NOT_YOURS, Problem, problem_of
from api.pages import refusals
from api.pages.case_context import Values
from api.pages.forms import Fields, Reader, Sent, key_of, next_key
from api.pages.render import MyPage, Page
from api.pages.routing import page_router
from api.routes import unit_performance
from api.routes.appraisals import Key
from api.routes.unit_performance import Entry, Performance
from appraisal.errors import AppraisalError
from appraisal.unit.performance import LONGEST_REMARK, QUARTERS, Followed, quarter_ends
from appraisal.vocabulary import Direction, EvidenceNeed

router = page_router()
Year = Annotated[int | None, Query(ge=2000, le=2100)]
FIELDS = ("quarter", "value", "evidence", "remark")


@dataclass(frozen=True, slots=True)
class Drawn:
    """An indicator as drawn: where it stands now and stood before, in per cent of the way to the target."""

    followed: Followed
    width: float | None
    marks: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A unit in the list: its indicators, how many of them have each quarter's value, and its results by cycle."""

    unit: str
    indicators: int
    entered: tuple[int, ...]
    cycles: tuple[record.InCycle, ...]


@router.get("/units")
async def units(page: MyPage, year: Year = None) -> Response:
    """The units with indicators whose performance the visitor may read."""
    chosen = year or page.jenjang.today().year
    async with page.jenjang.reading() as session:
        shown = await unit_performance.readable(session, page.jenjang, page.person, chosen)
        found = await record.followed(session, shown, chosen)
        cycles = await record.in_cycles(session, shown, chosen)
        waiting = await people_waiting(session, {one.cycle for them in cycles.values() for one in them})
        names = await directory.unit_names(session, page.jenjang.today())
    rows = tuple(
        _listed(unit, found, cycles.get(unit, ())) for unit in sorted(shown, key=lambda one: names.get(one, one))
    )
    return await page.show("units.html", rows=rows, waiting=waiting, names=names, year=chosen, quarters=QUARTERS)


@router.get("/units/{unit}/performance")
async def show(unit: Key, page: MyPage, year: Year = None) -> Response:
    """One unit in one year."""
    found = await unit_performance.read(page.jenjang, page.person, unit, year or page.jenjang.today().year)
    return await _show(page, found, {}, {})


@router.post("/units/{unit}/performance/{year}")
async def enter(unit: Key, year: int, page: MyPage, fields: Sent) -> Response:
    """Keep a value, or say what is wrong with it."""
    found = await unit_performance.read(page.jenjang, page.person, unit, year)
    indicator = next((one.indicator for one in found.indicators if one.indicator.id == fields.get("indicator")), None)
    if indicator is None:
        raise NOT_FOUND
    reader = Reader({name: fields.get(f"{name}_{indicator.id}", "") for name in FIELDS}, page.words)
    errors = {}
    try:
        quarter = reader.whole("quarter", page.gettext("Quarter"))
        value = reader.amount("value", page.gettext("Value"))
        if not reader.errors:
            entry = Entry(
                quarter=quarter,
                value=value,
                evidence=reader.fields["evidence"][:1000],
                remark=reader.fields["remark"][: LONGEST_REMARK + 1],
            )
            await unit_performance.enter(page.jenjang, page.person, unit, indicator.id, entry, key_of(fields))
            told = page.gettext("It is on record what the indicator %(code)s has reached.", code=indicator.code)
            return page.go(f"/units/{unit}/performance?year={year}#indicator-{indicator.id}", told)
        errors = {f"{name}_{indicator.id}": text for name, text in reader.errors.items()}
        status = 422
    except (AppraisalError, Problem) as failed:
        problem = problem_of(failed)
        if problem in (NOT_FOUND, NOT_YOURS):
            raise problem from failed
        at = f"{problem.where}_{indicator.id}" if problem.where in FIELDS else ""
        errors, status = {at: refusals.sentence(page.words, problem)}, problem.status
    return await _show(page, found, fields, errors, status)


async def _show(page: Page, found: Performance, fields: Fields, errors: dict[str, str], status: int = 200) -> Response:
    people = {actual.by for one in found.indicators for actual in one.actuals}
    people |= {who for result in found.results for who in (result.by, result.for_whom) if who}
    people |= {found.head} if found.head else set()
    async with page.jenjang.reading() as session:
        names = await directory.person_names(session, tuple(sorted(people)))
    context: dict[str, Any] = {
        "found": found,
        "drawn": tuple(_drawn(one) for one in found.indicators),
        "names": names,
        "quarters": QUARTERS,
        "quarter_ends": quarter_ends,
        "directions": Direction,
        "needs": EvidenceNeed,
        "longest": LONGEST_REMARK,
        "values": Values(fields),
        "errors": errors,
        "key": next_key(fields, errors),
    }
    return await page.show("unit_performance.html", status, **context)


def _drawn(one: Followed) -> Drawn:
    shares = [one.indicator.progress(actual.value) for quarter in QUARTERS if (actual := one.actual(quarter))]
    drawn = [None if share is None else round(float(share), 2) for share in shares]
    return Drawn(one, drawn[-1] if drawn else None, tuple(share for share in drawn[:-1] if share is not None))


def _listed(unit: str, found: tuple[Followed, ...], cycles: tuple[record.InCycle, ...]) -> Listed:
    own = [one for one in found if one.indicator.unit == unit]
    counts = tuple(sum(one.actual(quarter) is not None for one in own) for quarter in QUARTERS)
    return Listed(unit, len(own), counts, cycles)
