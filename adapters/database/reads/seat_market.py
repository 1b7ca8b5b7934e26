"""Everything that decides about the seats of a cycle, as the rules ask for it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select

from adapters.database.columns import table_of
from adapters.database.documents import CASE
from adapters.database.engine import Sessions
from adapters.database.reads.agreed_needs import agreed_needs
from adapters.database.reads.limits import limits_of
from adapters.database.reads.seats import attendees, courses_for, given_away, granted_hours
from adapters.database.tables import organisation, process
from appraisal.seats.market import Candidate, Market
from appraisal.training.course import ANYBODY, Attendee
from appraisal.training.training import Need, facts, hours_owed, needs
from appraisal.vocabulary import Employment, Step

APPRAISAL, PROPOSAL = table_of(process.Appraisal), table_of(process.Proposal)
PERSON = table_of(organisation.Person)
AT_NOMINATION = (APPRAISAL.c.step == Step.NOMINATION) & APPRAISAL.c.held.is_(False)


async def market_of(sessions: Sessions, cycle: str, at: datetime) -> Market:
    """Whoever waits and is undecided, with the courses that have not begun and what limits them."""
    async with sessions() as session:
        rows = (await session.execute(_undecided(cycle))).all()
        courses = await courses_for(session, cycle, at.date())
        year = max((course.year for course in courses), default=at.year)  # the courses are of one year
        granted = await granted_hours(session, at_nomination(cycle))
        people = await attendees(session, at_nomination(cycle), at.date())
        limits, given = await limits_of(session, year), await given_away(session, year)
    # Reading thousands of documents takes seconds, during which nobody should wait for the database's write lock.
    async with sessions() as session:
        agreed = await agreed_needs(session, cycle, [row.employee_id for row in rows], year, at.date())
    candidates = (candidate_of(row, granted.get(row.employee_id, ()), people, year, agreed) for row in rows)
    return Market(tuple(candidates), courses, limits, given)


def at_nomination(cycle: str) -> Select[Any]:
    """The people of the cycle whose cases wait for their nomination."""
    return select(APPRAISAL.c.employee_id).where(APPRAISAL.c.cycle_id == cycle, AT_NOMINATION)


def _undecided(cycle: str) -> Select[Any]:
    """Employee, unit, document of the case and kind of employment of everybody who waits and is undecided."""
    decided = select(PROPOSAL.c.employee_id).where(PROPOSAL.c.cycle_id == cycle, PROPOSAL.c.decision.is_not(None))
    query = select(APPRAISAL.c.employee_id, APPRAISAL.c.unit_id, APPRAISAL.c.document, PERSON.c.employment)
    query = query.join_from(APPRAISAL, PERSON, PERSON.c.id == APPRAISAL.c.employee_id, isouter=True)
    return query.where(APPRAISAL.c.cycle_id == cycle, AT_NOMINATION, APPRAISAL.c.employee_id.not_in(decided))


def candidate_of(
    row: Row[Any],
    granted: tuple[tuple[int, int], ...],
    people: dict[str, Attendee],
    year: int,
    agreed: Mapping[str, tuple[Need, ...]],
) -> Candidate:
    """Somebody with what he needs, from the row of his case (employee, unit, document, employment) and the plan agreed on."""
    case = CASE.validate_python(row.document)
    employment = Employment(row.employment or Employment.PNS)
    gaps = (*needs(facts(case)), *agreed.get(row.employee_id, ()))
    found = (*gaps, *hours_owed(employment, dict(granted), year))
    who = people.get(row.employee_id, ANYBODY)
    return Candidate(row.employee_id, employment, case.predicate, found, granted, who, row.unit_id)
