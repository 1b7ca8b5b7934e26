"""What somebody answers about a colleague: that it was answered, and, apart from it, the sum of all answers.

No process hears of it and nothing else is kept: no author, no time, no draft, no command id beside what was said.
"""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.database.documents import TALLY
from adapters.database.engine import open_sessions
from adapters.database.reads.voice_rounds import INVITATION, ROUND, TALLIES, round_of, tally_of
from adapters.database.upsert import upsert
from appraisal.errors import AlreadyClosed
from appraisal.voices.told import Answer
from appraisal.voices.voices import Standing, demand_answer


class Voices:
    """Takes answers."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._writing = open_sessions(engine, writing=True)

    async def answer(self, round_id: str, person: str, answer: Answer, now: datetime) -> None:
        """Count this answer, once; a refusal of the rules changes nothing."""
        mine = (INVITATION.c.round_id == round_id, INVITATION.c.person_id == person)
        async with self._writing.begin() as session:
            # One answer after the other: each reads the sum and writes it anew. SQLite's write lock does it already.
            await session.execute(select(ROUND.c.id).where(ROUND.c.id == round_id).with_for_update())
            found = await round_of(session, round_id)
            voice = next((one for one in found.voices if one.person == person), None) if found else None
            demand_answer(voice.standing if voice else None)
            assert found is not None, "whoever may answer is asked in a round"
            assert voice is not None, "whoever may answer is asked"
            if found.closed or now >= found.opening.window.end:
                raise AlreadyClosed("The time to answer is over.", "", "Nothing is taken any more.")
            tally = (await tally_of(session, round_id, voice.kind)).with_one_more(
                answer.checked(found.opening.policy.texts)
            )
            row = {"round_id": round_id, "kind": voice.kind, "document": TALLY.dump_python(tally, mode="json")}
            await upsert(session, TALLIES, row)
            await session.execute(update(INVITATION).where(*mine).values(standing=Standing.ANSWERED))
