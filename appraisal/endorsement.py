"""The look of the second level at a review, before the calibration: what can be asked, and what is kept of it.

No regulation asks for it: there the superior of the supervisor signs only after an objection. So it is an agency's own
choice. Rule: endorsement.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class EndorseReview:
    """The superior of the supervisor lets the review go on to the calibration as it is."""

    comment: str = ""
    kind: Literal["endorse_review"] = "endorse_review"


@dataclass(frozen=True, slots=True)
class ReturnReview:
    """He sends it back to be amended. The ratings remain the supervisor's own: nobody changes them here."""

    reason: str
    kind: Literal["return_review"] = "return_review"


EndorsementCommand = EndorseReview | ReturnReview


@dataclass(frozen=True, slots=True)
class Look:
    """One look at a review: who took it, what was said, and whether the review went on or back."""

    endorsed: bool
    text: str
    by: str
    at: datetime
