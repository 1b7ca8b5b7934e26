"""The ways the rules say no where plans for seats are made."""

from appraisal.errors import AppraisalError


class NoPlanInTime(AppraisalError):
    """The optimiser has found no plan in the time that it has."""


class HeadNotHeard(AppraisalError):
    """The head of the unit has still time to say what he thinks of this proposal."""


class HeadsTimeOver(AppraisalError):
    """Heads of units are not asked, or not any more."""


class StaleNomination(AppraisalError):
    """Somebody has decided on a nomination since it was seen."""
