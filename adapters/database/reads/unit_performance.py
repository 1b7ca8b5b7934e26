"""The indicators of units with what they have reached, the people who have to do with it, and the results of units."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from adapters.database.columns import table_of
from adapters.database.documents import CALIBRATION
from adapters.database.engine import Session
from adapters.database.periods import in_force
from adapters.database.reads.case_rows import events
from adapters.database.reads.lines import around, unit_parents
from adapters.database.reads.serving import ASSIGNMENT, POSITION
from adapters.database.reads.standing import standing
from adapters.database.tables import organisation, process, unit_performance
from appraisal.calibration.calibration import Calibration
from appraisal.parties import Parties
from appraisal.people.organisation import Organisation
from appraisal.unit.performance import Actual, Followed, Indicator, parties_of
from appraisal.vocabulary import Direction, EvidenceNeed

INDICATOR, ACTUAL = table_of(organisation.Indicator), table_of(unit_performance.IndicatorActual)
CYCLE, TABLE = table_of(process.Cycle), table_of(process.Calibration)


@dataclass(frozen=True, slots=True)
class InCycle:
    """The calibration of a unit in one cycle, for whoever asks about its result."""

    cycle: str
    cycle_name: str
    calibration: Calibration


async def people_of(session: Session, units: Collection[str], on: date, at: datetime) -> dict[str, Parties]:
    """The people of these units as the table of rights knows them; units that do not exist on that day are left out."""
    heads = (await standing(session, on, at)).heads
    known = await around(session, {heads[unit] for unit in units if unit in heads}, on, at)
    return {unit: parties_of(unit, known) for unit in units if unit in known.parents}


async def own_units(session: Session, person: str, on: date) -> frozenset[str]:
    """The units in which this person works on that day, and all above them."""
    query = select(POSITION.c.unit_id).join(ASSIGNMENT, ASSIGNMENT.c.position_id == POSITION.c.id)
    query = query.where(ASSIGNMENT.c.person_id == person, in_force(ASSIGNMENT, on))
    known = Organisation(await unit_parents(session, on), {}, {})
    return frozenset(one for unit in await session.scalars(query) for one in (unit, *known.above(unit)))


async def measured_units(session: Session, year: int) -> tuple[str, ...]:
    """The units that have indicators in that year."""
    query = select(INDICATOR.c.unit_id).where(INDICATOR.c.year == year).distinct()
    return tuple(sorted(await session.scalars(query)))


async def followed(session: Session, units: Collection[str], year: int) -> tuple[Followed, ...]:
    """The indicators of these units in that year by code, with all that was entered."""
    query = select(INDICATOR).where(INDICATOR.c.unit_id.in_(sorted(units)), INDICATOR.c.year == year)
    indicators = [_indicator(row) for row in await session.execute(query.order_by(INDICATOR.c.code, INDICATOR.c.id))]
    actuals = await _actuals(session, [one.id for one in indicators])
    return tuple(Followed(one, actuals.get(one.id, ())) for one in indicators)


async def one_followed(session: Session, unit: str, indicator: str) -> Followed | None:
    """This indicator of this unit with all that was entered."""
    query = select(INDICATOR).where(INDICATOR.c.id == indicator, INDICATOR.c.unit_id == unit)
    row = (await session.execute(query)).first()
    return Followed(_indicator(row), (await _actuals(session, [indicator])).get(indicator, ())) if row else None


async def in_cycles(session: Session, units: Collection[str], year: int) -> dict[str, tuple[InCycle, ...]]:
    """The calibrations of these units in the cycles of that year, by unit, the newest cycle first."""
    query = select(TABLE.c.unit_id, TABLE.c.cycle_id, CYCLE.c.name, TABLE.c.document)
    query = query.join(CYCLE, CYCLE.c.id == TABLE.c.cycle_id).where(TABLE.c.unit_id.in_(sorted(units)))
    query = query.where(CYCLE.c.year == year).order_by(CYCLE.c.starts_at.desc(), CYCLE.c.id)
    found: dict[str, tuple[InCycle, ...]] = {}
    for row in await session.execute(query):
        shown = InCycle(row.cycle_id, row.name, CALIBRATION.validate_python(row.document))
        found[row.unit_id] = (*found.get(row.unit_id, ()), shown)
    return found


async def set_by(session: Session, calibration: str) -> dict[str, Any] | None:
    """The event by which the result of this calibration's unit was set, as it is now; None where it is not."""
    told = (one for one in reversed(await events(session, calibration)) if one["kind"] == "set_unit_result")
    return next(told, None)


async def _actuals(session: Session, indicators: list[str]) -> dict[str, tuple[Actual, ...]]:
    query = select(ACTUAL).where(ACTUAL.c.indicator_id.in_(indicators)).order_by(ACTUAL.c.quarter, ACTUAL.c.number)
    found: dict[str, tuple[Actual, ...]] = {}
    for row in await session.execute(query):
        told = (row.quarter, row.number, row.value, row.evidence, row.remark, row.entered_by, row.entered_at)
        found[row.indicator_id] = (*found.get(row.indicator_id, ()), Actual(*told))
    return found


def _indicator(row: Any) -> Indicator:
    known = {name: getattr(row, name) for name in ("id", "year", "code", "name", "unit_of_measure")}
    return Indicator(
        **known,
        unit=row.unit_id,
        baseline=row.baseline,
        target=row.target,
        direction=Direction(row.direction),
        evidence=EvidenceNeed(row.evidence),
    )
