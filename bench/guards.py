"""What closing the payloads and guarding the record cost together: Jenjang with both and without either, in turn."""

import asyncio
import os
import statistics
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table
from sqlalchemy import text

from adapters.database.engine import open_engine
from bench import year
from bench.agency import Agency, bring_in
from bench.cpu import Meter
from bench.report import goal, write_section
from console.service import PROGRAM, Service, serving
from demo.main import first_officer, settings_for
from demo.office import Somebody
from runtime.settings import Settings

UNGUARDED = "bench.unguarded"
ROUNDS, UNITS, STAFF, CONCURRENCY = 8, 16, 12, 16
CASES = UNITS * STAFF
KEPT = 0.9
"""Of the throughput without guards, what must remain with them."""
TRIGGERS = text("SELECT name FROM sqlite_master WHERE type = 'trigger'")


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two installations, with its people; the meter counts its own programs."""

    hr: Somebody
    agency: Agency
    meter: Meter

    async def year(self) -> float:
        """Seconds from the launch to the last acknowledgement."""
        cycle, launching = await year.launch(self.hr, list(self.agency.staff))
        return launching + await year.Driver(self.hr, CONCURRENCY).year(cycle, self.agency.units)

    async def rate(self) -> float:
        """Appraisals per second."""
        with self.meter:
            return CASES / await self.year()


@asynccontextmanager
async def side(console: Console, folder: Path, guarded: bool) -> AsyncIterator[Side]:
    """An installation of its own: server, database, API, worker and people."""
    settings = settings_for(folder).model_copy(update={"payloads_in_clear": not guarded})
    async with AsyncExitStack() as stack:
        begun = serving(settings, lambda line: console.print(f"[dim]{line}[/]"), PROGRAM if guarded else UNGUARDED)
        service = await stack.enter_async_context(begun)
        if not guarded:
            await _let_the_record_be_changed(service.settings)
        hr = await first_officer(service)
        await stack.enter_async_context(aclosing(hr.http))
        agency = await bring_in(hr, service.local_url, (UNITS, STAFF), UNITS)
        await stack.enter_async_context(aclosing(agency))
        yield Side(hr, agency, Meter(_programs(service)))


def _programs(service: Service) -> dict[str, int]:
    temporal = service.temporal.pid if service.temporal else 0
    return {"Temporal": temporal, "worker": service.workers[0].pid, "api": service.api.pid, "driver": os.getpid()}


async def _let_the_record_be_changed(settings: Settings) -> None:
    engine = open_engine(settings.database_url)
    async with engine.begin() as connection:
        for name in (await connection.execute(TRIGGERS)).scalars().all():
            await connection.execute(text(f"DROP TRIGGER {name}"))
    await engine.dispose()


async def main(console: Console) -> None:
    """Measure, print, and keep the figures in bench/report.md."""
    with tempfile.TemporaryDirectory(prefix="jenjang-guards-") as folder:
        async with (
            side(console, Path(folder) / "guarded", True) as guarded,
            side(console, Path(folder) / "unguarded", False) as unguarded,
        ):
            for one in (guarded, unguarded):
                await one.year()  # so that nothing is imported or compiled inside a measurement
            rounds = [await _round(guarded, unguarded, number % 2 == 0) for number in range(ROUNDS)]
    lines = rows(rounds, guarded, unguarded)
    table = Table(*HEAD, title=HEADING)
    for line in lines:
        table.add_row(*line)
    console.print(table)
    write_section("guards", HEADING, TOLD, [HEAD, *lines])


async def _round(guarded: Side, unguarded: Side, guarded_first: bool) -> tuple[float, float]:
    """Rates with guards and without, now one first and now the other: what the machine does meanwhile hits both alike."""
    if guarded_first:
        return await guarded.rate(), await unguarded.rate()
    without = await unguarded.rate()
    return await guarded.rate(), without


HEADING = "What guarding costs"
TOLD = (
    f"Two installations on one machine, {ROUNDS} rounds of {CASES} cases each in turn, as above. With guards: payloads are "
    "closed (AES-GCM), every event is chained by hash, and triggers keep the record from being changed. Without: none of it. "
    "The ratio is the median of the rounds."
)
HEAD = ("", "without", "with", "ratio", "goal")


def rows(rounds: list[tuple[float, float]], guarded: Side, unguarded: Side) -> list[tuple[str, ...]]:
    """The table."""
    ratio = statistics.median(with_ / without for with_, without in rounds)
    before, after = (statistics.median(rates) for rates in zip(*((w, g) for g, w in rounds), strict=True))
    spent = (unguarded.meter.per_case(CASES * ROUNDS), guarded.meter.per_case(CASES * ROUNDS))
    sums = tuple(sum(one.values()) for one in spent)
    return [
        ("appraisals/s", f"{before:.1f}", f"{after:.1f}", f"{ratio:.2f}", goal(ratio >= KEPT, f">= {KEPT}")),
        ("CPU ms per case", f"{sums[0]:.0f}", f"{sums[1]:.0f}", f"{sums[0] / sums[1]:.2f}", ""),
        *((f"of it {name}", f"{spent[0][name]:.0f}", f"{spent[1][name]:.0f}", "", "") for name in spent[0]),
    ]


if __name__ == "__main__":
    asyncio.run(main(Console()))
