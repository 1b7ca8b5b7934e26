"""The ways the rules say no where recognition and career are concerned."""

from appraisal.errors import AppraisalError


class InvalidCareerPolicy(AppraisalError):
    """A cut-off above 100 or out of order, a better predicate below a worse one, an unknown rounding."""


class NothingProposed(AppraisalError):
    """Nothing of this kind is proposed for this person: there is nothing to decide."""


class ProposalChanged(AppraisalError):
    """What is proposed is not what was seen any more."""


class InvalidChange(AppraisalError):
    """Something else than proposed can be decided of some proposals only, and within bounds."""


class NamesNoMember(AppraisalError):
    """A member of the committee decides, by name; HR only keeps the record."""


class DecidesOnHimself(AppraisalError):
    """Nobody decides on the own career."""
