"""The catalogue of trainings for HR: the courses of a year with their seats, its budget and quotas, and one course."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any

from fastapi import Query, Response

from adapters.database.reads import catalogue, directory
from adapters.database.reads.catalogue import YearLimits, course_subject, limits_subject
from adapters.database.reads.lines import unit_parents
from api.errors import NOT_FOUND, Problem, problem_of
from api.pages import labels, refusals, training_words
from api.pages.case_context import Values
from api.pages.catalogue_record import record_of
from api.pages.drawing import Bar, stacked
from api.pages.forms import Fields, Reader, Sent, key_of, next_key, revision_of
from api.pages.render import OfficerPage, Page
from api.pages.routing import page_router
from api.pages.words import N_
from api.routes import catalogue as routes
from api.routes.appraisals import Key
from api.routes.calendar import Year
from api.routes.catalogue import Held, Topic, Why, fitting
from appraisal.behaviours import NAMES
from appraisal.errors import AppraisalError
from appraisal.people.offices import served
from appraisal.roster.catalogue import DEVELOPMENT, TOPICS
from appraisal.training.catalogue import Offer, again, with_terms, without
from appraisal.training.course import Course, rupiah
from appraisal.training.limits import Limits

router = page_router()
Rule = Callable[[Offer], Course]
Chosen = Annotated[int | None, Query(ge=2000, le=2100)]
TOPIC_NAMES: dict[str, str] = {
    **labels.ASPECTS,
    **{str(value): name for value, name in NAMES.items()},
    DEVELOPMENT: N_("development"),
}
"""What a course helps with; the names of the values stay Indonesian."""


@router.get("/catalogue")
async def show(page: OfficerPage, year: Chosen = None, topic: Topic = "", held: Held = "") -> Response:
    """The courses of a year, and its limits."""
    return await _whole(page, year or await usual_year(page), topic, held, {}, {})


@router.post("/catalogue/{year}/limits")
async def set_limits(year: Year, page: OfficerPage, fields: Sent) -> Response:
    """The budget and the quotas as they stand in the form."""
    reader = Reader(fields, page.words)
    budget = reader.amount("budget", page.gettext("Budget")) if fields.get("budget", "").strip() else None
    quotas = {
        name.removeprefix("quota_"): _whole_number(reader, name, page.gettext("Seats"))
        for name, value in fields.items()
        if name.startswith("quota_") and value.strip()
    }
    if reader.errors:
        return await _whole(page, year, "", "", fields, reader.errors, 422)
    act = routes.act_of(page.jenjang, page.person, _why(fields), key_of(fields))
    try:
        await routes.limit(page.jenjang, year, Limits(budget, quotas), act)
    except (AppraisalError, Problem) as failed:
        problem = problem_of(failed)
        where = problem.where.replace("quotas.", "quota_")
        return await _whole(page, year, "", "", fields, {where: refusals.sentence(page.words, problem)}, problem.status)
    return page.go(f"/catalogue?year={year}#limits", page.gettext("The limits of %(year)s are set.", year=year))


@router.get("/catalogue/courses/{course}")
async def show_course(course: Key, page: OfficerPage) -> Response:
    """One course, with all that HR has changed in it."""
    return await _course(page, course, {}, {})


@router.post("/catalogue/courses/{course}/terms")
async def change_terms(course: Key, page: OfficerPage, fields: Sent) -> Response:
    """Other seats, another price."""
    reader = Reader(fields, page.words)
    seats = _whole_number(reader, "seats", page.gettext("Seats"))
    price = reader.amount("price", page.gettext("Price of a seat"))
    if reader.errors:
        return await _course(page, course, fields, reader.errors, 422)
    return await _changed(page, course, fields, "course_changed", lambda offer: with_terms(offer, seats, price))


@router.post("/catalogue/courses/{course}/withdrawal")
async def withdraw(course: Key, page: OfficerPage, fields: Sent) -> Response:
    """Offer it no more."""
    return await _changed(page, course, fields, "course_withdrawn", without)


@router.post("/catalogue/courses/{course}/return")
async def offer_again(course: Key, page: OfficerPage, fields: Sent) -> Response:
    """Offer it again."""
    return await _changed(page, course, fields, "course_returned", again)


async def usual_year(page: Page) -> int:
    """The year whose seats are being filled: the next one, or this one while the next has no catalogue."""
    this = page.jenjang.today().year
    async with page.jenjang.reading() as session:
        return this + 1 if await catalogue.offers(session, this + 1) else this


def audience(page: Page, course: Course) -> str:
    """Whom a course is for, in a few words."""
    asked = course.eligibility
    positions = (training_words.POSITIONS[kind] for kind in asked.positions)
    lowest = page.gettext("from golongan %(grades)s", grades=" / ".join(asked.lowest)) if asked.lowest else ""
    found = [", ".join(asked.employments), ", ".join(positions), lowest]
    return "; ".join(part for part in found if part) or page.gettext("everybody")


def _why(fields: Fields) -> Why:
    return Why(reason=fields.get("reason", "")[:4000], revision=revision_of(fields))


def _whole_number(reader: Reader, name: str, label: str) -> int:
    """A number of seats; what is none becomes one that the rules refuse."""
    value = reader.amount(name, label)
    return int(value) if value == value.to_integral_value() else -1


async def _changed(page: Page, course: str, fields: Fields, kind: str, rule: Rule) -> Response:
    act = routes.act_of(page.jenjang, page.person, _why(fields), key_of(fields))
    try:
        await routes.change(page.jenjang, course, kind, rule, act)
    except (AppraisalError, Problem) as failed:
        problem = problem_of(failed)
        if problem is NOT_FOUND:
            raise
        at = {"reason": "reason" if kind == "course_changed" else "offer_reason"}
        told = {at.get(problem.where, problem.where): refusals.sentence(page.words, problem)}
        return await _course(page, course, fields, told, problem.status)
    return page.go(f"/catalogue/courses/{course}", page.gettext("The catalogue is changed."))


async def _course(page: Page, course: str, fields: Fields, errors: dict[str, str], status: int = 200) -> Response:
    found = await routes.one(page.jenjang, course)
    async with page.jenjang.reading() as session:
        record = await record_of(page, session, course_subject(course), {})
    context: dict[str, Any] = {
        "offer": found,
        "audience": audience(page, found.course),
        "record": record,
        "values": Values(fields),
        "errors": errors,
        "key": next_key(fields, errors),
        **_words(),
    }
    return await page.show("catalogue_course.html", status, **context)


async def _whole(
    page: Page, year: int, topic: str, kind: str, fields: Fields, errors: dict[str, str], status: int = 200
) -> Response:
    async with page.jenjang.reading() as session:
        offers = await catalogue.offers(session, year)
        limits = await catalogue.year_limits(session, year)
        names = await directory.unit_names(session, page.jenjang.today())
        units = served(await unit_parents(session, page.jenjang.today()))
        record = await record_of(page, session, limits_subject(year), names)
        cycles = tuple(one for one in await directory.cycles(session) if one["year"] + 1 == year)
    shown = fitting(offers, topic, kind)
    context: dict[str, Any] = {
        "year": year,
        "topic": topic,
        "kind": kind,
        "offers": shown,
        "of_all": len(offers),
        "audiences": {one.course.id: audience(page, one.course) for one in shown},
        "limits": limits,
        "units": sorted(((unit, names[unit]) for unit in units), key=lambda one: one[1]),
        "bars": _bars(page, limits, names),
        "series": _series(page),
        "record": record,
        "cycles": cycles,
        "values": Values(fields),
        "errors": errors,
        "key": next_key(fields, errors),
        **_words(),
    }
    return await page.show("catalogue.html", status, **context)


def _words() -> dict[str, Any]:
    return {"kinds": training_words.KINDS, "topics": TOPIC_NAMES, "all_topics": TOPICS, "rupiah": rupiah}


def _series(page: Page) -> tuple[tuple[str, str], ...]:
    return (("s-taken", page.gettext("given away")), ("s-free", page.gettext("left of the quota")))


def _bars(page: Page, limits: YearLimits, names: Mapping[str, str]) -> tuple[Bar, ...]:
    """The seats of each unit that has a quota, or some seats already."""
    quotas, given = limits.limits.quotas, limits.given.units
    concerned = sorted({*quotas, *given}, key=lambda unit: names.get(unit, unit))
    counts = {unit: (given.get(unit, 0), max(quotas.get(unit, 0) - given.get(unit, 0), 0)) for unit in concerned}
    most = max((sum(count) for count in counts.values()), default=0)
    bars = []
    for unit, count in counts.items():
        quota = quotas.get(unit)
        told = page.gettext("no quota") if quota is None else page.gettext("quota %(seats)s", seats=quota)
        bars.append(Bar(f"{names.get(unit, unit)} ({told})", stacked(_series(page), count, most)))
    return tuple(bars)
