"""What opening a closed case again needs from the outside world; ports.py has the rest."""

from typing import Protocol

from appraisal.calibration.calibration import Calibration
from appraisal.reopening import Kept
from appraisal.training.enrolment import EnrolmentOrder
from appraisal.training.nomination import Nomination


class Archive(Protocol):
    """What is on record of cases and groups that have ended."""

    async def revision_of(self, subject: str, command_id: str) -> int | None:
        """The revision that this command made, if it is on record."""

    async def case(self, case_id: str) -> Kept | None:
        """The case with the commands that it has taken."""

    async def given(self, subject: str) -> tuple[str, ...]:
        """Every command that this process has taken."""

    async def groups(self, cycle: str, unit: str) -> tuple[Calibration | Nomination, ...]:
        """The calibration of this unit and the nomination of the cycle, as stored."""

    async def open_seat(self, cycle: str, employee: str) -> str | None:
        """The process of the seat in a training that the employee has got in this cycle, if it is not over."""

    async def withdraw_proposal(self, cycle: str, employee: str) -> None:
        """Nothing is proposed to the employee or decided any more; a seat is free again."""


class SeatOrders(Protocol):
    """Orders to the processes of seats in trainings."""

    async def tell(self, seat: str, order: EnrolmentOrder, command_id: str) -> str:
        """Give the process with this id an order, once per command id. Returns '' or the code of the refusal."""
