"""What telling whatever has a clock needs from the outside world; ports.py has the rest."""

from typing import Protocol

from appraisal.access import Actor
from appraisal.commands import Hold, Release, Reschedule
from appraisal.rescheduling import OpenCase


class Running(Protocol):
    """What of a cycle still has a clock."""

    async def open_cases(self, cycle: str, after: str, size: int) -> tuple[OpenCase, ...]:
        """The next open cases by employee."""

    async def open_calibrations(self, cycle: str) -> tuple[tuple[str, str], ...]:
        """(id, unit) of each calibration that is not done, by id."""

    async def open_nominations(self, cycle: str) -> tuple[str, ...]:
        """The id of the nomination, if it is not done."""


class Clocks(Protocol):
    """The groups' own processes. Each takes a command id once; returns '' or the code of the refusal."""

    async def tell(self, group: str, wish: Hold | Release | Reschedule, actor: Actor, command_id: str) -> str:
        """Give a calibration or a nomination this order."""
