"""The ways the rules say no about the periods of a cycle and about feedback."""

from appraisal.errors import AppraisalError


class AnotherSuperiorsPeriod(AppraisalError):
    """A period is rated by whoever was the superior at its end."""


class EvidenceMissing(AppraisalError):
    """The policy asks for evidence with each realisation of a period."""


class NoTargetsYet(AppraisalError):
    """There is no period to report on or to rate before the targets have been agreed."""


class NothingReferredTo(AppraisalError):
    """Feedback is about a target of the plan or about one of the seven values."""
