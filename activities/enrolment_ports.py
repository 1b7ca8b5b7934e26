"""What seats in trainings need from the outside world. Adapters implement these by shape, as those of ports.py."""

from datetime import datetime
from typing import Protocol

from appraisal.parties import Parties
from appraisal.training.enrolment import Enrolment, EnrolmentOrder, Seat


class Enrolments(Protocol):
    """The record of the seats."""

    async def offer(self, seat: Seat, at: datetime) -> Enrolment:
        """The seat as it is offered now: its course, why this employee, and the dates by the policy of the cycle."""

    async def parties(self, employee: str) -> Parties:
        """The employee and the superiors as of today."""

    async def keep(self, enrolment: Enrolment) -> Seat | None:
        """Keep the newest event with what it adds to the ledger of hours, in one transaction; a refusal changes nothing.

        Who gets the seat now, where the event gives it back and somebody waits for it. Repeated, it says the same.
        """


class EnrolmentProcesses(Protocol):
    """The seats' own processes."""

    async def start(self, seat: Seat) -> None:
        """Start the process; harmless when it runs already or has ended."""


class NotedAttendance(Protocol):
    """What files of attendance say, once they are applied: told to the seats one by one."""

    async def noted(self, batch: str, after: int, size: int) -> tuple[tuple[int, str, EnrolmentOrder], ...]:
        """The next of this import in the order in which they are told: place, seat, and the order to it."""

    async def refused(self, batch: str, refusals: tuple[tuple[str, str], ...]) -> None:
        """Note which seats have refused, with the code of the refusal."""
