"""The board's lists with thousands of cases on both databases: no plan reads the whole table of cases, and the rows are right."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, text

from adapters.database.engine import Session, Sessions
from adapters.database.reads import figures, open_cases
from adapters.database.reads.case_rows import After
from adapters.database.reads.open_cases import Wanted
from appraisal.vocabulary import Step
from bench.board_rows import START, fill

CASES = 3000
NOW = START + timedelta(days=25)
MIDDLE = After(START + timedelta(days=20), "x")
ASKED: dict[str, Callable[[Session], Awaitable[Any]]] = {
    "everything": lambda s: open_cases.open_cases(s, Wanted(), NOW),
    "a page in the middle": lambda s: open_cases.open_cases(s, Wanted(), NOW, MIDDLE),
    "a cycle": lambda s: open_cases.open_cases(s, Wanted(cycle="now"), NOW, MIDDLE),
    "a unit": lambda s: open_cases.open_cases(s, Wanted(unit="u7"), NOW, MIDDLE),
    "a step": lambda s: open_cases.open_cases(s, Wanted(step=Step.REVIEW), NOW, MIDDLE),
    "late": lambda s: open_cases.open_cases(s, Wanted(stuck="late"), NOW),
    "old": lambda s: open_cases.open_cases(s, Wanted(days=7), NOW),
    "nobody": lambda s: open_cases.open_cases(s, Wanted(stuck="nobody"), NOW),
    "machine": lambda s: open_cases.open_cases(s, Wanted(stuck="machine"), NOW),
    "a name": lambda s: open_cases.open_cases(s, Wanted(holder="uji 00001"), NOW),
    "whether anything has changed": open_cases.fingerprint,
}


async def plans(sessions: Sessions, ask: Callable[[Session], Awaitable[Any]]) -> list[str]:
    """The plans of every statement behind this question, with the very values that it was asked with."""
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    async with sessions() as session:
        lite = session.dialect.name == "sqlite"
        event.listen(session.sync_connection, "before_cursor_execute", note)
        await ask(session)
        event.remove(session.sync_connection, "before_cursor_execute", note)
        lines: list[str] = []
        for statement, parameters in asked:
            if statement.lstrip().upper().startswith("SELECT"):
                explain = "EXPLAIN QUERY PLAN" if lite else "EXPLAIN"
                found = await session.exec_driver_sql(f"{explain} {statement}", parameters)
                lines += [str(tuple(row)[-1]) for row in found]
    return lines


@pytest.fixture
async def filled(sessions: Sessions) -> Sessions:
    await fill(sessions, CASES)
    async with sessions.begin() as session:
        await session.execute(text("ANALYZE"))
    return sessions


async def test_no_list_reads_every_case(filled: Sessions) -> None:
    for name, ask in ASKED.items():
        lines = await plans(filled, ask)
        assert lines, name
        whole = [line for line in lines if "Seq Scan on appraisal" in line or line == "SCAN appraisal"]
        assert not whole, f"{name}: {lines}"


async def test_the_whole_board_by_pages_is_every_open_case_once(filled: Sessions) -> None:
    found: list[str] = []
    after: After | None = None
    async with filled() as session:
        while page := await open_cases.open_cases(session, Wanted(), NOW, after, 700):
            found += [case.id for case in page]
            after = After(page[-1].due_at, page[-1].id)
        late = await open_cases.open_cases(session, Wanted(stuck="late"), NOW, limit=CASES)
        counted = await open_cases.counts(session, NOW)
    assert len(found) == len(set(found)) == CASES == counted.open
    assert len(late) == counted.late > 0
    assert all(case.due_at < NOW for case in late)


async def test_medians_and_shares_are_those_that_one_counts_by_hand(filled: Sessions) -> None:
    """The rows are made by a formula, which gives the same numbers without any database."""
    async with filled() as session:
        by_step = {one.key: one for one in await figures.pace(session, figures.PASSAGE.c.step, "now")}
    done = [number for number in range(CASES) if number % 6 > 0]
    hours = sorted(1 + number * 31 % 400 for number in done)
    middle = (hours[(len(hours) - 1) // 2] + hours[len(hours) // 2]) / 2
    assert by_step[Step.TARGETS].done == len(done)
    assert by_step[Step.TARGETS].in_time == sum(number % 5 != 0 for number in done)
    assert by_step[Step.TARGETS].median_days == pytest.approx(middle / 24, abs=0.01)
