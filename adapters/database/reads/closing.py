"""The list before a cycle closes: each open case with the exit it takes if nobody acts; afterwards the exits that were taken."""

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, Text, and_, cast, func, select

from adapters.database.columns import table_of
from adapters.database.documents import CALIBRATION as CALIBRATIONS
from adapters.database.documents import HELD, TIMETABLE
from adapters.database.documents import NOMINATION as NOMINATIONS
from adapters.database.engine import Session
from adapters.database.tables import organisation, process
from appraisal.closing import Groups, Standing, acting, digest, foreseen
from appraisal.group import Schedule
from appraisal.timetable import Timetable
from appraisal.vocabulary import Alarm, Exit, Step

APPRAISAL, EVENT = table_of(process.Appraisal), table_of(process.Event)
CALIBRATION, NOMINATION = table_of(process.Calibration), table_of(process.Nomination)
PERSON = table_of(organisation.Person)
HOLDER = PERSON.alias("holder")
PAGE = 200
"""Cases read at once; between two pages others get their turn."""


@dataclass(frozen=True, slots=True)
class Line:
    """One case of the list. `leaves_from` is the step at which it leaves, `leaves_at` when, at the latest.

    Where it is `final` it has left and has no holder any more; `why` is then what HR wrote where it closed the case itself.
    """

    id: str
    employee_id: str
    employee: str
    unit_id: str
    step: str
    holder_id: str | None
    holder: str | None
    since: datetime
    held: bool
    exit: str
    outcome: str
    leaves_from: str
    leaves_at: datetime
    final: bool = False
    why: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What the list is ordered and paged by."""
        return self.employee, self.employee_id


def open_page(cycle: str, after: str, size: int) -> Select[Any]:
    """One page of open cases; it follows the unique index over cycle and employee.

    Of the document only what the exit depends on: plans and reviews are most of its bulk.
    """
    t = APPRAISAL.c
    parts = (
        cast(t.document["timetable"], Text).label("timetable"),
        t.document["rung"].label("rung"),
        t.document["held"].label("held_document"),
        t.document["object_by"].label("object_by"),
        t.document["refused"].label("refused"),
    )
    query = _named(*parts).where(t.cycle_id == cycle, t.step != Step.CLOSED, t.employee_id > after)
    return query.order_by(t.employee_id).limit(size)


def closed_page(cycle: str, after: str, size: int) -> Select[Any]:
    """One page of cases that have left, with their last event, which says from where and why."""
    t = APPRAISAL.c
    query = _named(EVENT.c.changes, EVENT.c.reason)
    query = query.outerjoin(EVENT, and_(EVENT.c.subject == t.id, EVENT.c.revision == t.revision))
    query = query.where(t.cycle_id == cycle, t.step == Step.CLOSED, t.employee_id > after)
    return query.order_by(t.employee_id).limit(size)


def _named(*more: Any) -> Select[Any]:
    t = APPRAISAL.c
    employee = func.coalesce(PERSON.c.name, t.employee_id).label("employee")
    columns = (t.id, t.employee_id, t.unit_id, t.step, t.holder_id, t.since, t.held, t.predicate, t.exit, t.outcome)
    query = select(*columns, employee, HOLDER.c.name.label("holder"), *more).select_from(APPRAISAL)
    query = query.outerjoin(PERSON, PERSON.c.id == t.employee_id)
    return query.outerjoin(HOLDER, HOLDER.c.id == t.holder_id)


async def still_open(session: Session, cycle: str, now: datetime) -> tuple[Line, ...]:
    """Every open case with the exit that it takes if nobody acts any more, by name."""
    calibrations, nomination = await _schedules(session, cycle)
    tables: dict[str, Timetable] = {}  # thousands of cases share a few
    lines = []
    async for row in _all(session, open_page, cycle):
        table = tables.get(row.timetable)
        if table is None:
            table = tables[row.timetable] = TIMETABLE.validate_json(row.timetable)
        lines.append(_foreseen(row, table, Groups(calibrations.get(row.unit_id), nomination), now))
    return tuple(sorted(lines, key=lambda line: line.key))


async def left(session: Session, cycle: str) -> tuple[Line, ...]:
    """Every case that has left the cycle, by name."""
    lines = [_left(row) async for row in _all(session, closed_page, cycle)]
    return tuple(sorted(lines, key=lambda line: line.key))


async def exits(session: Session, cycle: str) -> dict[str, dict[str, int]]:
    """How the cases that have left did so: by unit, by exit."""
    t = APPRAISAL.c
    query = select(t.unit_id, t.exit, func.count()).where(t.cycle_id == cycle, t.step == Step.CLOSED)
    found: dict[str, dict[str, int]] = {}
    for unit, way, cases in await session.execute(query.group_by(t.unit_id, t.exit)):
        found.setdefault(unit, {})[way or ""] = cases
    return found


def digest_of(closes: datetime, lines: Iterable[Line]) -> str:
    """What stands for this list in an order to sign it."""
    return digest(closes, ((line.employee_id, line.step, line.exit) for line in lines))


async def _all(session: Session, page: Any, cycle: str) -> AsyncIterator[Any]:
    after = ""
    while rows := (await session.execute(page(cycle, after, PAGE))).all():
        for row in rows:
            yield row
        after = rows[-1].employee_id


async def _schedules(session: Session, cycle: str) -> tuple[dict[str, Schedule], Schedule | None]:
    """When the groups act that still do."""
    units = select(CALIBRATION.c.unit_id, CALIBRATION.c.document).where(CALIBRATION.c.cycle_id == cycle)
    states = {row.unit_id: CALIBRATIONS.validate_python(row.document) for row in await session.execute(units)}
    whole = await session.scalar(select(NOMINATION.c.document).where(NOMINATION.c.cycle_id == cycle))
    nomination = NOMINATIONS.validate_python(whole) if whole else None
    found = {unit: schedule for unit, state in states.items() if (schedule := acting(state))}
    return found, acting(nomination)


def _foreseen(row: Any, table: Timetable, groups: Groups, now: datetime) -> Line:
    rated, held = row.predicate is not None, HELD.validate_python(row.held_document)
    object_by = datetime.fromisoformat(row.object_by) if row.object_by else None
    standing = Standing(
        *(Step(row.step), row.since, table, Alarm.END in row.rung),
        *(rated, held, object_by, row.refused is not None),
    )
    leaves = foreseen(standing, groups, now)
    return Line(
        *(row.id, row.employee_id, row.employee, row.unit_id, row.step, row.holder_id, row.holder, row.since, row.held),
        *(leaves.exit, leaves.outcome, leaves.step, leaves.at),
    )


def _left(row: Any) -> Line:
    came_from = next((before for name, before, now in row.changes or () if name == "step"), "")
    said = row.reason if row.exit == Exit.UNRATEABLE else ""  # the others left by a rule, which the exit names
    return Line(
        *(row.id, row.employee_id, row.employee, row.unit_id, row.step, None, None, row.since, False),
        *(row.exit or "", row.outcome or "", came_from, row.since, True, said),
    )
