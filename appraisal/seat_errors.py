"""The ways the rules say no where plans for seats are made."""

from appraisal.errors import AppraisalError


class NoPlanInTime(AppraisalError):
    """The optimiser has found no plan in the time that it has."""


class StaleNomination(AppraisalError):
    """Somebody has decided on a nomination since it was seen."""
