"""The ways the rules say no to sending results to SIASN."""

from appraisal.errors import AppraisalError


class InvalidPush(AppraisalError):
    """An order to send names nothing, too much, one result twice, or one that the cycle does not have."""


class CycleStillRuns(AppraisalError):
    """Results go out once the cycle has closed."""


class NotConnected(AppraisalError):
    """The installation has no connection with SIASN."""
