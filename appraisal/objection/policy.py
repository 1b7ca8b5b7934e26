"""What a policy says of objections (keberatan).

The sources give the window (14 days since the receipt), to whom (the superior of the supervisor), that both are heard and
that the decision is final. Whether the days are calendar or working days and how long the decision may take was not found:
that is the agency's own policy, and the dates that come with Jenjang are a proposal. Rules: objection, objection_terms.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from appraisal.policy.document import Part, Rung, ladder_document
from appraisal.policy.spans import Calendar, checked_length
from appraisal.vocabulary import EndRule

OBJECTION_RULES = (EndRule.HAND_TO_HR, EndRule.GO_ON)
"""What becomes of an objection on which nobody decided: HR decides, or the rating stands and it is recorded as undecided."""


class AtClosing(StrEnum):
    """What the closing of the cycle makes of an objection that is still open: the rating stands, or the year has none."""

    STANDS = "stands"
    UNRATED = "unrated"


@dataclass(frozen=True, slots=True)
class ObjectionPolicy:
    """`window` counts from the delivery of the result; `account`, `due` and `end` from the objection.

    Until `account` the supervisor answers; by `due` it is decided. Reminders and ladder are those of any step.
    """

    window: str
    account: str
    remind: tuple[str, ...]
    due: str
    escalate: tuple[Rung, ...]
    end: str
    end_rule: EndRule
    at_closing: AtClosing

    @staticmethod
    def read(part: Part) -> "ObjectionPolicy":
        """This part of a policy; InvalidPolicy names the key that is wrong."""
        lengths = {
            name: checked_length(part.text(name), part.place(name)) for name in ("window", "account", "due", "end")
        }
        found = ObjectionPolicy(
            **lengths,
            remind=part.reminders(),
            escalate=part.ladder(),
            end_rule=EndRule(part.one_of("end_rule", OBJECTION_RULES)),
            at_closing=AtClosing(part.one_of("at_closing", tuple(AtClosing))),
        )
        part.knows_only(tuple(found.document()))
        return found

    def document(self) -> dict[str, Any]:
        """This policy as a document has it."""
        plain = {"window": self.window, "account": self.account, "remind": list(self.remind), "due": self.due}
        rules = {"end_rule": str(self.end_rule), "at_closing": str(self.at_closing)}
        return {**plain, "escalate": ladder_document(self.escalate), "end": self.end, **rules}


@dataclass(frozen=True, slots=True)
class ObjectionTerms:
    """The policy as frozen for a cycle, with the calendar by which its dates are found once somebody objects."""

    policy: ObjectionPolicy
    calendar: Calendar

    @staticmethod
    def of(policy: ObjectionPolicy, calendar: Calendar, earliest: datetime, closes: datetime) -> "ObjectionTerms":
        """Every case carries these terms, so that of the days off only those are kept that can matter."""
        first, last = (earliest - timedelta(days=1)).date(), (closes + timedelta(days=1)).date()
        holidays = tuple(day for day in calendar.holidays if first <= day <= last)
        return ObjectionTerms(policy, replace(calendar, holidays=holidays))
