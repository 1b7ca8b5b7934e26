"""Somebody is not there any more, for good or for a time: HR looks at what follows, says so, and sees what became of it."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Annotated

from fastapi import Response
from pydantic import BaseModel, Field

from adapters.database.desk.accounts import Visitor
from adapters.database.reads import departure_ground, directory
from adapters.database.reads.departure_ground import DepartureRow, ResultRow
from adapters.database.reads.departure_outlook import CaseAhead, outlooks
from api.errors import NOT_FOUND
from api.orders import order_id, put_on_record, tell
from api.routes.appointments import Day, Name
from api.routes.appraisals import IdempotencyKey, Key
from api.security import Officer, actor
from api.services import Jenjang, Services
from api.strict import CLOSED, json_router
from appraisal.people.departure import (
    FOR_GOOD,
    REFUSALS,
    Cause,
    Depart,
    Ground,
    Hindrance,
    OwnCases,
    Return,
    check,
    hindrance,
)
from workflows.departure import DepartureWorkflow
from workflows.identity import departure_id

router = json_router("/departures", ("departures",))


class Wanted(BaseModel):
    """These `people` are not there from the day `effective_on` (today), away for a time until `returns_on`, if that is known.

    `own_cases` says what becomes of their open cases: `hold` (for a time only), `close` as unrateable, or `go_on`.
    """

    people: tuple[Name, ...]
    cause: Cause
    own_cases: OwnCases
    effective_on: Day | None = None
    returns_on: Day | None = None
    reason: str = Field(default="", max_length=4000)


class Back(BaseModel):
    """These people are back, from today on."""

    people: tuple[Name, ...]
    reason: str = Field(default="", max_length=4000)


@dataclass(frozen=True, slots=True)
class HandoverLine:
    """So many `steps`, or the calibration of a `unit`, go to this person; without one, nobody holds them and HR is called in."""

    to_id: str | None
    to: str | None
    steps: int
    unit: str | None


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """One person: what hinders it, in code and words; the own open cases, what is handed over, appointments that end."""

    person_id: str
    person: str
    hindrance: Hindrance | None
    what: str
    remedy: str
    cases: tuple[CaseAhead, ...]
    handed: tuple[HandoverLine, ...]
    acting: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What the order would do. `hindered` people must be left out before anything is done."""

    effective_on: date
    people: tuple[PreviewLine, ...]
    hindered: int


@dataclass(frozen=True, slots=True)
class Shown:
    """An order: its people, and what it did to their cases and appointments so far."""

    people: tuple[DepartureRow, ...]
    results: tuple[ResultRow, ...]


def order_of(jenjang: Services, visitor: Visitor, wanted: Wanted, key: str | None) -> Depart:
    """The order as the rules know it; whatever can be refused without the record is."""
    on = wanted.effective_on or jenjang.today()
    order = Depart(
        id=order_id(visitor, key),
        cause=wanted.cause,
        own_cases=wanted.own_cases,
        effective_on=on,
        begins_at=jenjang.start_of(on),
        actor=actor(visitor),
        people=wanted.people,
        reason=wanted.reason.strip(),
        returns_on=wanted.returns_on,
        returns_at=jenjang.start_of(wanted.returns_on) if wanted.returns_on else None,
    )
    check(order)
    return order


async def previewed(jenjang: Services, visitor: Visitor, wanted: Wanted) -> Preview:
    """The order person by person as the record stands now; a refusal where it contradicts itself."""
    on = order_of(jenjang, visitor, wanted, None).effective_on
    async with jenjang.reading() as session:
        ground = await departure_ground.ground(session, wanted.people, on, wanted.returns_on)
        ahead = await outlooks(session, wanted.people, wanted.cause in FOR_GOOD, on, jenjang.now())
        holders = {handed.to for one in ahead.values() for handed in one.handed if handed.to}
        names = await directory.person_names(session, (*wanted.people, *sorted(holders)))
        units = await directory.unit_names(session, on)
    lines = []
    for person in wanted.people:
        one = ahead[person]
        handed = tuple(
            HandoverLine(it.to, names.get(it.to or ""), it.steps, units.get(it.unit, "") if it.unit else None)
            for it in one.handed
        )
        against = _against(wanted.cause, person, ground)
        lines.append(PreviewLine(person, names.get(person, ""), *against, one.cases, handed, one.acting))
    return Preview(on, tuple(lines), sum(line.hindrance is not None for line in lines))


def _against(cause: Cause, person: str, ground: Ground) -> tuple[Hindrance | None, str, str]:
    found = hindrance(cause, person, ground)
    return (found, REFUSALS[found].what, REFUSALS[found].remedy) if found else (None, "", "")


async def depart(jenjang: Services, visitor: Visitor, wanted: Wanted, key: str | None) -> Shown:
    """The order on record; or a refusal, and nothing has changed."""
    given = order_of(jenjang, visitor, wanted, key)
    if known := await shown(jenjang, given.id):
        return known
    process = departure_id(given.id)
    reading = partial(shown, jenjang, given.id)
    return await put_on_record(jenjang, DepartureWorkflow.run, given, process, DepartureWorkflow.kept, reading)


async def come_back(jenjang: Services, visitor: Visitor, order: str, back: Back, key: str | None) -> Shown:
    """The order once these people are back by it; or a refusal, and nothing has changed."""
    if await shown(jenjang, order) is None:
        raise NOT_FOUND
    wish = Return(back.people, jenjang.today(), actor(visitor), back.reason)
    await tell(jenjang, visitor, departure_id(order), DepartureWorkflow.come_back, wish, key)
    return await one(order, visitor, jenjang)


async def shown(jenjang: Services, order: str) -> Shown | None:
    """The order as it is on record, if it is."""
    async with jenjang.reading() as session:
        people = await departure_ground.departures_of(session, order)
        return Shown(people, await departure_ground.results(session, order)) if people else None


@router.get("")
async def away(visitor: Officer, jenjang: Jenjang) -> tuple[DepartureRow, ...]:
    """Who is away today or later, and who goes on a later day."""
    async with jenjang.reading() as session:
        return await departure_ground.away_or_going(session, jenjang.today())


@router.post("/preview")
async def preview(wanted: Annotated[Wanted, CLOSED], visitor: Officer, jenjang: Jenjang) -> Preview:
    """Each person with what would follow, and what hinders it. Nothing is changed."""
    return await previewed(jenjang, visitor, wanted)


@router.post("", status_code=201)
async def change(
    wanted: Annotated[Wanted, CLOSED],
    visitor: Officer,
    jenjang: Jenjang,
    response: Response,
    idempotency_key: IdempotencyKey = None,
) -> Shown:
    """All of these people, or, where anything hinders one, nobody. What follows is done at once, or when the day comes."""
    done = await depart(jenjang, visitor, wanted, idempotency_key)
    response.headers["Location"] = f"/api/v1/departures/{done.people[0].order_id}"
    return done


@router.get("/{order}")
async def one(order: Key, visitor: Officer, jenjang: Jenjang) -> Shown:
    """Who goes by this order, and what became of each case and appointment."""
    found = await shown(jenjang, order)
    if found is None:
        raise NOT_FOUND
    return found


@router.post("/{order}/return")
async def end(
    order: Key,
    back: Annotated[Back, CLOSED],
    visitor: Officer,
    jenjang: Jenjang,
    idempotency_key: IdempotencyKey = None,
) -> Shown:
    """Some of them are back before the day, or on a day that was not known. Their cases go on, and what was theirs returns."""
    return await come_back(jenjang, visitor, order, back, idempotency_key)
