"""Development plans: what somebody needs and why, how it is met and by when, and who has agreed to it."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import Path, Query
from pydantic import BaseModel, Field

from adapters.database.reads import development as record
from api import development
from api.development import Filter, Listed, Shown, State
from api.paging import NAMED, ByName, place_of
from api.routes.appraisals import IdempotencyKey, Key
from api.security import Overseer, Signed
from api.services import Jenjang
from api.strict import CLOSED, json_router
from appraisal.development.changes import ADDS, Change, Gap
from appraisal.development.development import Competence, Source, Way
from appraisal.development.plan import Deed, Entry, Item, Side

router = json_router("/development", ("development plans",))
Year = Annotated[int, Path(ge=2000, le=2100)]
WantedYear = Annotated[int | None, Query(ge=2000, le=2100)]


class CompetenceGap(BaseModel):
    """What was assessed and what the position requires: levels 0 to 5."""

    kind: Competence
    assessed: int
    required: int


class PlanChange(BaseModel):
    """One change; `seen` is that of the plan as it was read. `key` names a need; what is added has `source`, `text`, `reason`."""

    deed: Deed
    seen: str = Field(max_length=40)
    key: str = Field(default="", max_length=60)
    way: Way | None = None
    by: date | None = None
    reason: str = Field(default="", max_length=4000)
    source: Source | None = None
    text: str = Field(default="", max_length=4000)
    topic: str = Field(default="", max_length=20)
    gap: CompetenceGap | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A plan with what one must know to change it: `seen` is sent back, `agreed` has both sides once it holds.

    `side` is the visitor's, and `adds` the sources of which he may add needs.
    """

    person: str
    name: str
    year: int
    items: tuple[Item, ...]
    seen: str
    agreed: tuple[Side, ...]
    holds: bool
    side: Side | None
    adds: tuple[Source, ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Needs:
    """A page of needs."""

    rows: tuple[Listed, ...]


def told(one: Shown) -> Told:
    """The plan as programs read it."""
    plan = one.plan
    return Told(
        *(one.person, one.name, plan.year, plan.items, plan.seen, tuple(plan.agreed), plan.holds),
        *(one.side, ADDS[one.side] if one.side else (), plan.entries),
    )


@router.get("")
async def needs(
    visitor: Overseer,
    jenjang: Jenjang,
    paging: ByName,
    year: WantedYear = None,
    unit: Annotated[str, Query(max_length=12)] = "",
    source: Source | None = None,
    state: State | None = None,
) -> Needs:
    """What the people of the agency, or of a unit, need in a year, by name; nobody's needs are cut in two."""
    wanted = Filter(year or await usual_year(jenjang), unit, source, state)
    async with jenjang.reading() as session:
        after = await place_of(session, paging.after)
    page = await development.listed(jenjang, visitor, wanted, after, paging.limit)
    paging.lead(NAMED.written(page.after[1]) if page.after else "")
    return Needs(page.rows)


@router.get("/line")
async def line(visitor: Signed, jenjang: Jenjang, year: WantedYear = None) -> tuple[Told, ...]:
    """The plans of everybody who answers to the visitor."""
    return tuple(map(told, await development.of_line(jenjang, visitor, year or await usual_year(jenjang))))


@router.get("/{employee}/{year}")
async def plan(employee: Key, year: Year, visitor: Signed, jenjang: Jenjang) -> Told:
    """The plan of this person for this year, for the employee, the superiors and HR."""
    return told(await development.shown(jenjang, visitor, employee, year))


@router.post("/{employee}/{year}/changes", status_code=201)
async def change(
    employee: Key,
    year: Year,
    sent: Annotated[PlanChange, CLOSED],
    visitor: Signed,
    jenjang: Jenjang,
    idempotency_key: IdempotencyKey = None,
) -> Told:
    """Add a need, say how one is met and by when, leave one out or take it in again, or agree to all of it."""
    gap = Gap(**sent.gap.model_dump()) if sent.gap else None
    wish = Change(**{**sent.model_dump(exclude={"gap"}), "gap": gap})
    return told(await development.change(jenjang, visitor, employee, year, wish, idempotency_key))


async def usual_year(jenjang: Jenjang) -> int:
    """The year that is being planned."""
    async with jenjang.reading() as session:
        return await record.usual_year(session, jenjang.today())
