"""What is refused about requests to erase own data."""

from appraisal.errors import AppraisalError


class NothingNamed(AppraisalError):
    """A request to erase names nothing that should go."""


class NothingToErase(AppraisalError):
    """All that was asked for stays, on grounds; then the request is refused."""
