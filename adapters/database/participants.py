"""Who takes part in a cycle, and whether the open cases still match the organisation."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import Row, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from adapters.database.columns import table_of
from adapters.database.engine import Sessions
from adapters.database.invited import invited
from adapters.database.lines import reporting_lines
from adapters.database.tables import process
from adapters.database.upsert import insert_missing
from appraisal.access import Parties
from appraisal.cycle import Launch, Leadership
from appraisal.errors import InvalidLaunch
from appraisal.group import GroupPhase
from appraisal.organisation import Line
from appraisal.vocabulary import Step

CALIBRATION = table_of(process.Calibration)
APPRAISAL, CYCLE, PARTICIPANT = table_of(process.Appraisal), table_of(process.Cycle), table_of(process.Participant)


class SqlParticipants:
    """Implements activities.ports.Participants and Organisation. `today` tells the agency's present day."""

    def __init__(self, sessions: Sessions, today: Callable[[], date]) -> None:
        self._sessions, self._today = sessions, today

    async def enrol(self, launch: Launch) -> int:
        async with self._sessions.begin() as session:
            known = await _count(session, launch.cycle)
            if known:
                return known
            chosen = await invited(session, launch.units, launch.people, self._today())
            if not chosen:
                raise InvalidLaunch("Nobody would take part.", "units", "Import people first, or choose other units.")
            rows = [
                {"cycle_id": launch.cycle, "person_id": who, "unit_id": line.pool_unit_id}
                for who, line in chosen.items()
            ]
            await insert_missing(session, PARTICIPANT, rows)
            return len(rows)

    async def pools(self, cycle: str) -> tuple[Leadership, ...]:
        async with self._sessions() as session:
            unit = PARTICIPANT.c.unit_id
            query = select(unit, func.min(PARTICIPANT.c.person_id)).where(PARTICIPANT.c.cycle_id == cycle)
            somebody = (await session.execute(query.group_by(unit).order_by(unit))).all()
            lines = await reporting_lines(session, self._today())
        return tuple(_leadership(unit, lines, lines.get(member)) for unit, member in somebody)

    async def everybody(self, cycle: str) -> tuple[Parties, ...]:
        async with self._sessions() as session:
            query = select(PARTICIPANT.c.person_id, PARTICIPANT.c.unit_id).where(PARTICIPANT.c.cycle_id == cycle)
            enrolled = (await session.execute(query.order_by(PARTICIPANT.c.person_id))).all()
            lines = await reporting_lines(session, self._today())
        alone = ((row, lines.get(row.person_id)) for row in enrolled)
        return tuple(_parties(row.person_id, row.unit_id, line) for row, line in alone)

    async def workplaces(self, cycle: str) -> dict[str, str]:
        async with self._sessions() as session:
            lines = await reporting_lines(session, self._today())
            query = select(PARTICIPANT.c.person_id).where(PARTICIPANT.c.cycle_id == cycle)
            enrolled = (await session.scalars(query)).all()
        return {person: lines[person].unit_id for person in enrolled if person in lines}

    async def progress(self, cycle: str, started: int) -> None:
        async with self._sessions.begin() as session:
            await session.execute(update(CYCLE).where(CYCLE.c.id == cycle).values(started=started))

    async def open_cases(self, cycle: str) -> int:
        async with self._sessions.begin() as session:
            done = select(func.count()).where(APPRAISAL.c.cycle_id == cycle, APPRAISAL.c.step == Step.CLOSED)
            return await _count(session, cycle) - (await session.scalar(done) or 0)

    async def moved(self) -> tuple[tuple[str, int, Parties], ...]:
        async with self._sessions.begin() as session:
            open_cases = (await session.execute(select(APPRAISAL).where(APPRAISAL.c.step != Step.CLOSED))).all()
            people = [row.employee_id for row in open_cases]
            lines = await reporting_lines(session, self._today(), people) if people else {}
        cases = ((row, _parties(row.employee_id, row.unit_id, lines.get(row.employee_id))) for row in open_cases)
        return tuple((row.id, row.revision, parties) for row, parties in cases if _differs(row, parties))

    async def moved_heads(self) -> tuple[tuple[str, int, Leadership], ...]:
        async with self._sessions() as session:
            running = (await session.execute(select(CALIBRATION).where(CALIBRATION.c.phase != GroupPhase.DONE))).all()
            lines = await reporting_lines(session, self._today())
        now = {line.pool_unit_id: line for line in lines.values()}
        pools = ((row, _leadership(row.unit_id, lines, now.get(row.unit_id))) for row in running)
        return tuple((row.id, row.revision, pool) for row, pool in pools if _led_anew(row, pool))


def _leadership(unit: str, lines: dict[str, Line], member: Line | None) -> Leadership:
    """Who leads the pool, seen from one of its members."""
    head = member.head_id if member else None
    return Leadership(unit, head, lines[head].superiors if head and head in lines else ())


def _led_anew(row: Row[Any], pool: Leadership) -> bool:
    return (row.head_id, row.superior_id) != (pool.head, pool.line[0] if pool.line else None)


def _parties(person: str, unit: str, line: Line | None) -> Parties:
    """The parties as of today. Whoever has left the organisation since the launch has no line: the case shows that."""
    if line is None:
        return Parties(person, unit)
    return Parties(person, unit, line.superiors, line.head_id)


def _differs(row: Row[Any], parties: Parties) -> bool:
    superiors = tuple(person for person in (row.supervisor_id, row.superior_id) if person)
    return (superiors, row.head_id) != (parties.line[:2], parties.head)


async def _count(session: AsyncSession, cycle: str) -> int:
    return await session.scalar(select(func.count()).where(PARTICIPANT.c.cycle_id == cycle)) or 0
