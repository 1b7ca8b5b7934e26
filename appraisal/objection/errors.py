"""The ways in which an objection is refused; errors.py has all others."""

from appraisal.errors import AppraisalError


class InvalidObjection(AppraisalError):
    """An objection names nothing that could be objected to."""


class InvalidRuling(AppraisalError):
    """A decision on an objection would change nothing and yet is no upholding."""


class ObjectionsNotTaken(AppraisalError):
    """The dates of this cycle know no objections."""


class ObjectionTooLate(AppraisalError):
    """The time to object is over."""


class AlreadyObjected(AppraisalError):
    """There is one objection to a rating."""


class NotHeard(AppraisalError):
    """A decision before the supervisor has answered, or has let the time for it pass."""


class ObjectionOver(AppraisalError):
    """An objection that has ended is not opened again: its decision is final."""


class DecidesOwnRating(AppraisalError):
    """Neither the employee nor whoever rated decides on an objection to that rating."""
