"""Who can still take part in a cycle that runs."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, tuple_

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.reads.serving import IN_OFFICE, PERSON, POSITION, called, serving
from adapters.database.tables import process
from appraisal.vocabulary import Employment

PARTICIPANT = table_of(process.Participant)


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """Somebody who could still take part."""

    id: str
    name: str
    title: str
    unit_id: str


async def candidates(
    session: Session, cycle: str, on: date, search: str = "", limit: int = 50, after: tuple[str, str] | None = None
) -> tuple[CandidateRow, ...]:
    """PNS and PPPK with a position on that day who do not take part in the cycle, by name; `after` is (name, id)."""
    there = select(PARTICIPANT.c.person_id).where(
        PARTICIPANT.c.cycle_id == cycle, PARTICIPANT.c.person_id == PERSON.c.id
    )
    query = select(PERSON.c.id, PERSON.c.name, POSITION.c.title, POSITION.c.unit_id).select_from(IN_OFFICE)
    query = query.where(
        serving(on),
        PERSON.c.employment.in_((Employment.PNS, Employment.PPPK)),
        ~there.exists(),
    )
    if search:
        query = query.where(called(search))
    if after:
        query = query.where(tuple_(PERSON.c.name, PERSON.c.id) > tuple_(*after))
    found = await session.execute(query.order_by(PERSON.c.name, PERSON.c.id).limit(limit))
    return tuple(CandidateRow(*row) for row in found)
