"""Who takes part in a cycle, and whether the open cases still match the organisation."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Row, func, select, update

from adapters.database.columns import table_of
from adapters.database.engine import Session, Sessions
from adapters.database.reads.invited import invited
from adapters.database.reads.lines import organisation, parties_of, reporting_lines
from adapters.database.reads.offices import officers
from adapters.database.reads.parts import split_cases
from adapters.database.reads.period_lines import moved_evaluations
from adapters.database.tables import process
from adapters.database.writes.joiners import enlist
from appraisal.cycle import Launch, Leadership
from appraisal.errors import InvalidLaunch
from appraisal.group import GroupPhase
from appraisal.parties import Parties
from appraisal.people.organisation import Leader
from appraisal.people.parts import Part
from appraisal.vocabulary import Step

CALIBRATION, NOMINATION = table_of(process.Calibration), table_of(process.Nomination)
APPRAISAL, CYCLE, PARTICIPANT = table_of(process.Appraisal), table_of(process.Cycle), table_of(process.Participant)


def present() -> datetime:
    return datetime.now(UTC)


class SqlParticipants:
    """Implements activities.ports.Participants and Organisation. `today` and `now` tell the agency's present."""

    def __init__(self, sessions: Sessions, today: Callable[[], date], now: Callable[[], datetime] = present) -> None:
        self._sessions, self._today, self._now = sessions, today, now

    async def enrol(self, launch: Launch) -> int:
        async with self._sessions.begin() as session:
            known = await _count(session, launch.cycle)
            if known:
                return known
            chosen = await invited(session, launch.units, launch.people, self._today())
            if not chosen:
                raise InvalidLaunch("Nobody would take part.", "units", "Import people first, or choose other units.")
            await enlist(session, launch.cycle, chosen)
            return len(chosen)

    async def groups(self, cycle: str) -> tuple[str, ...]:
        calibrations = select(CALIBRATION.c.unit_id).where(CALIBRATION.c.cycle_id == cycle, CALIBRATION.c.revision > 0)
        nominations = select(func.count()).where(NOMINATION.c.cycle_id == cycle, NOMINATION.c.revision > 0)
        async with self._sessions() as session:
            units = tuple(await session.scalars(calibrations))
            return (*units, "") if await session.scalar(nominations) else units

    async def pools(self, cycle: str) -> tuple[Leadership, ...]:
        async with self._sessions() as session:
            unit = PARTICIPANT.c.unit_id
            query = select(unit, func.min(PARTICIPANT.c.person_id)).where(PARTICIPANT.c.cycle_id == cycle)
            somebody = (await session.execute(query.group_by(unit).order_by(unit))).all()
            found = await organisation(session, self._today(), self._now())
            leaders = {unit: found.leader(unit, member) for unit, member in somebody}
            own = await _own_people(session, (cycle,), leaders.values())
        return tuple(_leadership(cycle, unit, leaders[unit], own) for unit, _ in somebody)

    async def everybody(self, cycle: str) -> tuple[Parties, ...]:
        async with self._sessions() as session:
            query = select(PARTICIPANT.c.person_id, PARTICIPANT.c.unit_id).where(PARTICIPANT.c.cycle_id == cycle)
            enrolled = (await session.execute(query.order_by(PARTICIPANT.c.person_id))).all()
            lines = await reporting_lines(session, self._today(), at=self._now())
            hr = await officers(session, self._today())
        found = ((row.person_id, row.unit_id, lines.get(row.person_id)) for row in enrolled)
        return tuple(parties_of(who, unit, line, _served(who, unit, hr)) for who, unit, line in found)

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

    async def moved(self, at: datetime | None = None) -> tuple[tuple[str, int, Parties], ...]:
        async with self._sessions.begin() as session:
            open_cases = (await session.execute(select(APPRAISAL).where(APPRAISAL.c.step != Step.CLOSED))).all()
            people = [row.employee_id for row in open_cases]
            instant = self._instant(at)
            lines = await reporting_lines(session, self._today(), people, instant) if people else {}
            hr = await officers(session, self._today())
            evaluations = await moved_evaluations(session, self._today(), instant)
        found = ((row, row.employee_id, row.unit_id, lines.get(row.employee_id)) for row in open_cases)
        cases = ((row, parties_of(who, unit, line, _served(who, unit, hr))) for row, who, unit, line in found)
        moved = tuple((row.id, row.revision, parties) for row, parties in cases if _differs(row, parties))
        return (*moved, *evaluations)

    async def moved_heads(self, at: datetime | None = None) -> tuple[tuple[str, int, Leadership], ...]:
        async with self._sessions() as session:
            running = (await session.execute(select(CALIBRATION).where(CALIBRATION.c.phase != GroupPhase.DONE))).all()
            found = await organisation(session, self._today(), self._instant(at))
            lines = ((person, found.line(person)) for person in sorted(found.posts))
            member = {line.pool_unit_id: person for person, line in lines if line}
            units = {row.unit_id for row in running}
            leaders = {unit: found.leader(unit, member.get(unit)) for unit in units}
            own = await _own_people(session, {row.cycle_id for row in running}, leaders.values())
        pools = ((row, _leadership(row.cycle_id, row.unit_id, leaders[row.unit_id], own)) for row in running)
        return tuple((row.id, row.revision, pool) for row, pool in pools if _led_anew(row, pool))

    async def split(self) -> tuple[tuple[str, int, tuple[Part, ...]], ...]:
        async with self._sessions() as session:
            return await split_cases(session, self._today())

    def _instant(self, at: datetime | None) -> datetime:
        """Now; but a process that wakes at `at` has reached it, even where this machine's clock is a little behind."""
        return max(self._now(), at) if at else self._now()


