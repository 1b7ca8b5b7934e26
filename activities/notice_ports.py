"""What sending notices needs from the outside world."""

from collections.abc import AsyncGenerator
from datetime import datetime
from typing import Protocol, TypeVar

from appraisal.delivery import Office
from appraisal.sending import Attempt, Letter, Parcel

Thing_contra = TypeVar("Thing_contra", contravariant=True)


class Deliveries(Protocol):
    """What goes out of the inbox. Planning and recording are one transaction each and harmless to repeat."""

    async def plan(self, office: Office, at: datetime) -> None:
        """Decide about every notice that is due, and keep what must be sent because of it."""

    async def waiting(self, at: datetime) -> tuple[int, int]:
        """How many mails and how many messages to programs are to be tried now."""

    async def listeners(self) -> int:
        """How many programs want to hear of notices."""

    async def letters(self, at: datetime, limit: int) -> tuple[Letter, ...]:
        """The next mails to be tried, urgent ones first."""

    async def parcels(self, at: datetime, limit: int) -> tuple[Parcel, ...]:
        """The next messages to programs, oldest first."""

    async def record(self, attempt: Attempt) -> None:
        """Keep what came of a try, and when the next one is."""


class Sender(Protocol[Thing_contra]):
    """A way out: mail, or messages to programs."""

    def send(self, things: tuple[Thing_contra, ...]) -> AsyncGenerator[Attempt, None]:
        """Try one after the other and tell of each at once; after AWAY the rest is not tried. Raises nothing."""
