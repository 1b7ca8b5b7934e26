"""What would follow if these people were not there: seen before anything is said, with the very rules that cases follow."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import func, or_, select

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.reads.departure_ground import APPOINTMENT, APPRAISAL, CYCLE
from adapters.database.reads.lines import organisation, parties_of
from adapters.database.tables import process
from appraisal.group import GroupPhase
from appraisal.objection.deciding import with_decider
from appraisal.parties import holder_at
from appraisal.people.organisation import Organisation
from appraisal.vocabulary import Step

CALIBRATION, PARTICIPANT = table_of(process.Calibration), table_of(process.Participant)


@dataclass(frozen=True, slots=True)
class CaseAhead:
    """An open case of the person: its cycle and where it stands."""

    cycle_id: str
    cycle: str
    step: str


@dataclass(frozen=True, slots=True)
class Handover:
    """So many steps, or the calibration of a unit, go to this person, or to nobody: then HR sees and is called in."""

    to: str | None
    steps: int = 0
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What stands open with one person: the own cases, what waits for him now, and appointments that concern him."""

    cases: tuple[CaseAhead, ...] = ()
    handed: tuple[Handover, ...] = ()
    acting: int = 0


async def outlooks(
    session: Session, people: Sequence[str], for_good: bool, on: date, at: datetime
) -> dict[str, Outlook]:
    """Each person's, once all of them are not there from that day on."""
    before = await organisation(session, on, at)
    after = before.without(people, for_good)
    cases = await _own(session, people)
    steps, pools = await _steps(session, people, before, after), await _pools(session, people, after)
    acting = await _acting(session, people, at) if for_good else {}
    return {
        who: Outlook(cases.get(who, ()), (*steps.get(who, ()), *pools.get(who, ())), acting.get(who, 0))
        for who in people
    }


async def _own(session: Session, people: Sequence[str]) -> dict[str, tuple[CaseAhead, ...]]:
    query = select(APPRAISAL.c.employee_id, APPRAISAL.c.cycle_id, CYCLE.c.name, APPRAISAL.c.step)
    query = query.join(CYCLE, CYCLE.c.id == APPRAISAL.c.cycle_id)
    query = query.where(APPRAISAL.c.employee_id.in_(people), APPRAISAL.c.step != Step.CLOSED)
    found: dict[str, tuple[CaseAhead, ...]] = {}
    for row in await session.execute(query.order_by(APPRAISAL.c.id)):
        found[row.employee_id] = (*found.get(row.employee_id, ()), CaseAhead(row.cycle_id, row.name, row.step))
    return found


async def _steps(
    session: Session, people: Sequence[str], before: Organisation, after: Organisation
) -> dict[str, tuple[Handover, ...]]:
    """Steps of others that wait for one of them now, counted by who holds them then.

    An answer to an objection is nobody else's: it is asked of whoever rated, and the case goes on without it.
    """
    columns = (APPRAISAL.c.holder_id, APPRAISAL.c.employee_id, APPRAISAL.c.unit_id, APPRAISAL.c.step)
    query = select(*columns, APPRAISAL.c.rater_id).where(
        APPRAISAL.c.holder_id.in_(people), APPRAISAL.c.employee_id != APPRAISAL.c.holder_id
    )
    counted: Counter[tuple[str, str | None]] = Counter()
    for row in await session.execute(query.where(APPRAISAL.c.step.not_in((Step.CLOSED, Step.HEARING)))):
        line, post = after.line(row.employee_id), before.posts.get(row.employee_id)
        if line is None and post is not None:
            line = after.last_line(row.employee_id, post)
        parties = replace(parties_of(row.employee_id, row.unit_id, line), rater=row.rater_id)
        counted[row.holder_id, holder_at(Step(row.step), with_decider(parties, None))] += 1
    found: dict[str, tuple[Handover, ...]] = {}
    for (holder, to), number in sorted(counted.items(), key=lambda item: (item[0][0], -item[1], item[0][1] or "")):
        found[holder] = (*found.get(holder, ()), Handover(to, steps=number))
    return found


async def _pools(session: Session, people: Sequence[str], after: Organisation) -> dict[str, tuple[Handover, ...]]:
    """Calibrations that one of them leads now. A member tells whose superior leads where no unit above has a head."""
    table = CALIBRATION.c
    somebody = select(func.min(PARTICIPANT.c.person_id)).where(
        PARTICIPANT.c.cycle_id == table.cycle_id, PARTICIPANT.c.unit_id == table.unit_id
    )
    query = select(table.head_id, table.unit_id, somebody.scalar_subquery().label("member"))
    query = query.where(table.head_id.in_(people), table.phase != GroupPhase.DONE).order_by(table.id)
    found: dict[str, tuple[Handover, ...]] = {}
    for row in await session.execute(query):
        leads = Handover(after.leader(row.unit_id, row.member).person, unit=row.unit_id)
        found[row.head_id] = (*found.get(row.head_id, ()), leads)
    return found


async def _acting(session: Session, people: Sequence[str], at: datetime) -> dict[str, int]:
    concerns = or_(APPOINTMENT.c.person_id.in_(people), APPOINTMENT.c.represented_id.in_(people))
    query = select(APPOINTMENT.c.person_id, APPOINTMENT.c.represented_id).where(concerns, APPOINTMENT.c.ends_at > at)
    query = query.where(APPOINTMENT.c.ends_at > APPOINTMENT.c.begins_at)
    rows = await session.execute(query)
    return Counter(row.person_id if row.person_id in people else row.represented_id for row in rows)
