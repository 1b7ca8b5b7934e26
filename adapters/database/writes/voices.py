"""Writing who is asked about whom. What is answered comes from the API (desk/voices.py), never through a process."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select, update

from adapters.database import chain
from adapters.database.announcing import announce
from adapters.database.documents import OPENING
from adapters.database.engine import Session, Sessions
from adapters.database.reads.voice_ground import ground
from adapters.database.reads.voice_rounds import INVITATION, ROUND, TALLIES
from adapters.database.upsert import upsert
from appraisal.parties import Parties
from appraisal.voices.ground import Ground
from appraisal.voices.voices import Opening, Round, Standing, demand_answer


class SqlVoices:
    """Implements activities.people_ports.Voices. `today` tells the agency's present day."""

    def __init__(self, sessions: Sessions, today: Callable[[], date]) -> None:
        self._sessions, self._today = sessions, today

    async def ground(self, opening: Opening) -> Ground:
        async with self._sessions() as session:
            return await self._ground(session, opening)

    async def keep(self, round: Round) -> None:
        async with self._sessions.begin() as session:
            if not await chain.append(session, round.id, round.events):
                return
            await upsert(session, ROUND, _row(round))
            unanswered = await _keep_voices(session, round)
            if round.closed:
                await _mix(session, round.id)
            facts = await self._ground(session, round.opening)
            found = round.notices(facts.parties, unanswered if facts.open else ())
            await announce(session, round.id, found, round.events[-1].at)

    async def _ground(self, session: Session, opening: Opening) -> Ground:
        found = await ground(session, opening.cycle, opening.employee, self._today())
        return found or Ground(Parties(opening.employee, ""), False, {})


def _row(round: Round) -> dict[str, Any]:
    opening = round.opening
    return {
        "id": round.id,
        "cycle_id": opening.cycle,
        "employee_id": opening.employee,
        "closed": round.closed,
        "due_at": opening.window.due,
        "ends_at": opening.window.end,
        "document": OPENING.dump_python(opening, mode="json"),
        "revision": round.revision,
    }


async def _keep_voices(session: Session, round: Round) -> tuple[str, ...]:
    """Bring the invitations up to date; who still owes an answer. Whoever has answered meanwhile cannot decline any more."""
    theirs = INVITATION.c.round_id == round.id
    rows = await session.execute(select(INVITATION).where(theirs).with_for_update())
    known = {row.person_id: Standing(row.standing) for row in rows}
    wanted = {voice.person: voice for voice in round.voices}
    if gone := known.keys() - wanted.keys():
        await session.execute(delete(INVITATION).where(theirs, INVITATION.c.person_id.in_(sorted(gone))))
    for person, voice in wanted.items():
        before, row = known.get(person), {"kind": voice.kind, "standing": voice.standing}
        if before is None:
            await session.execute(insert(INVITATION).values(round_id=round.id, person_id=person, **row))
        elif before is Standing.ANSWERED and voice.standing is Standing.DECLINED:
            demand_answer(before)
        elif before not in (voice.standing, Standing.ANSWERED):
            await session.execute(update(INVITATION).where(theirs, INVITATION.c.person_id == person).values(row))
    owing = (voice.person for voice in round.those(Standing.INVITED))
    return tuple(person for person in owing if known.get(person) is not Standing.ANSWERED)


async def _mix(session: Session, round_id: str) -> None:
    """Write every row of the round anew, in the order of its keys, in one transaction.

    PostgreSQL keeps in each row which transaction wrote it: until now the last answer could be found by that.
    """
    for table in (INVITATION, TALLIES):
        theirs = table.c.round_id == round_id
        rows = await session.execute(select(table).where(theirs).order_by(*table.primary_key.columns))
        found = [dict(row) for row in rows.mappings()]
        await session.execute(delete(table).where(theirs))
        if found:
            await session.execute(insert(table), found)
