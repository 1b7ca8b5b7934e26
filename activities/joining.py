"""What letting people take part in a running cycle needs: a look at the record, and their names on its list."""

from dataclasses import dataclass
from typing import Protocol

from temporalio import activity

from appraisal.people.joining import Found


class Joiners(Protocol):
    """The list of participants of a cycle that runs."""

    async def found(self, cycle: str, people: tuple[str, ...]) -> Found:
        """What the record says of these people today."""

    async def enlist(self, cycle: str, people: tuple[str, ...]) -> None:
        """Put them on the list, each in the calibration pool of today; whoever is on it stays as he is."""


@dataclass(frozen=True, slots=True)
class Joining:
    """These people and that cycle."""

    cycle: str
    people: tuple[str, ...]


class JoiningActivities:
    """Looking changes nothing; enlisting is one transaction and harmless to repeat."""

    def __init__(self, joiners: Joiners) -> None:
        self._joiners = joiners

    @activity.defn
    async def look_at_joiners(self, joining: Joining) -> Found:
        """Who of them takes part already, and who can."""
        return await self._joiners.found(joining.cycle, joining.people)

    @activity.defn
    async def enlist(self, joining: Joining) -> None:
        """Put them on the cycle's list."""
        await self._joiners.enlist(joining.cycle, joining.people)
