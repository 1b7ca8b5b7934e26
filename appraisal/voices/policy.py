"""What a policy says of other voices: which are asked, how many of each, when, and from how many answers on anything is shown."""

from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any

from appraisal.errors import InvalidPolicy
from appraisal.policy.document import Part
from appraisal.policy.spans import Calendar, Instants, instants

LEAST_SHOWN = 3
"""Of two answers each of the two knows the other's. No policy can go below. Rule: voices_shown_from."""
MOST = 20
"""Of one kind; whoever asks more people asks nobody in particular."""


class Kind(StrEnum):
    """How somebody who is asked stands to the employee. Rule: voices_asked."""

    PEER = "peer"
    SUBORDINATE = "subordinate"


@dataclass(frozen=True, slots=True)
class VoicesPolicy:
    """At most so many `peers` and `subordinates` are asked (0: none of them), within the window from `opens` to `end`.

    `shown_from`: of how many answers anything is shown. `texts`: whether words are asked for and shown besides the scale.
    Rules: voices_asked, voices_shown_from.
    """

    peers: int
    subordinates: int
    shown_from: int
    texts: bool
    opens: str
    remind: tuple[str, ...]
    due: str
    end: str

    @staticmethod
    def read(part: Part) -> "VoicesPolicy":
        """This part of a policy; InvalidPolicy names the key that is wrong."""
        found = VoicesPolicy(
            peers=part.number("peers", least=0),
            subordinates=part.number("subordinates", least=0),
            shown_from=part.number("shown_from", least=LEAST_SHOWN),
            texts=part.flag("texts"),
            opens=part.text("opens"),
            remind=part.reminders(),
            due=part.text("due"),
            end=part.text("end"),
        )
        part.knows_only(tuple(found.document()))
        _possible(found, part)
        return found

    def document(self) -> dict[str, Any]:
        """This part as a document has it."""
        return {one.name: getattr(self, one.name) for one in fields(self)} | {"remind": list(self.remind)}

    def most(self, kind: Kind) -> int:
        """How many of this kind are asked at most."""
        return self.peers if kind is Kind.PEER else self.subordinates

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds that are asked at all."""
        return tuple(kind for kind in Kind if self.most(kind))

    def instants(self, start: datetime, year: int, calendar: Calendar, review_ends: datetime) -> Instants:
        """The window as instants; InvalidPolicy where its dates contradict each other, or it ends too late to be of use."""
        found = instants(self, "voices", start, year, calendar)
        if not max(start, found.opens) < found.due <= found.end:
            what = f"These dates are not in order: opens {found.opens}, due {found.due}, ends {found.end}."
            raise InvalidPolicy(what, "voices", "Order them: opens, due, end.")
        if found.end > review_ends:
            raise InvalidPolicy("It ends after the review does.", "voices.end", "Let it end before the review ends.")
        return found


def _possible(policy: VoicesPolicy, part: Part) -> None:
    if not policy.kinds:
        raise InvalidPolicy(
            "Nobody would be asked.", part.place("peers"), "Ask peers or subordinates, or leave it out."
        )
    for kind in policy.kinds:
        where = part.place(f"{kind}s")
        if policy.most(kind) < policy.shown_from:
            remedy = f"Ask at least {policy.shown_from} of them, or 0."
            raise InvalidPolicy("So few could never be shown.", where, remedy)
        if policy.most(kind) > MOST:
            raise InvalidPolicy(f"More than {MOST} are too many.", where, f"Ask at most {MOST} of them.")
