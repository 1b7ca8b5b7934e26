"""What the activities need from the outside world when people move. Adapters implement these by shape, as those of ports.py."""

from datetime import datetime
from typing import Protocol

from appraisal.access import Actor
from appraisal.cycle import Leadership
from appraisal.parties import Parties
from appraisal.people.appointment import Appointment
from appraisal.people.departure import Departure, Own, Result
from appraisal.people.parts import Part
from appraisal.people.superior_report import Report
from appraisal.people.superiors import Replacement
from appraisal.voices.ground import Ground
from appraisal.voices.voices import Opening, Round


class Organisation(Protocol):
    """The organisation as of now, or as of `at` where that is later: acting officials begin and end at an instant."""

    async def moved(self, at: datetime | None = None) -> tuple[tuple[str, int, Parties], ...]:
        """(case id, revision, parties of today) of each open case whose superiors or head have changed.

        And the same of each open evaluation of a period. Once that is over, they are whoever was above the employee on its
        last day, as far as they are still there.
        """

    async def moved_heads(self, at: datetime | None = None) -> tuple[tuple[str, int, Leadership], ...]:
        """(calibration id, revision, leadership of today) of each open calibration whose head or his superior changed."""

    async def split(self) -> tuple[tuple[str, int, tuple[Part, ...]], ...]:
        """(case id, revision, parts of today) of each open case whose employee has moved and which does not say so."""


class Appointments(Protocol):
    """Who acts for whom. Each call is one transaction; repeated, it changes nothing."""

    async def make(self, appointment: Appointment) -> None:
        """Keep the appointment and its event; a refusal of the rules changes nothing."""

    async def end(self, appointment: Appointment) -> None:
        """Keep that it ends earlier."""


class Superiors(Protocol):
    """Who answers to whom. Each call is one transaction; repeated, it changes nothing."""

    async def replace(self, replacement: Replacement) -> None:
        """Close the running assignments and open others, all or nothing; a refusal of the rules changes nothing."""

    async def keep_report(self, report: Report) -> None:
        """Keep the report's newest event; an accepted one moves the person. A refusal changes nothing."""


class Voices(Protocol):
    """Who is asked about whom. Repeated, a call changes nothing."""

    async def ground(self, opening: Opening) -> Ground:
        """Who can be asked, and who decides on it, as of today."""

    async def keep(self, round: Round) -> None:
        """Keep the round's newest event, in one transaction; a refusal changes nothing."""


class Departures(Protocol):
    """Who is not there. Each call is one transaction; repeated, it changes nothing."""

    async def keep(self, departure: Departure) -> None:
        """Keep who goes, and end the assignments of those who go for good; a refusal changes nothing."""

    async def keep_return(self, departure: Departure) -> tuple[tuple[str, str], ...]:
        """Keep who is back; (case, person) of what this order has put on hold for them."""

    async def unsettled(self, order: str) -> tuple[Own, ...]:
        """The own cases and appointments of whoever goes by this order of which nothing is on record yet."""

    async def keep_results(self, order: str, results: tuple[Result, ...]) -> None:
        """Keep what became of some of them."""

    async def settled(self, order: str, at: datetime) -> int:
        """Keep that all of it has been tried, and tell HR of what was refused; how many were."""


class ActingProcesses(Protocol):
    """Appointments to act, as other processes reach them."""

    async def end(self, appointment: str, actor: Actor, command_id: str) -> str:
        """End it now, once per command id. Returns '' or the code of the refusal."""
