"""The catalogue of trainings: the courses of a year, what HR changes in them, and the limits of the year."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, Field

from adapters.database.desk.accounts import Visitor
from adapters.database.reads import catalogue
from adapters.database.reads.catalogue import YearLimits
from adapters.database.reads.lines import unit_parents
from api.errors import NOT_FOUND
from api.orders import command_of
from api.routes.appraisals import IdempotencyKey, Key
from api.routes.calendar import Year
from api.security import Officer
from api.services import Jenjang, Services
from api.strict import CLOSED, json_router
from appraisal.people.offices import served
from appraisal.training.catalogue import Act, Offer, again, with_terms, without
from appraisal.training.course import Course
from appraisal.training.errors import UnknownUnit
from appraisal.training.limits import Limits

router = json_router(tags=("catalogue of trainings",))
Topic = Annotated[str, Query(max_length=20)]
Held = Annotated[str, Query(alias="kind", max_length=20)]
"""How a course is held; a file of the list has a kind of its own in its address."""


class Why(BaseModel):
    """The reason, and the revision that was seen: with another one by now, nothing is changed."""

    reason: str = Field(max_length=4000)
    revision: int | None = None


class Terms(Why):
    """Seats of a course, and its price in whole rupiah a seat."""

    seats: int
    price: Decimal


class WishedLimits(Why):
    """The budget in whole rupiah (null: no limit), and the most seats by unit; both as a whole, not as a change."""

    budget: Decimal | None = None
    quotas: dict[str, int] = {}


@dataclass(frozen=True, slots=True)
class CatalogueOfYear:
    """The courses of a year that were asked for, in the order in which they begin, withdrawn ones too; and the limits."""

    year: int
    courses: tuple[Offer, ...]
    limits: YearLimits


def fitting(offers: tuple[Offer, ...], topic: str, kind: str) -> tuple[Offer, ...]:
    """Those of this topic and this kind; of all where nothing is chosen."""
    return tuple(one for one in offers if topic in ("", *one.course.topics) and kind in ("", one.course.kind))


def act_of(jenjang: Services, visitor: Visitor, why: Why, key: str | None) -> Act:
    """The order as the record keeps it: the same key of the same person is the same order."""
    return Act(visitor.id, jenjang.now(), command_of(visitor.id, key), why.reason, why.revision)


async def change(jenjang: Services, course: str, kind: str, rule: Callable[[Offer], Course], act: Act) -> Offer:
    """Change a course by a rule of appraisal/training/catalogue.py; NOT_FOUND, or a refusal that changes nothing."""
    if not await jenjang.catalogue.change(course, kind, rule, act):
        raise NOT_FOUND
    return await one(jenjang, course)


async def one(jenjang: Services, course: str) -> Offer:
    """This course; NOT_FOUND where there is none."""
    async with jenjang.reading() as session:
        found = await catalogue.offer(session, course)
    if found is None:
        raise NOT_FOUND
    return found


async def limit(jenjang: Services, year: int, limits: Limits, act: Act) -> YearLimits:
    """Set the limits of a year, for units of today."""
    async with jenjang.reading() as session:
        units = served(await unit_parents(session, jenjang.today()))
    strange = next((unit for unit in limits.quotas if unit not in units), None)
    if strange is not None:
        remedy = "Give quotas to the topmost unit and those directly below it; /api/v1/units lists them."
        raise UnknownUnit("There is no such unit directly below the top.", f"quotas.{strange}"[:200], remedy)
    await jenjang.catalogue.limit(year, limits, act)
    async with jenjang.reading() as session:
        return await catalogue.year_limits(session, year)


@router.get("/catalogue/{year}")
async def of_year(
    year: Year, visitor: Officer, jenjang: Jenjang, topic: Topic = "", held: Held = ""
) -> CatalogueOfYear:
    """The courses of a year (of a topic, of a kind) with the seats given away; the limits, and what of them is given away."""
    async with jenjang.reading() as session:
        found = fitting(await catalogue.offers(session, year), topic, held)
        return CatalogueOfYear(year, found, await catalogue.year_limits(session, year))


@router.put("/catalogue/{year}/limits")
async def put_limits(
    year: Year,
    wished: Annotated[WishedLimits, CLOSED],
    visitor: Officer,
    jenjang: Jenjang,
    idempotency_key: IdempotencyKey = None,
) -> YearLimits:
    """Set the budget and the quotas of a year. Zero means none at all; what was given away before stays given."""
    limits = Limits(wished.budget, wished.quotas)
    return await limit(jenjang, year, limits, act_of(jenjang, visitor, wished, idempotency_key))


@router.get("/courses/{course}")
async def course(course: Key, visitor: Officer, jenjang: Jenjang) -> Offer:
    """One course of the catalogue."""
    return await one(jenjang, course)


@router.put("/courses/{course}/terms")
async def put_terms(
    course: Key,
    terms: Annotated[Terms, CLOSED],
    visitor: Officer,
    jenjang: Jenjang,
    idempotency_key: IdempotencyKey = None,
) -> Offer:
    """Set the seats and the price of a course; never fewer seats than are given away."""
    act = act_of(jenjang, visitor, terms, idempotency_key)
    return await change(
        jenjang, course, "course_changed", lambda offer: with_terms(offer, terms.seats, terms.price), act
    )


@router.post("/courses/{course}/withdrawal")
async def withdraw(
    course: Key,
    why: Annotated[Why, CLOSED],
    visitor: Officer,
    jenjang: Jenjang,
    idempotency_key: IdempotencyKey = None,
) -> Offer:
    """Offer a course no more; refused while somebody has a seat. Nobody is proposed for it any more."""
    act = act_of(jenjang, visitor, why, idempotency_key)
    return await change(jenjang, course, "course_withdrawn", without, act)


@router.post("/courses/{course}/return")
async def offer_again(
    course: Key,
    why: Annotated[Why, CLOSED],
    visitor: Officer,
    jenjang: Jenjang,
    idempotency_key: IdempotencyKey = None,
) -> Offer:
    """Offer a withdrawn course again."""
    act = act_of(jenjang, visitor, why, idempotency_key)
    return await change(jenjang, course, "course_returned", again, act)
