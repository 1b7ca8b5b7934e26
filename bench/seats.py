"""The two plans for the seats of a year with 10,000 employees and 300 courses: seconds, memory, and how near to the best."""

import asyncio
import resource
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing import get_context

from rich.console import Console
from rich.table import Table

from adapters.seat_optimiser import SeatOptimiser
from appraisal.seats.figures import compared
from appraisal.seats.prices import network, optimum
from appraisal.seats.rule import propose
from bench.report import goal, write_section
from bench.seats_market import market

EMPLOYEES, COURSES, SEEDS = 10_000, 300, (1, 2, 3)
RULE_SECONDS, OPTIMUM_SECONDS, GAP = 2.0, 30.0, 0.01


@dataclass(frozen=True, slots=True)
class Measured:
    """One market: seconds of both plans, shares of the bound that they fall short of, and MiB at the most, with the solver's."""

    people: int
    seats: int
    rule: float
    optimum: float
    rule_gap: float
    gap: float
    here: int
    solver: int


def measure(seed: int) -> Measured:
    """Both plans for one market, in a process of its own."""
    asked = market(EMPLOYEES, COURSES, seed)
    started = time.perf_counter()
    rule = propose(asked)
    between = time.perf_counter()
    net = network(asked)
    solved = asyncio.run(SeatOptimiser().solve(net, timedelta(seconds=2 * OPTIMUM_SECONDS)))
    assert solved is not None, "no plan in twice the time"
    best = optimum(asked, net, solved)
    ended = time.perf_counter()
    found = compared(asked, rule, best).comparison
    mine, childs = (
        resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    gaps = (float(found.gap(found.rule)), float(found.gap(found.optimum)))
    return Measured(found.people, found.optimum.seats, between - started, ended - between, *gaps, mine, childs)


def rows(found: list[Measured]) -> list[tuple[str, str, str]]:
    """What was measured, the worst of all markets, against its goal."""

    def worst(of: Callable[[Measured], float]) -> float:
        return max(map(of, found))

    rule, best, gap = worst(lambda one: one.rule), worst(lambda one: one.optimum), worst(lambda one: one.gap)
    return [
        ("the rule", f"{rule:.2f} s", goal(rule <= RULE_SECONDS, f"<= {RULE_SECONDS:g} s")),
        ("the optimiser", f"{best:.2f} s", goal(best <= OPTIMUM_SECONDS, f"<= {OPTIMUM_SECONDS:g} s")),
        ("of the best plan it proves to miss at most", f"{gap:.3%}", goal(gap < GAP, f"< {GAP:.0%}")),
        ("the rule misses at most", f"{worst(lambda one: one.rule_gap):.1%}", ""),
        ("people with a seat", f"{min(one.seats for one in found)} of {found[0].people}", ""),
        ("peak memory of the worker", f"{worst(lambda one: one.here):.0f} MiB", ""),
        ("peak memory of the solver", f"{worst(lambda one: one.solver):.0f} MiB", ""),
    ]


HEADING = f"Two plans for the seats of {EMPLOYEES:,} employees and {COURSES} courses"
TOLD = (
    f"{len(SEEDS)} markets at random, with quotas of units, a budget for less than half of the seats, courses for some people "
    "only and ceilings of PPPK; the worst of them counts. The optimiser's time holds the solver's program from its start to its "
    "end, and both include everybody's reasons."
)
HEAD = ("what", "measured", "goal")


async def main() -> None:
    """Measure, print, and keep the figures in bench/report.md."""
    found = []
    for seed in SEEDS:
        with ProcessPoolExecutor(1, get_context("spawn")) as alone:
            found.append(await asyncio.get_running_loop().run_in_executor(alone, measure, seed))
    table = Table(*HEAD, title="Two plans for the seats")
    for line in (lines := rows(found)):
        table.add_row(*line)
    Console().print(table)
    write_section("seats", HEADING, TOLD, [HEAD, *lines])


if __name__ == "__main__":
    asyncio.run(main())
