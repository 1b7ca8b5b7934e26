"""Measure Jenjang against the bare engine, both in one run and in turn, on one server."""

import asyncio
import os
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from temporalio.client import Client

from bench import board, floor, year
from bench.agency import Unit, bring_in
from bench.cpu import Meter
from bench.report import MOST_EVENTS, MOST_TRANSITIONS, Bare, Figures, Round, rows, write
from console.first_start import first_sign_in
from console.service import Service, serving
from demo import office
from demo.main import settings_for
from demo.report import costs
from runtime.children import Child
from runtime.errors import CannotStart
from runtime.temporal import connect

ROUNDS, UNITS, STAFF, CONCURRENCY = 5, 16, 12, 16
CASES = UNITS * STAFF
"""In each round: enough that its beginning and end, when few are at work, weigh little."""
LAUNCHED = CASES + UNITS + 2
"""What a launch starts: the cases, each unit's calibration, the nomination, and the cycle's own process."""


class GoalMissed(CannotStart):
    """A count that noise cannot move is above its goal."""


async def main() -> None:
    """Measure, print, and keep the figures in bench/report.md. Takes about five minutes on two cores."""
    console = Console()
    with tempfile.TemporaryDirectory(prefix="jenjang-bench-") as folder:
        settings = settings_for(Path(folder))
        async with serving(settings, lambda line: console.print(f"[dim]{line}[/]")) as service:
            address = service.settings.temporal_address or ""
            worker = Child(
                "floor", (sys.executable, "-m", "bench.floor_worker", address), log=Path(folder) / "floor.log"
            )
            await worker.start()
            try:
                link = await first_sign_in(settings)
                hr = await office.sign_in(service.local_url, (link or "").rpartition("/")[2])
                found = await _measure(console, hr, service, worker.pid)
            finally:
                await worker.stop(10)
    table = Table("", "floor", "Jenjang", "ratio", "goal", title="Jenjang against the floor")
    for row in rows(found):
        table.add_row(*row)
    console.print(table)
    write(found)
    await board.main()
    if found.events["max"] > MOST_EVENTS or found.transitions["max"] > MOST_TRANSITIONS:
        raise GoalMissed("A normal case costs more than promised: see the table.")


async def _measure(console: Console, hr: office.Somebody, service: Service, floor_worker: int) -> Figures:
    address, server = service.settings.temporal_address or "", service.temporal.pid if service.temporal else 0
    plain, client, driver = await Client.connect(address), await connect(address), year.Driver(hr, CONCURRENCY)
    shared = {"Temporal": server, "driver": os.getpid()}
    below = Meter({**shared, "worker": floor_worker})
    above = Meter({**shared, "worker": service.workers[0].pid, "api": service.api.pid})
    rounds = list[Round]()
    with Progress(console=console) as bars:
        whole = bars.add_task("bringing in a synthetic agency", total=2 * ROUNDS + 2)
        agency = await bring_in(hr, service.local_url, (UNITS, STAFF), UNITS)
        bars.update(whole, advance=1, description="warming up")
        await _warm_up(plain, hr, agency.units[:1])
        spread: tuple[dict[str, float], dict[str, float]] = ({}, {})
        bare = [await _bare(plain, below)]
        for number in range(1, ROUNDS + 1):
            bars.update(whole, advance=1, description=f"round {number} of {ROUNDS}: Jenjang")
            with above:
                cycle, launching = await year.launch(hr, list(agency.staff))
                walking = await driver.year(cycle, agency.units)
            bars.update(whole, advance=1, description=f"round {number} of {ROUNDS}: floor")
            bare.append(await _bare(plain, below))
            rounds.append(Round(bare[-2], bare[-1], CASES / (launching + walking), LAUNCHED / launching))
            spread = await costs(client, cycle)
        bars.update(whole, advance=1, description="done")
    return Figures(
        cases=CASES,
        rounds=tuple(rounds),
        updates=driver.spent,
        floor_updates=[seconds for one in bare for seconds in one.updates],
        events=spread[0],
        transitions=spread[1],
        floor_cpu=below.per_case(CASES * len(bare)),
        cpu=above.per_case(CASES * ROUNDS),
    )


async def _bare(plain: Client, meter: Meter) -> Bare:
    with meter:
        spent, updates = await floor.drive(plain, CASES, CONCURRENCY)
    accepted, taken_up = await floor.starts(plain, CASES, CONCURRENCY)
    return Bare(CASES / spent, CASES / accepted, CASES / taken_up, updates)


async def _warm_up(plain: Client, hr: office.Somebody, units: tuple[Unit, ...]) -> None:
    """One small unit on both sides, so that nothing is imported or compiled inside a measurement."""
    await floor.drive(plain, CONCURRENCY, CONCURRENCY)
    cycle, _ = await year.launch(hr, [who.id for unit in units for who in unit.staff])
    await year.Driver(hr, CONCURRENCY).year(cycle, units)


if __name__ == "__main__":
    asyncio.run(main())
