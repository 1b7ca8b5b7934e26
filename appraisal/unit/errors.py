"""The ways the rules say no where a unit's own performance is concerned."""

from appraisal.errors import AppraisalError


class QuarterNotEnded(AppraisalError):
    """What a quarter has reached is known once it is over."""


class MissingEvidence(AppraisalError):
    """This value must be shown by a document."""


class UnitResultMissing(AppraisalError):
    """Ratings of a unit are settled once its own result is set."""
