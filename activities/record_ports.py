"""What processes do to the record as a whole, as Protocols."""

from datetime import datetime
from typing import Protocol


class Anchors(Protocol):
    """The daily anchors over all chains of the record."""

    async def make(self, at: datetime) -> None:
        """Make the anchor of this instant's day, unless it is made already."""
