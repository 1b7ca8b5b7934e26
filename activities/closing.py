"""What signing the list before the closing needs to see."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from temporalio import activity

from appraisal.signing import Seen


class Closings(Protocol):
    """The open cases of a cycle, as the record knows them."""

    async def seen(self, cycle: str, at: datetime) -> Seen:
        """The list as of this instant."""


@dataclass(frozen=True, slots=True)
class Look:
    """Look at the open cases of this cycle as of this instant."""

    cycle: str
    at: datetime


class ClosingActivities:
    """Looking changes nothing, and is safe to repeat."""

    def __init__(self, closings: Closings) -> None:
        self._closings = closings

    @activity.defn
    async def see_open_cases(self, look: Look) -> Seen:
        """The list that HR signs, made anew from the record."""
        return await self._closings.seen(look.cycle, look.at)
