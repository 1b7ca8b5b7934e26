"""What can be asked of a case. `kind` names the command on the wire and equals the action that the table of rights knows."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from appraisal.access import Actor
from appraisal.assessment import Review, SelfAssessment
from appraisal.endorsement import EndorsementCommand
from appraisal.objection.commands import ObjectionCommand
from appraisal.people.acting import Acting
from appraisal.people.parts import Part
from appraisal.targets import Plan
from appraisal.timetable import Timetable
from appraisal.vocabulary import Rating, Step


@dataclass(frozen=True, slots=True)
class SubmitTargets:
    plan: Plan
    kind: Literal["submit_targets"] = "submit_targets"


@dataclass(frozen=True, slots=True)
class ApproveTargets:
    """The superior agrees to the plan as it was handed in. Rule: plan_agreed."""

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
class TakeBack:
    """The calibration of this case is undone: its ratings are those of the review again, and wait to be calibrated."""

    reason: str
    decided_by: str
    calibration: str
    on_behalf_of: str | None = None
    kind: Literal["take_back"] = "take_back"


@dataclass(frozen=True, slots=True)
class PutBack:
    """The calibration could not be undone for everybody, so it stands for this case too, as if nothing had been."""

    decided_by: str
    calibration: str
    kind: Literal["put_back"] = "put_back"


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """The employee has read the result. Rule: delivery."""

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
    """The reporting line as it is now, nearest superior first, who acts for whom in it, and whether the unit has HR officers.

    Rule: superior_follows.
    """

    line: tuple[str, ...]
    head: str | None
    unit: str
    acting: tuple[Acting, ...] = ()
    unit_hr: bool = False
    kind: Literal["follow_line"] = "follow_line"


@dataclass(frozen=True, slots=True)
class SplitPeriod:
    """The employee has moved to another position within the year; these are its parts now."""

    parts: tuple[Part, ...]
    kind: Literal["split_period"] = "split_period"


@dataclass(frozen=True, slots=True)
class StatePart:
    """An earlier superior says what he saw in the part that began on this day."""

    since: date
    text: str
    results: Rating | None = None
    behaviour: Rating | None = None
    kind: Literal["state_part"] = "state_part"


@dataclass(frozen=True, slots=True)
class Nudge:
    """Remind whoever must act, now."""

    reason: str = ""
    kind: Literal["nudge"] = "nudge"


@dataclass(frozen=True, slots=True)
class Extend:
    """The present step, or the named one, is due later. Without `end` its end moves along with the due date."""

    due: datetime
    reason: str
    step: Step | None = None
    end: datetime | None = None
    kind: Literal["extend"] = "extend"


@dataclass(frozen=True, slots=True)
class Hold:
    """The clock of the case stands still, at most until `until` and never past the closing of the cycle."""

    reason: str
    until: datetime | None = None
    kind: Literal["hold"] = "hold"


@dataclass(frozen=True, slots=True)
class Release:
    """The clock goes on; what lay ahead is later by the time that it stood still."""

    reason: str
    kind: Literal["release"] = "release"


@dataclass(frozen=True, slots=True)
class TakeOver:
    """A superior, or HR, does the step in place of its holder."""

    reason: str
    kind: Literal["take_over"] = "take_over"


@dataclass(frozen=True, slots=True)
class SendBack:
    """An earlier step is done anew."""

    step: Step
    reason: str
    kind: Literal["send_back"] = "send_back"


@dataclass(frozen=True, slots=True)
class CloseUnrateable:
    """The case ends without a rating, because there is nothing that could be rated."""

    reason: str
    kind: Literal["close_unrateable"] = "close_unrateable"


@dataclass(frozen=True, slots=True)
class Reschedule:
    """The cycle's dates have changed while it runs."""

    timetable: Timetable
    reason: str
    decided_by: str
    kind: Literal["reschedule"] = "reschedule"


Command = (
    SubmitTargets
    | ApproveTargets
    | ReturnTargets
    | SubmitSelfAssessment
    | SubmitReview
    | Calibrate
    | TakeBack
    | PutBack
    | Acknowledge
    | Nominate
    | FollowLine
    | SplitPeriod
    | StatePart
    | Nudge
    | Extend
    | Hold
    | Release
    | TakeOver
    | SendBack
    | CloseUnrateable
    | Reschedule
    | ObjectionCommand
    | EndorsementCommand
)
Remedy = Nudge | Extend | Hold | Release | TakeOver | SendBack | CloseUnrateable
"""What HR can do to free a case, one by one or for many at once."""


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
