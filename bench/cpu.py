"""What the processes have used of the cores: unlike seconds on the clock, this stays the same on a busy machine."""

import os
from collections.abc import Mapping
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def used(pid: int) -> float:
    """CPU seconds of this process so far; 0 where the system does not tell (Linux does)."""
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(after_name[11]) + int(after_name[12])) / TICKS


class Meter:
    """Adds up, by name, what these processes use while it runs."""

    def __init__(self, pids: Mapping[str, int]) -> None:
        self._pids = dict(pids)
        self._before: dict[str, float] = {}
        self.seconds = dict.fromkeys(pids, 0.0)

    def __enter__(self) -> "Meter":
        self._before = {name: used(pid) for name, pid in self._pids.items()}
        return self

    def __exit__(self, *_: object) -> None:
        for name, pid in self._pids.items():
            self.seconds[name] += used(pid) - self._before[name]

    def per_case(self, cases: int) -> dict[str, float]:
        """Milliseconds of CPU per case, by name."""
        return {name: 1000 * seconds / cases for name, seconds in self.seconds.items()}
