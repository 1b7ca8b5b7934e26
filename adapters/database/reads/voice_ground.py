"""What the record says about who can be asked about somebody's behaviour."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import and_, or_, select

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.periods import in_force
from adapters.database.reads.facts import case_facts, superiors
from adapters.database.reads.offices import officers
from adapters.database.reads.serving import ASSIGNMENT, IN_OFFICE, PERSON, POSITION, serving
from adapters.database.tables import desk, organisation
from appraisal.vocabulary import Step
from appraisal.voices.ground import Ground, kinds

ACCOUNT, UNIT_PERIOD = table_of(desk.Account), table_of(organisation.UnitPeriod)


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of the same unit or team."""

    id: str
    name: str
    title: str
    unit: str
    superior: str | None


async def colleagues(session: Session, employee: str, on: date) -> tuple[Colleague, ...]:
    """The employee and everybody of his unit, under his superior or under himself, by name."""
    own = select(ASSIGNMENT.c.supervisor_id, POSITION.c.unit_id).select_from(IN_OFFICE)
    post = (await session.execute(own.where(serving(on), PERSON.c.id == employee).limit(1))).first()
    if post is None:
        return ()
    joined = IN_OFFICE.join(UNIT_PERIOD, and_(UNIT_PERIOD.c.unit_id == POSITION.c.unit_id, in_force(UNIT_PERIOD, on)))
    columns = (PERSON.c.id, PERSON.c.name, POSITION.c.title, UNIT_PERIOD.c.name, ASSIGNMENT.c.supervisor_id)
    near = (ASSIGNMENT.c.supervisor_id == employee, POSITION.c.unit_id == post.unit_id)
    beside = (ASSIGNMENT.c.supervisor_id == post.supervisor_id,) if post.supervisor_id else ()
    query = select(*columns).select_from(joined).where(serving(on), or_(*near, *beside))
    return tuple(Colleague(*row) for row in await session.execute(query.order_by(PERSON.c.name, PERSON.c.id)))


async def ground(session: Session, cycle: str, employee: str, on: date) -> Ground | None:
    """The facts that the rules ask for, as of that day; None where there is no such case."""
    facts = await case_facts(session, cycle, employee)
    if facts is None:
        return None
    line = dict.fromkeys((*facts.parties.line, *await superiors(session, employee, on)))
    around = kinds(employee, {one.id: one.superior for one in await colleagues(session, employee, on)})
    of_agency = select(ACCOUNT.c.person_id).where(ACCOUNT.c.hr.is_(True), ACCOUNT.c.person_id.is_not(None))
    of_unit = (await officers(session, on)).get(facts.parties.unit, ())
    hr = tuple(sorted({*await session.scalars(of_agency), *of_unit}))
    return Ground(replace(facts.parties, line=tuple(line)), facts.step != Step.CLOSED, around, hr)
