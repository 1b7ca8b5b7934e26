"""What is found out about a file before anything is written."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from appraisal.roster.importing import Import
from appraisal.roster.roster import Difference, Problem


@dataclass(frozen=True, slots=True)
class Examined:
    """A file against the record: what is wrong, what would change, and how to write it as HR has decided."""

    problems: tuple[Problem, ...]
    differences: tuple[Difference, ...]
    write: Callable[[Import], Awaitable[None]]
