"""What is refused about people: who answers to whom, who goes and who moves."""

from appraisal.errors import AppraisalError


class InvalidPeople(AppraisalError):
    """An order for many people names nobody, too many, or one twice."""


class AnswersToHimself(AppraisalError):
    """Nobody is the own superior."""


class AnswersAlready(AppraisalError):
    """The person answers to that superior already."""


class ReportingLoop(AppraisalError):
    """A reporting line would go round in a circle."""


class LaterChange(AppraisalError):
    """A later period of the same assignment is on record; a change before it would not last."""


class StaleLine(AppraisalError):
    """A reporting line has changed since it was shown."""


class AlreadyReported(AppraisalError):
    """A report of this person waits for HR; there is one at a time."""


class InvalidDeparture(AppraisalError):
    """An order that somebody has gone contradicts itself."""


class AwayAlready(AppraisalError):
    """Somebody is away in that time by another order."""


class NotAway(AppraisalError):
    """Nobody returns who is not away."""
