"""Who would take part in a cycle: asked before a launch, so that HR sees it, and at the launch, so that it is so."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.reads.lines import reporting_lines
from adapters.database.tables import organisation
from appraisal.people.organisation import Line
from appraisal.vocabulary import Employment

PERSON = table_of(organisation.Person)


async def invited(session: Session, units: Collection[str], people: Collection[str], today: date) -> dict[str, Line]:
    """The reporting lines of the PNS and PPPK in these units (with all below a pool) or among these people, by id.

    Without units and people it is everybody who holds a position on that day.
    """
    query = select(PERSON.c.id).where(PERSON.c.employment.in_((Employment.PNS, Employment.PPPK)))
    appraised = set((await session.scalars(query)).all())
    lines = await reporting_lines(session, today)
    everybody = not units and not people
    return {
        person: line
        for person, line in sorted(lines.items())
        if person in appraised
        and (everybody or person in people or line.pool_unit_id in units or line.unit_id in units)
    }
