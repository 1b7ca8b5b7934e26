"""An objection (keberatan): what the employee says, what the supervisor answers, and how it ended. Rule: objection."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from appraisal.objection.errors import InvalidObjection
from appraisal.text import evidence_links, reason
from appraisal.vocabulary import Rating


class ObjectionEnd(StrEnum):
    """How an objection ended. UNDECIDED: nobody decided in time; the rating stands."""

    UPHELD = "upheld"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    UNDECIDED = "undecided"


FINAL = (ObjectionEnd.UPHELD, ObjectionEnd.CHANGED, ObjectionEnd.WITHDRAWN)
"""Ends after which the same rating cannot be objected to again."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """What the employee objects to: a rating, how targets (numbers from 1) were seen, or several of these; and why."""

    results: bool
    behaviour: bool
    reason: str
    targets: tuple[int, ...] = ()
    evidence: tuple[str, ...] = ()

    def checked(self, targets: int) -> "Complaint":
        """This complaint with tidy texts; an AppraisalError names what is wrong."""
        if not (self.results or self.behaviour or self.targets):
            what = "Nothing is named that is objected to."
            raise InvalidObjection(what, "results", "Choose a rating or a target.")
        numbers = tuple(sorted(set(self.targets)))
        if numbers and not 1 <= numbers[0] <= numbers[-1] <= targets:
            raise InvalidObjection("There is no such target.", "targets", f"Choose from 1 to {targets}.")
        links = evidence_links(self.evidence, "evidence")
        return Complaint(self.results, self.behaviour, reason(self.reason), numbers, links)


@dataclass(frozen=True, slots=True)
class Account:
    """How the supervisor came to the rating, in the own words."""

    text: str
    evidence: tuple[str, ...] = ()

    def checked(self) -> "Account":
        return Account(reason(self.text, "text"), evidence_links(self.evidence, "evidence"))


@dataclass(frozen=True, slots=True)
class Given:
    """The account, with who gave it and when."""

    account: Account
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Ruling:
    """The final ratings, with the reason; `results` and `behaviour` are those from before where the rating was upheld."""

    results: Rating
    behaviour: Rating
    reason: str
    decided_by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Objection:
    """One employee's objection to one rating. `results` and `behaviour` are the ratings that it is made against.

    `named` is who decides because HR says so.
    """

    complaint: Complaint
    at: datetime
    results: Rating
    behaviour: Rating
    given: Given | None = None
    ruling: Ruling | None = None
    ended: ObjectionEnd | None = None
    named: str | None = None
