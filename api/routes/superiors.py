"""Another superior for one person or for many: HR looks at a preview, then all of it is done or nothing."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Annotated

from fastapi import Response
from pydantic import BaseModel, Field

from adapters.database.desk.accounts import Visitor
from adapters.database.reads import directory, superior_ground
from adapters.database.reads.superior_ground import ChangeRow
from api.errors import NOT_FOUND
from api.orders import order_id, put_on_record
from api.routes.appointments import Day, Name
from api.routes.appraisals import IdempotencyKey, Key
from api.security import Officer, actor
from api.services import Jenjang, Services
from api.strict import CLOSED, json_router
from appraisal.errors import AppraisalError
from appraisal.people.errors import StaleLine
from appraisal.people.people import named
from appraisal.people.superiors import MOST, REFUSALS, Hindrance, Move, Replace, check, examined
from workflows.identity import superiors_id
from workflows.superiors import SuperiorsWorkflow

router = json_router("/superiors", ("superiors",))


class Wanted(BaseModel):
    """Another `superior` for these `people`, or for all who answer to `reports_of`, from the day `effective_on` (today).

    `seen` is what a preview was marked with: the order is refused if anybody answers to somebody else by then.
    """

    superior: Name
    people: tuple[Name, ...] = ()
    reports_of: Name | None = None
    effective_on: Day | None = None
    reason: str = Field(default="", max_length=4000)
    seen: str | None = Field(default=None, max_length=64)


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """One person: whom he answers to, and what hinders the change in code and words, if anything does."""

    person_id: str
    person: str
    before_id: str | None
    before: str | None
    hindrance: Hindrance | None
    what: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What the order would do. `hindered` people must be left out, or be helped, before anything is done."""

    superior_id: str
    superior: str
    effective_on: date
    people: tuple[PreviewLine, ...]
    hindered: int
    seen: str


async def previewed(jenjang: Services, wanted: Wanted) -> Preview:
    """The order person by person as the record stands now; InvalidPeople where it names nobody, or too many."""
    on = wanted.effective_on or jenjang.today()
    async with jenjang.reading() as session:
        people = wanted.people
        if wanted.reports_of is not None:
            people += await superior_ground.reports_of(session, wanted.reports_of, on)
        named(people, MOST)
        found = examined(wanted.superior, people, await superior_ground.ground(session, people, wanted.superior, on))
        before = [one.before for one in found if one.before]
        names = await directory.person_names(session, (*people, *before, wanted.superior))
    lines = tuple(_line(one.person, one.before, one.hindrance, names) for one in found)
    hindered = sum(one.hindrance is not None for one in found)
    return Preview(wanted.superior, names.get(wanted.superior, ""), on, lines, hindered, seen_of(lines))


def seen_of(lines: Iterable[PreviewLine]) -> str:
    """The mark of who answered to whom, as somebody saw it."""
    return marked((line.person_id, line.before_id or "") for line in lines)


def marked(pairs: Iterable[tuple[str, str]]) -> str:
    """The same of pairs: a person, and the superior before or nothing."""
    return hashlib.sha256("/".join(f"{person}:{before}" for person, before in pairs).encode()).hexdigest()[:16]


def _line(person: str, before: str | None, hindrance: Hindrance | None, names: dict[str, str]) -> PreviewLine:
    refusal = REFUSALS[hindrance] if hindrance else None
    told = (refusal.what, refusal.remedy) if refusal else ("", "")
    return PreviewLine(person, names.get(person, ""), before, names.get(before or ""), hindrance, *told)


async def replace(jenjang: Services, visitor: Visitor, wanted: Wanted, key: str | None) -> tuple[ChangeRow, ...]:
    """What was changed, once it is on record; or a refusal, and nothing has changed."""
    order = order_id(visitor, key)
    known = await changes(jenjang, order)
    if known:
        return known
    try:
        given = await _order(jenjang, visitor, wanted, order)
    except AppraisalError:
        # The same request a moment ago may have changed what this one looks at.
        if known := await changes(jenjang, order):
            return known
        raise
    process = superiors_id(order)
    reading = partial(changes, jenjang, order)
    return await put_on_record(jenjang, SuperiorsWorkflow.run, given, process, SuperiorsWorkflow.replaced, reading)


async def _order(jenjang: Services, visitor: Visitor, wanted: Wanted, order: str) -> Replace:
    preview = await previewed(jenjang, wanted)
    if wanted.seen is not None and wanted.seen != preview.seen:
        raise StaleLine("The reporting lines have changed since the preview.", "seen", "Look at the preview again.")
    given = Replace(
        id=order,
        superior=wanted.superior,
        effective_on=preview.effective_on,
        begins_at=jenjang.start_of(preview.effective_on),
        actor=actor(visitor),
        moves=tuple(Move(line.person_id, line.before_id) for line in preview.people),
        reason=wanted.reason,
    )
    check(given)
    return given


async def changes(jenjang: Services, order: str) -> tuple[ChangeRow, ...]:
    """What this order has changed; empty where there is none."""
    async with jenjang.reading() as session:
        return await superior_ground.changes(session, order)


@router.post("/preview")
async def preview(wanted: Annotated[Wanted, CLOSED], visitor: Officer, jenjang: Jenjang) -> Preview:
    """Each person with the present superior, and what hinders the change. Nothing is changed."""
    return await previewed(jenjang, wanted)


@router.post("", status_code=201)
async def change(
    wanted: Annotated[Wanted, CLOSED],
    visitor: Officer,
    jenjang: Jenjang,
    response: Response,
    idempotency_key: IdempotencyKey = None,
) -> tuple[ChangeRow, ...]:
    """All of it, or, where anything hinders it, nothing. Open cases follow at once, or when the day comes."""
    done = await replace(jenjang, visitor, wanted, idempotency_key)
    response.headers["Location"] = f"/api/v1/superiors/{done[0].order_id}"
    return done


@router.get("/{order}")
async def one(order: Key, visitor: Officer, jenjang: Jenjang) -> tuple[ChangeRow, ...]:
    """What an order has changed, and who gave it."""
    found = await changes(jenjang, order)
    if not found:
        raise NOT_FOUND
    return found
