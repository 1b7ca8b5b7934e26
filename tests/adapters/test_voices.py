"""Whoever said what, the database is the same in the end: answers are counted, and neither author, order nor time is kept."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import delete, text

from adapters.database.columns import table_of
from adapters.database.desk.voices import Voices
from adapters.database.engine import Sessions, open_engine, open_sessions
from adapters.database.reads.voice_rounds import INVITATION, ROUND, TALLIES, owed_by, round_of, tally_of
from adapters.database.tables import process
from adapters.database.writes.voices import SqlVoices
from appraisal.access import Actor
from appraisal.errors import AlreadyClosed, AppraisalError
from appraisal.parties import Parties
from appraisal.policy.spans import Instants
from appraisal.vocabulary import Behaviour
from appraisal.voices.errors import AnsweredAlready, DeclinedAlready, InvalidAnswer, NotAsked
from appraisal.voices.ground import Ground
from appraisal.voices.policy import Kind, VoicesPolicy
from appraisal.voices.told import SCALE, Answer
from appraisal.voices.voices import Act, Opening, Round, VoicesOrder, opened
from tests.forging import ENTRY, unguard

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
DAY = timedelta(days=1)
POLICY = VoicesPolicy(5, 0, 3, True, "P0D", (), "P5D", "P9D")
OPENING = Opening("c1", "ani", POLICY, Instants(AT, (), AT + 5 * DAY, AT + 9 * DAY))
PEERS = ("eko", "feri", "hani", "joko")
GROUND = Ground(Parties("ani", "dinkes", ("budi",)), True, dict.fromkeys(PEERS, Kind.PEER))
NOTICE = table_of(process.Notice)
WORDS = ("Ramah.", "Cepat.", "Kurang sabar.", "")
LAST = {"sqlite": "rowid", "postgresql": "ctid::text, xmin::text"}
"""What each database keeps of a row beside its columns: the order of insertion, the place, the transaction."""


async def begin(sessions: Sessions) -> Round:
    """Everybody is invited."""
    found = opened(OPENING, AT)
    found = found.performed(VoicesOrder(Act.INVITE, Actor("budi"), PEERS, "Satu tim."), GROUND, AT, "invite")
    await SqlVoices(sessions, AT.date).keep(found)
    return found.stored(found.revision)


async def end(sessions: Sessions, begun: Round) -> None:
    await SqlVoices(sessions, AT.date).keep(begun.rung(OPENING.window.end))


async def everything(sessions: Sessions) -> list[Any]:
    """All rows about voices with all that the database knows of them, in the order in which it keeps them."""
    found: list[Any] = []
    async with sessions() as session:
        inner = LAST[session.dialect.name]
        for table in ("voice_round", "voice_invitation", "voice_tally"):
            rows = (await session.execute(text(f"select {inner}, * from {table}"))).all()
            found += [tuple(row) for row in rows] if session.dialect.name == "sqlite" else _relative(rows)
    return found


def _relative(rows: Any) -> list[Any]:
    """PostgreSQL counts places and transactions on; what can tell something is the order of the rows, and who shares one."""
    transactions = list(dict.fromkeys(row[1] for row in rows))
    return [(transactions.index(row[1]), *row[2:]) for row in rows]


async def clear(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        await unguard(session)
        for table in (ROUND, INVITATION, TALLIES, ENTRY, NOTICE):
            await session.execute(delete(table))


async def held(sessions: Sessions, url: str, said: list[tuple[str, Answer]]) -> list[Any]:
    """What is kept once these people have answered so, one after the other, and the round is over."""
    await clear(sessions)
    begun, engine = await begin(sessions), open_engine(url)
    for person, answer in said:
        await Voices(engine).answer(begun.id, person, answer, AT + DAY)
    await engine.dispose()
    await end(sessions, begun)
    return await everything(sessions)


RATINGS = some.dictionaries(some.sampled_from(Behaviour), some.sampled_from(SCALE), min_size=1)
ANSWERS = some.lists(some.builds(Answer, RATINGS, some.sampled_from(WORDS)), min_size=1, max_size=len(PEERS))


@pytest.fixture
def once(database_url: str) -> int:
    """So many examples: many on SQLite, a few on PostgreSQL, where each costs its own connections."""
    return 25 if database_url.startswith("sqlite") else 5


def test_whoever_said_what_the_record_is_the_same(database_url: str, once: int) -> None:
    @settings(max_examples=once, deadline=None, suppress_health_check=list(HealthCheck))
    @given(ANSWERS, some.data())
    def tried(answers: list[Answer], data: some.DataObject) -> None:
        people = PEERS[: len(answers)]
        others = data.draw(some.permutations(people), label="who says it instead")
        order = data.draw(some.permutations(range(len(answers))), label="in which order")
        said = list(zip(people, answers, strict=True))
        swapped = list(zip(others, answers, strict=True))

        async def both() -> tuple[list[Any], list[Any]]:
            engine = open_engine(database_url)
            sessions = open_sessions(engine, writing=True)
            found = (
                await held(sessions, database_url, said),
                await held(sessions, database_url, [swapped[n] for n in order]),
            )
            await engine.dispose()
            return found

        one, other = asyncio.run(both())
        assert one == other

    tried()


REFUSED: list[tuple[str, str, Answer, timedelta, type[AppraisalError]]] = [
    ("somebody who is not asked", "gita", Answer({Behaviour.BP: 3}), DAY, NotAsked),
    ("twice", "eko", Answer({Behaviour.BP: 3}), DAY, AnsweredAlready),
    ("after declining", "joko", Answer({Behaviour.BP: 3}), DAY, DeclinedAlready),
    ("nothing", "feri", Answer({}), DAY, InvalidAnswer),
    ("on the last instant", "feri", Answer({Behaviour.BP: 3}), 9 * DAY, AlreadyClosed),
]


async def test_what_is_refused_changes_nothing(sessions: Sessions, database_url: str) -> None:
    begun, engine = await begin(sessions), open_engine(database_url)
    desk = Voices(engine)
    await desk.answer(begun.id, "eko", Answer({Behaviour.BP: 4}, "Ramah."), AT + DAY)
    declined = begun.performed(VoicesOrder(Act.DECLINE, Actor("joko")), GROUND, AT, "decline")
    await SqlVoices(sessions, AT.date).keep(declined)
    await SqlVoices(sessions, AT.date).keep(declined)  # repeated, it changes nothing
    before = await everything(sessions)
    for name, person, answer, later, refusal in REFUSED:
        with pytest.raises(refusal):
            await desk.answer(begun.id, person, answer, AT + later)
        assert await everything(sessions) == before, name
    too_late = declined.stored(1).performed(VoicesOrder(Act.DECLINE, Actor("eko")), GROUND, AT, "late")
    with pytest.raises(AnsweredAlready):
        await SqlVoices(sessions, AT.date).keep(too_late)
    assert await everything(sessions) == before
    await end(sessions, declined.stored(1))
    with pytest.raises(AlreadyClosed):
        await desk.answer(begun.id, "feri", Answer({Behaviour.BP: 1}), AT + DAY)
    await engine.dispose()


async def test_those_who_answer_at_once_are_all_counted(sessions: Sessions, database_url: str) -> None:
    begun, engine = await begin(sessions), open_engine(database_url)
    desk = Voices(engine)
    await asyncio.gather(*(desk.answer(begun.id, who, Answer({Behaviour.KO: 2}), AT + DAY) for who in PEERS))
    twice = [desk.answer(begun.id, "eko", Answer({Behaviour.KO: 2}), AT + DAY) for _ in range(2)]
    assert [type(one) for one in await asyncio.gather(*twice, return_exceptions=True)] == [AnsweredAlready] * 2
    async with sessions() as session:
        tally, found = await tally_of(session, begun.id, Kind.PEER), await round_of(session, begun.id)
        assert await owed_by(session, "eko", AT) == ()
    assert (tally.answers, tally.counts[Behaviour.KO]) == (len(PEERS), (0, len(PEERS), 0, 0))
    assert found is not None
    assert {voice.standing for voice in found.voices} == {"answered"}
    await engine.dispose()
