"""What the heads of a session have proposed so far: one board for all of them, on which nobody overwrites another unseen."""

from dataclasses import dataclass, replace
from datetime import datetime

from appraisal.text import checked
from appraisal.vocabulary import Rating

JUSTIFICATION = ""
"""Stands for the whole unit where a member could stand: its `reason` is the justification."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One part of the board: the ratings proposed for a member, with the reason, and whether he has been discussed.

    No ratings: those of the review. `revision`, `by` and `at`: which change of the board left it so, by whom and when.
    """

    employee: str
    results: Rating | None = None
    behaviour: Rating | None = None
    reason: str = ""
    discussed: bool = False
    revision: int = 0
    by: str | None = None
    at: datetime | None = None

    @property
    def said(self) -> tuple[Rating | None, Rating | None, str, bool]:
        return self.results, self.behaviour, self.reason, self.discussed


@dataclass(frozen=True, slots=True)
class WorkingBoard:
    """The board after so many changes."""

    revision: int = 0
    proposals: tuple[Proposal, ...] = ()

    def of(self, employee: str) -> Proposal:
        """What stands there for this member; an empty proposal if nothing does."""
        return next((one for one in self.proposals if one.employee == employee), Proposal(employee))

    def without(self, employee: str) -> "WorkingBoard":
        """The board as somebody reads it who may be a member himself."""
        return replace(self, proposals=tuple(one for one in self.proposals if one.employee != employee))

    def since(self, revision: int) -> tuple[Proposal, ...]:
        """What has been changed after this revision."""
        return tuple(one for one in self.proposals if one.revision > revision)


@dataclass(frozen=True, slots=True)
class Change:
    """The board with the wishes of one person in it; or, where there are `conflicts`, the board as it was.

    A conflict is what somebody else has left in a place that the person wants to change without having seen it.
    """

    board: WorkingBoard
    changed: tuple[Proposal, ...] = ()
    conflicts: tuple[Proposal, ...] = ()


def changed(board: WorkingBoard, seen: int, wishes: tuple[Proposal, ...], by: str, at: datetime) -> Change:
    """What becomes of the board; `seen` is the revision that the person had before him. All wishes count, or none does.

    Two people may work on different members at once; a wish that says what stands there already is none. InvalidText
    for a text that cannot be kept.
    """
    clean = tuple(replace(wish, reason=_text(wish)) for wish in wishes)
    new = tuple(wish for wish in clean if wish.said != board.of(wish.employee).said)
    conflicts = tuple(board.of(wish.employee) for wish in new if board.of(wish.employee).revision > seen)
    if conflicts or not new:
        return Change(board, (), conflicts)
    revision = board.revision + 1
    made = tuple(replace(wish, revision=revision, by=by, at=at) for wish in new)
    names = {one.employee for one in made}
    kept = tuple(one for one in board.proposals if one.employee not in names)
    return Change(WorkingBoard(revision, (*kept, *made)), made)


def _text(wish: Proposal) -> str:
    where = f"reasons[{wish.employee}]" if wish.employee else "justification"
    return checked(wish.reason.replace("\r\n", "\n"), where, required=False)
