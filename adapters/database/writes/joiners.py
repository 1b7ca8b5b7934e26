"""People who come into a cycle that runs, and their place on its list."""

from collections.abc import Callable, Mapping
from datetime import date

from sqlalchemy import select

from adapters.database.engine import Session, Sessions
from adapters.database.reads.invited import invited
from adapters.database.reads.joiners import PARTICIPANT
from adapters.database.upsert import insert_missing
from appraisal.people.joining import Found
from appraisal.people.organisation import Line


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


async def enlist(session: Session, cycle: str, lines: Mapping[str, Line]) -> None:
    """Put these people on the list of a cycle, each in the calibration pool of this line; whoever is on it stays as he is."""
    rows = [{"cycle_id": cycle, "person_id": who, "unit_id": line.pool_unit_id} for who, line in lines.items()]
    await insert_missing(session, PARTICIPANT, rows)
