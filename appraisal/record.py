"""What is kept for ever of every accepted change."""

from dataclasses import dataclass
from datetime import datetime

Change = tuple[str, str, str]
"""(field, before, after), as people read them."""


@dataclass(frozen=True, slots=True)
class Event:
    """One accepted change of a process. Revisions have no gaps; a command id occurs once."""

    revision: int
    kind: str
    actor: str
    at: datetime
    command_id: str
    on_behalf_of: str | None = None
    reason: str = ""
    changes: tuple[Change, ...] = ()
