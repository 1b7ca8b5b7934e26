"""What can be asked of a case. `kind` names the command on the wire and equals the action that the table of rights knows."""

from dataclasses import dataclass
from typing import Literal

from appraisal.access import Actor
from appraisal.acting import Acting
from appraisal.assessment import Review, SelfAssessment
from appraisal.targets import Plan
from appraisal.vocabulary import Rating


@dataclass(frozen=True, slots=True)
class SubmitTargets:
    plan: Plan
    kind: Literal["submit_targets"] = "submit_targets"


@dataclass(frozen=True, slots=True)
class ApproveTargets:
    comment: str = ""
    kind: Literal["approve_targets"] = "approve_targets"


@dataclass(frozen=True, slots=True)
class ReturnTargets:
    reason: str
    kind: Literal["return_targets"] = "return_targets"


@dataclass(frozen=True, slots=True)
class SubmitSelfAssessment:
    assessment: SelfAssessment
    kind: Literal["submit_self_assessment"] = "submit_self_assessment"


@dataclass(frozen=True, slots=True)
class SubmitReview:
    review: Review
    kind: Literal["submit_review"] = "submit_review"


@dataclass(frozen=True, slots=True)
class Calibrate:
    """The ratings as the unit's calibration leaves them; `reason` is empty where nothing changed."""

    results: Rating
    behaviour: Rating
    reason: str
    decided_by: str
    calibration: str
    on_behalf_of: str | None = None
    kind: Literal["calibrate"] = "calibrate"


@dataclass(frozen=True, slots=True)
class Acknowledge:
    comment: str = ""
    kind: Literal["acknowledge"] = "acknowledge"


@dataclass(frozen=True, slots=True)
class Nominate:
    """What the nomination decided: a training, or none; the reason either way."""

    training: str | None
    reason: str
    decided_by: str
    kind: Literal["nominate"] = "nominate"


@dataclass(frozen=True, slots=True)
class FollowLine:
    """The reporting line as it is now, nearest superior first, and who acts for whom in it."""

    line: tuple[str, ...]
    head: str | None
    unit: str
    acting: tuple[Acting, ...] = ()
    kind: Literal["follow_line"] = "follow_line"


Command = (
    SubmitTargets
    | ApproveTargets
    | ReturnTargets
    | SubmitSelfAssessment
    | SubmitReview
    | Calibrate
    | Acknowledge
    | Nominate
    | FollowLine
)


@dataclass(frozen=True, slots=True)
class Order:
    """A command with who gives it and, where a page was shown, the revision that the person saw."""

    command: Command
    actor: Actor
    expected_revision: int | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an accepted order is answered with, once it is stored."""

    revision: int
    step: str
