"""What a session can be asked beside deciding: silent first votes, and taking a decision back; and what is kept of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class Undo:
    """Take the last decision back: everybody goes back to where he was, or nobody does."""

    reason: str
    kind: Literal["undo"] = "undo"


@dataclass(frozen=True, slots=True)
class AskForVotes:
    """Ask these people, who reviewed members of the unit, for a silent first view on those they did not review."""

    voters: tuple[str, ...]
    kind: Literal["ask_for_votes"] = "ask_for_votes"


@dataclass(frozen=True, slots=True)
class OpenVotes:
    """Show the first views; nobody can give one any more."""

    kind: Literal["open_votes"] = "open_votes"


@dataclass(frozen=True, slots=True)
class Undoing:
    """An undo that was accepted and is being carried out: `members` go back. `revision` is that of its event."""

    by: str
    at: datetime
    reason: str
    members: tuple[str, ...]
    revision: int
    on_behalf_of: str | None = None


@dataclass(frozen=True, slots=True)
class Undone:
    """What came of the last undo, of a decision for so many `people`. `stayed`: who had gone on, so that all were put back."""

    round: int
    by: str
    at: datetime
    reason: str
    decided_by: str
    decided_at: datetime
    people: int
    stayed: tuple[str, ...] = ()
    on_behalf_of: str | None = None
