"""How targets follow from the indicators of a unit: as a tree, as the matrix of a leader, and what one can choose from."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Query

from adapters.database.desk.accounts import Visitor
from adapters.database.reads import cascade as record
from adapters.database.reads import case_rows, directory
from adapters.database.reads.cascade import Supports
from api import orders
from api.errors import NOT_FOUND
from api.routes.appraisals import Key
from api.routes.cycles import known
from api.routes.unit_performance import people_of
from api.security import Signed
from api.services import Jenjang, Services
from api.strict import json_router
from appraisal.unit.cascade import Cascade, Matrix, Planned, cascade, leaders, matrix

router = json_router(tags=("cascade",))
Leader = Annotated[str | None, Query(pattern="^[0-9a-z]{1,32}$")]


@dataclass(frozen=True, slots=True)
class Unit:
    """The plans of a unit in a cycle, by name, and its indicators (id, name); `head` leads it now."""

    name: str
    year: int
    head: str | None
    plans: tuple[Planned, ...]
    indicators: tuple[tuple[str, str], ...]

    @property
    def cascade(self) -> Cascade:
        return cascade(self.plans, self.indicators)

    @property
    def leaders(self) -> frozenset[str]:
        return leaders(self.plans)


async def unit_of(jenjang: Services, visitor: Visitor, cycle: str, unit: str) -> Unit:
    """For whoever may read the unit's performance; NOT_FOUND for others, and where nobody of the unit takes part."""
    year = (await known(jenjang, cycle))["year"]
    async with jenjang.reading() as session:
        people = await people_of(session, jenjang, visitor, unit)
        plans = await record.plans(session, cycle, unit)
        indicators = tuple((one.id, one.name) for one in await directory.indicators(session, unit, year))
        names = await directory.unit_names(session, jenjang.today())
    if not plans:
        raise NOT_FOUND
    return Unit(names.get(unit, unit), year, people.head, plans, indicators)


def matrix_of(found: Unit, leader: str | None) -> Matrix:
    """The matrix of this leader, or of the head; NOT_FOUND for somebody who leads nobody here."""
    chosen = leader or (found.head if found.head in found.leaders else min(found.leaders, default=None))
    if chosen is None or chosen not in found.leaders:
        raise NOT_FOUND
    return matrix(found.plans, chosen)


@router.get("/cycles/{cycle}/units/{unit}/cascade")
async def tree(cycle: Key, unit: Key, visitor: Signed, jenjang: Jenjang) -> Cascade:
    """From each indicator of the unit down to the targets that support it; who waits upstream; who has no targets yet."""
    return (await unit_of(jenjang, visitor, cycle, unit)).cascade


@router.get("/cycles/{cycle}/units/{unit}/matrix")
async def roles_and_results(cycle: Key, unit: Key, visitor: Signed, jenjang: Jenjang, leader: Leader = None) -> Matrix:
    """Matriks pembagian peran dan hasil of this leader, or of the head of the unit: people down, results across."""
    return matrix_of(await unit_of(jenjang, visitor, cycle, unit), leader)


@router.get("/appraisals/{cycle}/{employee}/supports")
async def supports(cycle: Key, employee: Key, visitor: Signed, jenjang: Jenjang) -> Supports:
    """What the targets of this employee can be tied to. Without any of the superior, a target may wait for them."""
    facts = await orders.visible(jenjang, visitor, cycle, employee)
    year = (await known(jenjang, cycle))["year"]
    async with jenjang.reading() as session:
        case = await case_rows.case(session, facts.id)
        if case is None:
            raise NOT_FOUND
        return await record.supports(session, case, year, jenjang.today())
