"""Who can still take part in a cycle that runs, and their place on its list."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, tuple_

from adapters.database.engine import Session, Sessions
from adapters.database.invited import PARTICIPANT, enlist, invited
from adapters.database.serving import IN_OFFICE, PERSON, POSITION, called, serving
from appraisal.joining import Found
from appraisal.vocabulary import Employment


class SqlJoiners:
    """Implements activities.joining.Joiners. `today` tells the agency's present day."""

    def __init__(self, sessions: Sessions, today: Callable[[], date]) -> None:
        self._sessions, self._today = sessions, today

    async def found(self, cycle: str, people: tuple[str, ...]) -> Found:
        async with self._sessions() as session:
            known = select(PARTICIPANT.c.person_id).where(
                PARTICIPANT.c.cycle_id == cycle, PARTICIPANT.c.person_id.in_(people)
            )
            enrolled = (await session.scalars(known.order_by(PARTICIPANT.c.person_id))).all()
            return Found(tuple(enrolled), tuple(await invited(session, (), people, self._today())))

    async def enlist(self, cycle: str, people: tuple[str, ...]) -> None:
        async with self._sessions.begin() as session:
            lines = await invited(session, (), people, self._today())
            await enlist(session, cycle, lines)


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
