"""Development plans: who may see one and change it, those of a superior's line, and HR's list of what is needed."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from adapters.database.desk.accounts import Visitor
from adapters.database.engine import Session
from adapters.database.reads import development as record
from adapters.database.reads import directory, lines
from adapters.database.reads.development import Planned
from api.errors import NOT_FOUND, NOT_YOURS
from api.orders import order_id
from api.security import actor, scope
from api.services import Services
from appraisal.access import Action, can
from appraisal.development.changes import Change, Hands, changed
from appraisal.development.development import Source
from appraisal.development.plan import BOTH, Deed, Entry, Item, Plan, Side
from appraisal.parties import Parties
from appraisal.people.organisation import Organisation

READ_AT_ONCE = 200
"""People whose plans are computed together: each needs the document of a case."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A plan as the visitor sees it: on which `side` he stands, None of who only reads."""

    person: str
    name: str
    title: str
    unit: str
    plan: Plan
    side: Side | None

    @property
    def own(self) -> bool:
        return self.side is Side.EMPLOYEE

    @property
    def edits(self) -> bool:
        return self.side in BOTH


class State(StrEnum):
    """How far a need is in its plan."""

    OPEN = "open"
    PLANNED = "planned"
    AGREED = "agreed"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Filter:
    """Which needs: of a year, of the people of a unit and all below it, of a source, in a state."""

    year: int
    unit: str = ""
    source: Source | None = None
    state: State | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """One need of somebody."""

    person: str
    name: str
    title: str
    unit: str
    item: Item
    state: State


@dataclass(frozen=True, slots=True)
class Page:
    """The needs of some people, by name; `after` is where the next ones begin, None on the last page."""

    rows: tuple[Listed, ...]
    after: tuple[str, str] | None


async def shown(jenjang: Services, visitor: Visitor, person: str, year: int) -> Shown:
    """This plan; NOT_FOUND where it is none of the visitor's business."""
    async with jenjang.reading() as session:
        parties = await _parties(session, jenjang, visitor, person)
        return _shown(visitor, await _planned(session, jenjang, person, year), parties)


async def of_line(jenjang: Services, visitor: Visitor, year: int) -> tuple[Shown, ...]:
    """The plans of everybody who answers to the visitor, or to somebody for whom he acts; by name."""
    now, today = jenjang.present()
    async with jenjang.reading() as session:
        people = await record.reports_of(session, visitor.id, today, now)
        parties = await record.parties(session, people, today, now)
        found = await record.plans(session, people, year, today)
    every = (_shown(visitor, one, parties[one.person]) for one in found if one.person in parties)
    return tuple(one for one in every if one.edits)


async def change(jenjang: Services, visitor: Visitor, person: str, year: int, wish: Change, key: str | None) -> Shown:
    """Put one change on record; a refusal changes nothing."""
    async with jenjang.reading() as session:
        parties = await _parties(session, jenjang, visitor, person)
        await _planned(session, jenjang, person, year)
    side = _side(visitor, parties)
    if side is None or (side is Side.HR and wish.deed is not Deed.ADDED):
        raise NOT_YOURS
    now, today = jenjang.present()
    hands = Hands(visitor.id, side, now, today)

    async def changing(session: Session) -> Entry:
        return changed((await _planned(session, jenjang, person, year)).plan, wish, hands)

    await jenjang.development.change(
        order_id(visitor, f"{person}.{year}.{key}" if key else None), person, year, changing
    )
    return await shown(jenjang, visitor, person, year)


async def listed(jenjang: Services, visitor: Visitor, wanted: Filter, after: tuple[str, str] | None, size: int) -> Page:
    """The needs that fit of the people after this one, until there are `size` of them; nobody's are cut in two."""
    units = await _units(jenjang, visitor, wanted.unit)
    rows: list[Listed] = []
    async with jenjang.reading() as session:
        while len(rows) < size:
            people = await directory.people(session, jenjang.today(), "", after, READ_AT_ONCE, units)
            plans = await record.plans(session, [one.id for one in people], wanted.year, jenjang.today())
            for one in plans:
                rows += _fitting(one, wanted)
                after = (one.official.name, one.person)
                if len(rows) >= size:
                    return Page(tuple(rows), after)
            if len(people) < READ_AT_ONCE:
                return Page(tuple(rows), None)
            after = (people[-1].name, people[-1].id)
    return Page(tuple(rows), after)


def state_of(item: Item, plan: Plan) -> State:
    """How far this need is."""
    if item.left_out:
        return State.LEFT_OUT
    return State.AGREED if plan.holds else State.PLANNED if item.planned else State.OPEN


async def _parties(session: Session, jenjang: Services, visitor: Visitor, person: str) -> Parties:
    now, today = jenjang.present()
    found = (await record.parties(session, (person,), today, now)).get(person)
    if found is None or not can(actor(visitor), Action.VIEW, found).allowed:
        raise NOT_FOUND
    return found


async def _planned(session: Session, jenjang: Services, person: str, year: int) -> Planned:
    found = await record.plans(session, (person,), year, jenjang.today())
    if not found:
        raise NOT_FOUND
    return found[0]


def _side(visitor: Visitor, parties: Parties) -> Side | None:
    edits, gaps = (can(actor(visitor), asked, parties).allowed for asked in (Action.EDIT_PLAN, Action.ENTER_GAP))
    if visitor.person == parties.employee:
        return Side.EMPLOYEE
    return Side.SUPERIOR if edits else Side.HR if gaps else None


def _shown(visitor: Visitor, one: Planned, parties: Parties) -> Shown:
    who = one.official
    return Shown(one.person, who.name, who.title, who.unit, one.plan, _side(visitor, parties))


def _fitting(one: Planned, wanted: Filter) -> Sequence[Listed]:
    who = one.official
    return [
        Listed(one.person, who.name, who.title, who.unit, item, state)
        for item in one.plan.items
        for state in (state_of(item, one.plan),)
        if wanted.source in (None, item.need.source) and wanted.state in (None, state)
    ]


async def _units(jenjang: Services, visitor: Visitor, unit: str) -> tuple[str, ...] | None:
    """The units that the list is limited to: this one and all below it, as far as they are the visitor's; None for all."""
    if not can(actor(visitor), Action.OVERSEE).allowed:
        raise NOT_YOURS
    own = scope(visitor)
    if not unit:
        return own
    async with jenjang.reading() as session:
        parents = await lines.unit_parents(session, jenjang.today())
    known = Organisation(parents, {}, {})
    return tuple(one for one in parents if unit in (one, *known.above(one)) and (own is None or one in own))
