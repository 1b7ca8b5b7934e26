"""The nomination's board is read page by page, each page along an index."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Select, event, insert, text

from adapters.database.columns import table_of
from adapters.database.engine import Sessions
from adapters.database.reads.group_boards import nomination_board, proposals
from adapters.database.reads.presence import presence
from adapters.database.reads.seat_plans import SEATS, differing
from adapters.database.tables import process
from adapters.database.writes.records import SqlRecords
from appraisal.group import Presence
from appraisal.training.nomination import prepared
from appraisal.vocabulary import Step
from tests import builders

PROPOSAL = table_of(process.Proposal)


async def _fill(sessions: Sessions, people: int) -> None:
    now = datetime.now(UTC)
    await SqlRecords(sessions).store_nomination(prepared("nomination/c1", "c1", builders.timetable(now), now))
    plain: dict[str, object] = {
        "cycle_id": "c1",
        "code": "no_gap",
        "parameters": [],
        "reason": "-",
        "decision_reason": "",
    }
    rows = [
        plain | {"employee_id": f"m{n:03}", "rank": n // 2, "decision": "approved" if n % 5 == 0 else None}
        for n in range(people)
    ]
    async with sessions.begin() as session:
        await session.execute(insert(PROPOSAL), rows)


async def test_who_is_there_is_counted_in_one_statement(sessions: Sessions) -> None:
    """Between two, a case could move from where it was not counted yet to where it is counted no more."""
    await _fill(sessions, 1)
    statements: list[str] = []
    async with sessions() as session:
        event.listen(session.sync_connection, "before_cursor_execute", lambda *heard: statements.append(heard[2]))
        assert await presence(session, Step.CALIBRATION, "c1", "dinkes") == Presence(0, 0)
    assert len([one for one in statements if one.startswith("SELECT")]) == 1


async def test_pages_follow_each_other_without_gap_or_repetition(sessions: Sessions) -> None:
    await _fill(sessions, 25)
    seen: list[str] = []
    after = None
    async with sessions.begin() as session:
        while True:
            board = await nomination_board(session, "c1", after, size=10)
            assert board is not None
            seen.extend(row.employee for row in board.proposals)
            if not board.proposals:
                break
            after = board.proposals[-1].key
        undecided = await nomination_board(session, "c1", undecided=True)
        assert await nomination_board(session, "c2") is None
    assert seen == [f"m{n:03}" for n in range(25)]
    assert undecided is not None
    assert len(undecided.proposals) == 20


@pytest.mark.parametrize(
    ("query", "index"),
    [
        (proposals("c1", (20, "m040"), 10, undecided=True), "ix_proposal_rank"),
        (differing("c1", (20, "m040"), 10), "ix_planned_seat_differs"),
    ],
    ids=["proposals", "whom two plans treat differently"],
)
async def test_a_page_is_read_along_its_index(sessions: Sessions, query: Select[Any], index: str) -> None:
    await _fill(sessions, 200)
    plan_of = {"cycle_id": "c1", "differs": True, "rule": {}, "optimum": {}}
    async with sessions.begin() as session:
        await session.execute(insert(SEATS), [{"employee_id": f"m{n:03}", "rank": n, **plan_of} for n in range(200)])
    async with sessions.begin() as session:
        compiled = query.compile(dialect=session.dialect, compile_kwargs={"literal_binds": True})
        if session.dialect.name != "sqlite":
            await session.execute(text("SET LOCAL enable_seqscan = off"))
        explain = "EXPLAIN QUERY PLAN " if session.dialect.name == "sqlite" else "EXPLAIN "
        plan = " ".join(str(row) for row in await session.execute(text(explain + str(compiled))))
    assert index in plan
    assert "TEMP B-TREE" not in plan
