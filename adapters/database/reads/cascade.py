"""What targets are tied to, and could be: the plans of a unit, and what one employee can choose from."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select

from adapters.database.columns import table_of
from adapters.database.documents import CASE
from adapters.database.engine import Session
from adapters.database.reads import directory
from adapters.database.reads.case_rows import case_of
from adapters.database.reads.lines import unit_parents
from adapters.database.reads.unit_performance import own_units
from adapters.database.tables import organisation, process
from appraisal.case import Case
from appraisal.people.organisation import Organisation
from appraisal.targets import Support
from appraisal.unit.cascade import Planned
from appraisal.vocabulary import Step, SupportKind

APPRAISAL, PERSON = table_of(process.Appraisal), table_of(organisation.Person)
CALIBRATION = table_of(process.Calibration)


@dataclass(frozen=True, slots=True)
class Supports:
    """What the targets of one employee can be tied to: indicators by the unit that has them, and targets of the superior.

    While there are none of the superior, a target may also wait for them.
    """

    indicators: dict[str, tuple[Support, ...]]
    superior: tuple[Support, ...]


async def supports(session: Session, case: Case, year: int, on: date) -> Supports:
    """For this case: the indicators of its unit, and of those between it and where the employee works or which he heads."""
    parties = case.parties
    above = Organisation(await unit_parents(session, on), {}, {}).above(parties.unit)
    own = sorted(await own_units(session, parties.employee, on) - {parties.unit, *above})
    indicators: dict[str, tuple[Support, ...]] = {}
    for unit in (*own, parties.unit):
        found = await directory.indicators(session, unit, year)
        if found:
            indicators[unit] = tuple(Support(SupportKind.UNIT_INDICATOR, one.id, one.name) for one in found)
    superior = await case_of(session, case.cycle, parties.supervisor) if parties.supervisor else None
    targets = superior.plan.targets if superior and superior.plan else ()
    kind = SupportKind.SUPERIOR_TARGET
    own_targets = (Support(kind, f"{parties.supervisor}/{n}", one.title) for n, one in enumerate(targets, start=1))
    return Supports(indicators, tuple(own_targets))


async def plans(session: Session, cycle: str, unit: str) -> tuple[Planned, ...]:
    """Whoever takes part in this unit, and its head, by name, with the targets handed in so far."""
    head = select(CALIBRATION.c.head_id).where(CALIBRATION.c.cycle_id == cycle, CALIBRATION.c.unit_id == unit)
    columns = (
        APPRAISAL.c.employee_id,
        APPRAISAL.c.supervisor_id,
        APPRAISAL.c.step,
        APPRAISAL.c.document,
        PERSON.c.name,
    )
    query = select(*columns).join(PERSON, PERSON.c.id == APPRAISAL.c.employee_id)
    whose = or_(APPRAISAL.c.unit_id == unit, APPRAISAL.c.employee_id == head.scalar_subquery())
    query = query.where(APPRAISAL.c.cycle_id == cycle, whose)
    rows = await session.execute(query.order_by(PERSON.c.name, APPRAISAL.c.employee_id))
    found = []
    for row in rows:
        plan = CASE.validate_python(row.document).plan
        agreed = row.step not in (Step.TARGETS, Step.APPROVAL)
        found.append(Planned(row.employee_id, row.name, row.supervisor_id, plan.targets if plan else (), agreed))
    return tuple(found)


async def people_waiting(session: Session, cycles: Collection[str]) -> dict[tuple[str, str], int]:
    """How many people of each (cycle, unit) have targets that wait for those of their superior."""
    query = select(APPRAISAL.c.cycle_id, APPRAISAL.c.unit_id, func.count())
    query = query.where(APPRAISAL.c.cycle_id.in_(sorted(cycles)), APPRAISAL.c.waits_upstream.is_(True))
    rows = await session.execute(query.group_by(APPRAISAL.c.cycle_id, APPRAISAL.c.unit_id))
    return {(cycle, unit): count for cycle, unit, count in rows}
