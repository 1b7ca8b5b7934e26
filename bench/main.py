"""Measure Jenjang against the bare engine, both in one run and in turn, on one server."""

import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from temporalio.client import Client

from bench import board, floor, guards, seats, year
from bench.agency import Agency, Unit, bring_in
from bench.cpu import Meter
from bench.report import MOST_EVENTS, MOST_TRANSITIONS, Bare, Figures, Round, rows, write
from console.service import Service, serving
from demo import office
from demo.main import first_officer, settings_for
from demo.report import costs
from runtime.children import Child
from runtime.errors import CannotStart
from runtime.telemetry import configure_logging
from runtime.temporal import connect

CONCURRENCY = 16


@dataclass(frozen=True, slots=True)
class Size:
    """Of a run. In each round enough cases that its beginning and end, when few are at work, weigh little."""

    rounds: int = 8
    units: int = 16
    staff: int = 12

    @property
    def cases(self) -> int:
        """Appraisals in a round."""
        return self.units * self.staff

    @property
    def launched(self) -> int:
        """What a launch starts: the cases, each unit's calibration, the nomination, and the cycle's own process."""
        return self.cases + self.units + 2


class GoalMissed(CannotStart):
    """A count that noise cannot move is above its goal."""


async def main() -> None:
    """Measure, print, and keep the figures in bench/report.md. Takes about eleven minutes on two cores."""
    configure_logging("WARNING", process="bench")
    console = Console()
    found = await measured(console, Size())
    table = Table("", "floor", "Jenjang", "ratio", "goal", title="Jenjang against the floor")
    for row in rows(found):
        table.add_row(*row)
    console.print(table)
    write(found)
    await guards.main(console)
    await board.main()
    await seats.main()
    if found.events["max"] > MOST_EVENTS or found.transitions["max"] > MOST_TRANSITIONS:
        raise GoalMissed("A normal case costs more than promised: see the table.")


async def measured(console: Console, size: Size) -> Figures:
    """The figures of Jenjang and of the floor on a Temporal server that is started for them, and stopped."""
    with tempfile.TemporaryDirectory(prefix="jenjang-bench-") as folder:
        settings = settings_for(Path(folder))
        async with (
            serving(settings, lambda line: console.print(f"[dim]{line}[/]")) as service,
            _floor_worker(service.settings.temporal_address or "", Path(folder) / "floor.log") as worker,
        ):
            console.print("[dim]Bringing in a synthetic agency.[/]")
            hr = await first_officer(service)
            async with (
                aclosing(hr.http),
                aclosing(await bring_in(hr, service.local_url, (size.units, size.staff), size.units)) as agency,
            ):
                return await _rounds(console, hr, service, worker.pid, (size, agency))


@asynccontextmanager
async def _floor_worker(address: str, log: Path) -> AsyncIterator[Child]:
    worker = Child("floor", (sys.executable, "-m", "bench.floor_worker", address), log=log)
    await worker.start()
    try:
        yield worker
    finally:
        await worker.stop(10)


async def _rounds(
    console: Console, hr: office.Somebody, service: Service, floor_worker: int, of: tuple[Size, Agency]
) -> Figures:
    size, agency = of
    address, server = service.settings.temporal_address or "", service.temporal.pid if service.temporal else 0
    plain, client, driver = await Client.connect(address), await connect(service.settings), year.Driver(hr, CONCURRENCY)
    shared = {"Temporal": server, "driver": os.getpid()}
    below = Meter({**shared, "worker": floor_worker})
    above = Meter({**shared, "worker": service.workers[0].pid, "api": service.api.pid})
    rounds = list[Round]()
    with Progress(console=console) as bars:
        whole = bars.add_task("warming up", total=2 * size.rounds + 1)
        await _warm_up(plain, hr, agency.units[:1])
        spread: tuple[dict[str, float], dict[str, float]] = ({}, {})
        bare = [await _bare(plain, below, size.cases)]
        for number in range(1, size.rounds + 1):
            bars.update(whole, advance=1, description=f"round {number} of {size.rounds}: Jenjang")
            with above:
                cycle, launching = await year.launch(hr, list(agency.staff))
                walking = await driver.year(cycle, agency.units)
            bars.update(whole, advance=1, description=f"round {number} of {size.rounds}: floor")
            bare.append(await _bare(plain, below, size.cases))
            rates = size.cases / (launching + walking), size.launched / launching
            rounds.append(Round(bare[-2], bare[-1], *rates))
            spread = await costs(client, cycle)
        bars.update(whole, advance=1, description="done")
    return Figures(
        cases=size.cases,
        rounds=tuple(rounds),
        updates=driver.spent,
        floor_updates=[seconds for one in bare for seconds in one.updates],
        events=spread[0],
        transitions=spread[1],
        floor_cpu=below.per_case(size.cases * len(bare)),
        cpu=above.per_case(size.cases * size.rounds),
    )


async def _bare(plain: Client, meter: Meter, cases: int) -> Bare:
    with meter:
        spent, updates = await floor.drive(plain, cases, CONCURRENCY)
    accepted, taken_up = await floor.starts(plain, cases, CONCURRENCY)
    return Bare(cases / spent, cases / accepted, cases / taken_up, updates)


async def _warm_up(plain: Client, hr: office.Somebody, units: tuple[Unit, ...]) -> None:
    """One small unit on both sides, so that nothing is imported or compiled inside a measurement."""
    await floor.drive(plain, CONCURRENCY, CONCURRENCY)
    cycle, _ = await year.launch(hr, [who.id for unit in units for who in unit.staff])
    await year.Driver(hr, CONCURRENCY).year(cycle, units)


if __name__ == "__main__":
    asyncio.run(main())
