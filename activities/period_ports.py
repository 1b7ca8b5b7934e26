"""What the evaluations of periods need from the outside world. Adapters implement these by shape, as those of ports.py."""

from collections.abc import Sequence
from typing import Protocol

from appraisal.periods.evaluation import Evaluation


class Evaluations(Protocol):
    """The record of the evaluations."""

    async def begin(self, evaluations: Sequence[Evaluation]) -> tuple[str, ...]:
        """Put new ones on record, all in one transaction; the ids of those that are on record further on than this."""


class PeriodProcesses(Protocol):
    """The evaluations' own processes."""

    async def start(self, evaluation: Evaluation) -> None:
        """Start the process; harmless when it runs already or has ended."""
