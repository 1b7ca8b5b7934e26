"""HR's board with 1,000 and with 10,000 open cases: each view against the bare statement behind it, in the same run."""

import asyncio
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2
from rich.console import Console
from rich.table import Table
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.database.desk.accounts import TOKEN
from adapters.database.engine import open_engine, open_sessions
from adapters.database.reads import figures, open_cases
from adapters.database.reads.case_rows import After
from adapters.database.reads.open_cases import Wanted
from adapters.database.schema import migrate
from api.app import create_app
from api.paging import AT
from bench.board_rows import START, fill
from bench.report import percentile, write_section
from runtime.embedded import embedded_temporal
from runtime.settings import Settings
from runtime.telemetry import configure_logging

FEW, MANY, TIMES, WARMING = 1000, 10_000, 300, 5
OVER_SQL, OVER_SIZE = 3.0, 1.5
Ask = Callable[[Any], Awaitable[Any]]
Timed = tuple[list[float], list[float], list[float], list[float]]
"""Seconds: bare and served with few cases, bare and served with many."""


@dataclass(frozen=True, slots=True)
class View:
    """A page of the API, and the statement without which it cannot be answered."""

    name: str
    path: str
    bare: Ask


def views(now: datetime) -> tuple[View, ...]:
    """What HR asks of the board."""

    def listed(name: str, wanted: Wanted, query: str, after: After | None = None) -> View:
        return View(name, f"/api/v1/board?{query}", lambda s: open_cases.open_cases(s, wanted, now, after))

    middle = After(START.replace(day=25), "")
    keys = f"after={AT.written((middle.due_at, middle.id))}"
    return (
        listed("the first page", Wanted(), ""),
        listed("a page in the middle", Wanted(), keys, middle),
        listed("one unit", Wanted(unit="u3"), "unit=u3"),
        listed("one step", Wanted(step="review"), "step=review"),
        listed("who is late", Wanted(stuck="late"), "stuck=late"),
        listed("waiting for a week", Wanted(days=7), "days=7"),
        listed("a holder's name", Wanted(holder="uji 0000"), "holder=uji 0000"),
        View("figures", "/api/v1/board/figures", lambda s: figures.figures(s, now)),
    )


@dataclass(frozen=True, slots=True)
class Place:
    """A database of one size, and the application that serves it."""

    engine: AsyncEngine
    http: httpx2.AsyncClient


@asynccontextmanager
async def place(folder: Path, address: str, size: int) -> AsyncIterator[Place]:
    """The application with so many open cases."""
    url = f"sqlite+aiosqlite:///{folder}/{size}.db"
    await asyncio.to_thread(migrate, url)
    engine = open_engine(url)
    await fill(open_sessions(engine, writing=True), size)
    app = create_app(
        Settings(database_url=url, temporal_address=address, payloads_in_clear=True, second_step="optional")
    )
    async with app.router.lifespan_context(app):
        accounts, now = app.state.services.accounts, datetime.now(UTC)
        token = await accounts.issue(await accounts.officer("bench", now), TOKEN, now)
        transport, bearer = httpx2.ASGITransport(app), {"authorization": f"Bearer {token}"}
        async with httpx2.AsyncClient(transport=transport, base_url="http://bench", headers=bearer) as http:
            yield Place(engine, http)
    await engine.dispose()


async def measure(few: Place, many: Place) -> dict[str, Timed]:
    """Each view, all four ways in turn: whatever else the machine does meets them alike."""
    found = {}
    for view in views(datetime.now(UTC)):
        ways = (_bare(few.engine, view), _served(few.http, view), _bare(many.engine, view), _served(many.http, view))
        spent: Timed = ([], [], [], [])
        for number in range(TIMES + WARMING):
            for way, seconds in zip(ways, spent, strict=True):
                started = time.perf_counter()
                await way()
                if number >= WARMING:
                    seconds.append(time.perf_counter() - started)
        found[view.name] = spent
    return found


def _bare(engine: AsyncEngine, view: View) -> Callable[[], Awaitable[None]]:
    async def ask() -> None:
        async with open_sessions(engine)() as session:
            await view.bare(session)

    return ask


def _served(http: httpx2.AsyncClient, view: View) -> Callable[[], Awaitable[None]]:
    async def ask() -> None:
        answer = await http.get(view.path)
        assert answer.status_code == 200, answer.text

    return ask


def rows(found: dict[str, Timed]) -> list[tuple[str, ...]]:
    """By view: p95 of the bare statement, p50 and p95 as served, and both against the goals."""
    lines: list[tuple[str, ...]] = []
    for name, (_, few, bare, many) in found.items():
        floor, p95, small = (percentile(values, 0.95) for values in (bare, many, few))
        served = f"{_ms(statistics.median(many))} / {_ms(p95)}"
        lines.append(
            (name, _ms(floor), served, _goal(p95 / floor, OVER_SQL), _ms(small), _goal(p95 / small, OVER_SIZE))
        )
    return lines


TOLD = (
    f"{TIMES} answers each, all ways in turn, SQLite, in one process, with as many closed cases beside the open ones. 'Bare' is "
    "the list read by the same statements without HTTP, rights and JSON. The figures are made anew every 30 seconds at most: "
    "bare is what that costs, served is what people wait."
)
HEAD = ("view", "bare p95", "served p50 / p95", "served : bare", "p95 at 1,000", "10,000 : 1,000")


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


def _goal(ratio: float, most: float) -> str:
    return f"{ratio:.2f} (<= {most:g}: {'met' if ratio <= most else 'MISSED'})"


async def main() -> None:
    """Measure, print, and keep the figures in bench/report.md."""
    console = Console()
    configure_logging("WARNING", process="bench")
    with tempfile.TemporaryDirectory(prefix="jenjang-board-") as name:
        folder = Path(name)
        async with (
            embedded_temporal(None) as address,
            place(folder, address, FEW) as few,
            place(folder, address, MANY) as many,
        ):
            lines = rows(await measure(few, many))
    table = Table(*HEAD, title="HR's board")
    for line in lines:
        table.add_row(*line)
    console.print(table)
    write_section("board", "HR's board at 10,000 open cases", TOLD, [HEAD, *lines])


if __name__ == "__main__":
    asyncio.run(main())
