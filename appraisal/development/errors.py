"""The ways the rules say no where a development plan is concerned."""

from appraisal.errors import AppraisalError


class PlanChanged(AppraisalError):
    """The plan is not what was seen any more: somebody has changed it, or the record proposes something else."""


class InvalidNeed(AppraisalError):
    """A need that this person cannot add, or a level that is no gap."""


class InvalidTerm(AppraisalError):
    """A need is met from today on, and within the plan's year or after it."""


class NotPlannedYet(AppraisalError):
    """Of some need nobody has said how it is met and by when: there is nothing to agree to yet."""


class NothingToChange(AppraisalError):
    """The plan has no such need, or it is like this already."""
