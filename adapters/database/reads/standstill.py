"""A unit or the agency that stands still: what an order touches, what stands still by it, and which there are."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, exists, func, or_, select

from adapters.database.columns import table_of
from adapters.database.documents import REMEDY
from adapters.database.engine import Session, Sessions
from adapters.database.reads.running import still_open
from adapters.database.tables import process
from appraisal.bulk import BulkOrder, Scope
from appraisal.commands import Hold
from appraisal.group import GroupPhase
from appraisal.rescheduling import OpenCase
from appraisal.vocabulary import WAY, Alarm, Step

APPRAISAL, BULK, EVENT = table_of(process.Appraisal), table_of(process.Bulk), table_of(process.Event)
CALIBRATION, NOMINATION = table_of(process.Calibration), table_of(process.Nomination)
STANDING = (Alarm.RELEASE, Alarm.CLOSE)
"""What alone rings next in a group whose clock stands still."""
LAST = 20


class SqlStanding:
    """Implements activities.standstill.Standing."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def groups(self, order: BulkOrder) -> tuple[str, ...]:
        scope = _scope(order)
        async with self._sessions() as session:
            found = [
                group
                for table, query in _groups(scope)
                for group in await session.scalars(
                    query.where(_by(table, scope, order.command_id, table.c.next_alarm.in_(STANDING)))
                )
            ]
        return tuple(sorted(found))

    async def cases(self, order: BulkOrder, after: str, size: int) -> tuple[OpenCase, ...]:
        scope, t = _scope(order), APPRAISAL.c
        query = still_open(scope.cycle, after, size).where(_by(APPRAISAL, scope, order.command_id, t.held.is_(True)))
        query = query.where(t.unit_id == scope.unit) if scope.unit else query
        async with self._sessions() as session:
            return tuple(OpenCase(row.id, row.employee_id, row.unit_id) for row in await session.execute(query))


@dataclass(frozen=True, slots=True)
class GroupTouched:
    """A calibration (`unit`) or the nomination (''): an order `stops` its clock, or it `stands` already, or it has ended."""

    id: str
    unit: str
    stops: bool
    stands: bool


@dataclass(frozen=True, slots=True)
class Touched:
    """What an order would stop: open cases by step, and groups. `held` cases stand still already and stay as they are."""

    steps: dict[str, int]
    held: int
    groups: tuple[GroupTouched, ...]

    @property
    def cases(self) -> int:
        return sum(self.steps.values())

    @property
    def anything(self) -> bool:
        return self.cases > 0 or any(group.stops for group in self.groups)


async def touched(session: Session, scope: Scope) -> Touched:
    """What a hold of this unit, or of the agency, would stop now."""
    t = APPRAISAL.c
    query = select(t.step, t.held, func.count()).where(t.cycle_id == scope.cycle, t.step != Step.CLOSED)
    query = query.where(t.unit_id == scope.unit) if scope.unit else query
    steps: dict[str, int] = {}
    held = 0
    for step, stands, count in await session.execute(query.group_by(t.step, t.held)):
        if stands:
            held += count
        else:
            steps[step] = count
    groups = []
    for table, ids in _groups(scope):
        unit = table.c.unit_id if table is CALIBRATION else table.c.cycle_id
        rows = await session.execute(ids.add_columns(unit.label("unit"), table.c.phase, table.c.next_alarm))
        for row in rows:
            stands = row.next_alarm in STANDING
            stops = not stands and row.phase != GroupPhase.ENDED
            groups.append(GroupTouched(row.id, row.unit if table is CALIBRATION else "", stops, stands))
    return Touched({step: steps[step] for step in WAY if step in steps}, held, tuple(groups))


@dataclass(frozen=True, slots=True)
class Standstill:
    """An order that stopped a unit, or the agency (''). `cases` and `groups` still stand still by it."""

    id: str
    unit: str
    reason: str
    until: datetime | None
    ordered_by: str
    ordered_at: datetime
    done: bool
    cases: int
    groups: int

    @property
    def stands(self) -> bool:
        return self.cases + self.groups > 0


async def standstills(session: Session, cycle: str) -> tuple[Standstill, ...]:
    """The last orders that stopped something of this cycle, the newest first."""
    query = select(BULK).where(BULK.c.cycle_id == cycle, BULK.c.releases.is_(None))
    rows = (await session.execute(query.order_by(BULK.c.ordered_at.desc(), BULK.c.id).limit(LAST))).all()
    return tuple([await _standstill(session, row) for row in rows])


async def standstill(session: Session, cycle: str, order: str) -> Standstill | None:
    """One of them."""
    query = select(BULK).where(BULK.c.id == order, BULK.c.cycle_id == cycle, BULK.c.releases.is_(None))
    row = (await session.execute(query)).first()
    return await _standstill(session, row) if row else None


async def _standstill(session: Session, row: Any) -> Standstill:
    hold, scope = REMEDY.validate_python(row.remedy), Scope(row.cycle_id, row.unit_id or "", row.id)
    assert isinstance(hold, Hold), "an order that releases nothing is a hold"
    t = APPRAISAL.c
    held = (t.cycle_id == scope.cycle, t.held.is_(True), t.step != Step.CLOSED, _last_held_by(APPRAISAL, scope.of))
    cases = await session.scalar(select(func.count()).where(*held)) or 0
    groups = 0
    for table, query in _groups(scope):
        standing = query.where(table.c.next_alarm.in_(STANDING), _last_held_by(table, scope.of))
        groups += len((await session.scalars(standing)).all())
    known = (row.id, scope.unit, hold.reason, hold.until, row.ordered_by, row.ordered_at, row.done)
    return Standstill(*known, cases, groups)


def _scope(order: BulkOrder) -> Scope:
    assert order.scope is not None, "an order for a whole unit has a scope"
    return order.scope


def _groups(scope: Scope) -> Iterator[tuple[Table, Select[Any]]]:
    """The ids of what has a common clock: the unit's calibration; of the agency all of them, and the nomination."""
    calibrations = select(CALIBRATION.c.id).where(CALIBRATION.c.cycle_id == scope.cycle)
    if scope.unit:
        calibrations = calibrations.where(CALIBRATION.c.unit_id == scope.unit)
    yield CALIBRATION, calibrations.where(CALIBRATION.c.phase != GroupPhase.DONE).order_by(CALIBRATION.c.id)
    if not scope.unit:
        nomination = select(NOMINATION.c.id).where(NOMINATION.c.cycle_id == scope.cycle)
        yield NOMINATION, nomination.where(NOMINATION.c.phase != GroupPhase.DONE)


def _by(table: Table, scope: Scope, command_id: str, stands: ColumnElement[bool]) -> ColumnElement[bool]:
    """For a release what stands still by the order that it ends, and what has taken this very release at an earlier attempt."""
    if not scope.of:
        return table.c.id.is_not(None)
    taken = exists().where(EVENT.c.subject == table.c.id, EVENT.c.command_id == command_id)
    return _last_held_by(table, scope.of) & or_(stands, taken)


def _last_held_by(table: Table, order: str) -> ColumnElement[bool]:
    """Whether this order was the last that put it on hold: what was released and held again since is another's."""
    hold, later = EVENT.alias("hold"), EVENT.alias("later")
    again = exists().where(
        later.c.subject == hold.c.subject, later.c.kind == "hold", later.c.revision > hold.c.revision
    )
    mine = (hold.c.subject == table.c.id, hold.c.command_id == f"bulk/{order}", hold.c.kind == "hold")
    return exists().where(*mine, ~again)
