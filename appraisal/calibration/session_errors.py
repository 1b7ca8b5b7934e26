"""The ways a calibration session says no, beside those of appraisal.errors."""

from appraisal.errors import AppraisalError


class TooLateToUndo(AppraisalError):
    """A decision stands: its time to be undone is over, or somebody has gone on from it."""


class NothingToUndo(AppraisalError):
    """There is no decision that could be taken back, or it is being taken back already."""


class FollowsUnit(AppraisalError):
    """Whoever leads a unit has the unit's result as the rating of results."""


class NotInvited(AppraisalError):
    """The person was not asked for a view in this session."""


class VotesOnHimself(AppraisalError):
    """Nobody votes on himself, or on a rating that he gave."""


class VotesOpened(AppraisalError):
    """First votes are open for all to see; nobody votes any more."""


class NoVotes(AppraisalError):
    """In this session nobody is asked for first votes, or not yet."""


class StaleProposal(AppraisalError):
    """Somebody else has changed the same part of the board since it was shown."""
