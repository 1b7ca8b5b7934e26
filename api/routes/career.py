"""Recognition and career: what is proposed and why, the talent map, decisions by named people, and the own career."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Path, Query, Response
from pydantic import BaseModel, Field

from api import career, career_deciding, career_own
from api.career import Board, Filter, Listed, TalentMap, Which
from api.career_own import Own
from api.errors import NOT_FOUND
from api.paging import Id, Paging, Places, place_of
from api.papers.issuing import Subject
from api.routes.appraisals import IdempotencyKey, Key
from api.routes.papers import AS_PDF, issued
from api.security import Officer, Overseer, Signed
from api.services import Jenjang, Services
from api.strict import CLOSED, json_router
from appraisal.career.career import Kind, Verdict
from appraisal.career.decisions import Wish
from appraisal.papers.papers import PaperKind

router = json_router("/career", ("career",))
ROWS: Places[tuple[str, str]] = Places(tuple[Id, Id])
Rows = Annotated[Paging[tuple[str, str]], Depends(ROWS.paged)]
Place = Annotated[str, Query(max_length=12)]
Year = Annotated[int, Path(ge=2000, le=2100)]


class Choice(BaseModel):
    """One decision: `mark` is that of the row as it was seen, `value` another box, or so many months of a credit."""

    kind: Kind
    person: str = Field(max_length=12)
    about: str = Field(max_length=40)
    mark: str = Field(max_length=28)
    verdict: Verdict
    value: str = Field(default="", max_length=4)


class Decisions(BaseModel):
    """Decided together, for one reason, or none of them. `member`: who of the committee decided, where HR records it."""

    decisions: list[Choice]
    reason: str = Field(default="", max_length=4000)
    member: str | None = Field(default=None, max_length=12)


class Entry(BaseModel):
    """An award that the agency gives (`what`), or the credit that somebody brings along: `carried_over` with its `amount`."""

    what: str = Field(max_length=20)
    amount: str = Field(default="0", max_length=12)
    reason: str = Field(max_length=4000)


class CareerRules(BaseModel):
    """What the agency sets; `high` and `middle` are cut-offs up to 100, empty until it has decided on them."""

    high: str = Field(max_length=12)
    middle: str = Field(max_length=12)
    axis: dict[str, str] = Field(max_length=10)
    places: int
    rounding: str = Field(max_length=12)
    own_box: bool
    committee: list[Annotated[str, Field(max_length=12)]] = Field(max_length=100)


class Edit(BaseModel):
    """The rules as they shall be from now on, and the version that they change."""

    rules: CareerRules
    based_on: int = Field(ge=0, lt=2**31)
    reason: str = Field(max_length=4000)


@dataclass(frozen=True, slots=True)
class Rules:
    """A version of the rules."""

    version: int
    rules: dict[str, Any]
    author: str
    reason: str


@dataclass(frozen=True, slots=True)
class Proposals:
    """A page of proposals, and what waits for a decision, by kind."""

    rows: tuple[Listed, ...]
    waiting: Mapping[Kind, int]


@dataclass(frozen=True, slots=True)
class Done:
    """How many proposals were decided on."""

    decided: int


async def rows_after(jenjang: Services, board: Board, place: tuple[str, str] | None) -> tuple[Listed, ...]:
    """The rows after this place."""
    if place is None:
        return board.rows
    async with jenjang.reading() as session:
        last = await place_of(session, place[0])
    return tuple(one for one in board.rows if last is None or one.at > (*last, place[1]))


def place(row: Listed) -> tuple[str, str]:
    """Where the list goes on after this row."""
    return row.person, row.proposal.about


@router.get("/proposals")
async def proposals(
    visitor: Signed,
    jenjang: Jenjang,
    paging: Rows,
    kind: Kind = Kind.CREDIT,
    unit: Place = "",
    box: Annotated[int | None, Query(ge=1, le=9)] = None,
    which: Which = Which.WAITING,
) -> Proposals:
    """What is proposed of this kind, by name, with its reasons; for HR, and boxes and successors for the committee as well."""
    board = await career.board(jenjang, visitor, Filter(kind, unit, box, which))
    return Proposals(paging.cut(await rows_after(jenjang, board, paging.after), place), board.waiting)


@router.post("/decisions")
async def decisions(
    sent: Annotated[Decisions, CLOSED], visitor: Signed, jenjang: Jenjang, idempotency_key: IdempotencyKey = None
) -> Done:
    """Confirm, change or refuse one or many; all of it is on record then, or nothing."""
    wishes = tuple(Wish(**one.model_dump()) for one in sent.decisions)
    return Done(await career_deciding.decide(jenjang, visitor, wishes, sent.reason, sent.member, idempotency_key))


@router.get("/map")
async def talent(visitor: Signed, jenjang: Jenjang, unit: Place = "") -> TalentMap:
    """The nine boxes with how many people are in each, of a unit and all below it or of the agency."""
    return await career.talent_map(jenjang, visitor, unit)


@router.get("/rules")
async def rules(visitor: Signed, jenjang: Jenjang) -> Rules:
    """What the agency has set."""
    async with jenjang.reading() as session:
        found = await career.rules_for(session, visitor)
    return Rules(found.version, found.policy.document(), found.author, found.reason)


@router.put("/rules")
async def set_rules(edit: Annotated[Edit, CLOSED], visitor: Officer, jenjang: Jenjang) -> Rules:
    """Set them anew, as the next version. What was decided before stays as it was decided."""
    found = await career_deciding.set_rules(jenjang, visitor, edit.rules.model_dump(), edit.based_on, edit.reason)
    return Rules(found.version, found.policy.document(), found.author, found.reason)


@router.get("/own")
async def mine(visitor: Signed, jenjang: Jenjang) -> Own:
    """The visitor's own career: credit with its arithmetic, awards, reasons, and the own box as far as the agency shows it."""
    if visitor.person is None:
        raise NOT_FOUND
    return await career_own.own(jenjang, visitor.person)


@router.get("/people/{person}")
async def of_person(person: Key, visitor: Overseer, jenjang: Jenjang) -> Own:
    """Somebody's career with all that was ever decided of it; for HR of the agency, and of the unit."""
    return await career_own.own(jenjang, person, visitor)


@router.get("/people/{person}/credits/{year}.pdf", response_class=Response, responses=AS_PDF)
async def credit_paper(person: Key, year: Year, visitor: Signed, jenjang: Jenjang) -> Response:
    """The angka kredit that was confirmed of this year (PAK), for whoever it is about and HR. Always Indonesian.

    409 `not_issued_yet` where nothing is confirmed. The same content asked again is the same paper.
    """
    await career_own.demand_read(jenjang, visitor, person)
    return await issued(jenjang, visitor, Subject(PaperKind.CREDIT, str(year), person))


@router.post("/people/{person}/entries", status_code=201)
async def put_on_record(
    person: Key,
    entry: Annotated[Entry, CLOSED],
    visitor: Overseer,
    jenjang: Jenjang,
    idempotency_key: IdempotencyKey = None,
) -> Own:
    """Give an award, or put on record the credit that somebody brings along."""
    await career_deciding.put_on_record(
        jenjang, visitor, person, entry.what, entry.amount, entry.reason, idempotency_key
    )
    return await career_own.own(jenjang, person, visitor)
