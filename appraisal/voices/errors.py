"""What is refused about other voices: who may be asked, and what may be answered when."""

from appraisal.errors import AppraisalError


class AsksNoVoices(AppraisalError):
    """The cycle's policy asks nobody else about anybody's behaviour."""


class NamesHimself(AppraisalError):
    """Nobody is asked about himself."""


class NamesSuperior(AppraisalError):
    """Superiors, the head and whoever acts for them rate already; they are no other voices."""


class NamesOfficer(AppraisalError):
    """HR officers look after this very case."""


class WorksElsewhere(AppraisalError):
    """Whoever is asked works beside or under the employee."""


class AskedAlready(AppraisalError):
    """Nobody is asked twice about one employee."""


class TooManyVoices(AppraisalError):
    """The policy says how many of each kind are asked at most."""


class NotAsked(AppraisalError):
    """Only those who are asked answer or decline."""


class AnsweredAlready(AppraisalError):
    """An answer is given once, and cannot be found again to be changed."""


class DeclinedAlready(AppraisalError):
    """Whoever has declined does not answer any more."""


class InvalidAnswer(AppraisalError):
    """An answer rates at least one behaviour, on the scale."""
