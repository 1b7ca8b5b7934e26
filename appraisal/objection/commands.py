"""What can be asked of a case around its delivery: to refuse it, to object, to answer, to decide."""

from dataclasses import dataclass
from typing import Literal

from appraisal.objection.objections import Account, Complaint
from appraisal.vocabulary import Rating


@dataclass(frozen=True, slots=True)
class RefuseAcknowledgement:
    """The employee does not acknowledge the result, and says why."""

    words: str
    kind: Literal["refuse_acknowledgement"] = "refuse_acknowledgement"


@dataclass(frozen=True, slots=True)
class Object:
    complaint: Complaint
    kind: Literal["object"] = "object"


@dataclass(frozen=True, slots=True)
class WithdrawObjection:
    reason: str = ""
    kind: Literal["withdraw_objection"] = "withdraw_objection"


@dataclass(frozen=True, slots=True)
class AnswerObjection:
    account: Account
    kind: Literal["answer_objection"] = "answer_objection"


@dataclass(frozen=True, slots=True)
class DecideObjection:
    """Uphold the rating, which needs no ratings here; or change it to these."""

    reason: str
    results: Rating | None = None
    behaviour: Rating | None = None
    kind: Literal["decide_objection"] = "decide_objection"


@dataclass(frozen=True, slots=True)
class NameDecider:
    """HR names who decides in the place of whoever should: nobody is above the supervisor, or that one cannot."""

    person: str
    reason: str
    kind: Literal["name_decider"] = "name_decider"


ObjectionCommand = RefuseAcknowledgement | Object | WithdrawObjection | AnswerObjection | DecideObjection | NameDecider