Own = Collection[tuple[str, str, str]]


async def _own_people(session: Session, cycles: Collection[str], leaders: Iterable[Leader]) -> Own:
    """(cycle, unit, person) of the leaders that are appraised themselves in these cycles, with the pool they are in."""
    columns = (PARTICIPANT.c.cycle_id, PARTICIPANT.c.unit_id, PARTICIPANT.c.person_id)
    people = {leader.person for leader in leaders if leader.person}
    query = select(*columns).where(PARTICIPANT.c.cycle_id.in_(cycles), PARTICIPANT.c.person_id.in_(people))
    return {(row.cycle_id, row.unit_id, row.person_id) for row in await session.execute(query)}


def _leadership(cycle: str, unit: str, leader: Leader, own: Own) -> Leadership:
    member = (cycle, unit, leader.person) in own
    return Leadership(unit, leader.person, leader.superiors, leader.represents, member)


def _led_anew(row: Row[Any], pool: Leadership) -> bool:
    """What newer fields of the state say is read from the document; older ones lack them and say nothing."""
    kept = (row.head_id, row.superior_id, row.document.get("represents"), row.document.get("member", False))
    return kept != (pool.head, pool.line[0] if pool.line else None, pool.represents, pool.member)


def _served(person: str, unit: str, hr: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether this unit has an HR officer for this person: an officer is none for the own case."""
    return any(officer != person for officer in hr.get(unit, ()))


def _differs(row: Row[Any], parties: Parties) -> bool:
    superiors = tuple(person for person in (row.supervisor_id, row.superior_id) if person)
    acting = [[one.represented, one.by, one.signs] for one in parties.acting]
    served = row.document["parties"].get("unit_hr", False)
    kept = (superiors, row.head_id, row.acting, served) == (parties.line[:2], parties.head, acting, parties.unit_hr)
    return not kept or not parties.knows(row.taken_by)


async def _count(session: Session, cycle: str) -> int:
    return await session.scalar(select(func.count()).where(PARTICIPANT.c.cycle_id == cycle)) or 0
