"""A clock that stands still: of a case, of a unit's calibration, of the nomination."""

from dataclasses import dataclass
from datetime import datetime

from appraisal.errors import InvalidHold
from appraisal.timetable import Planned
from appraisal.vocabulary import Alarm


@dataclass(frozen=True, slots=True)
class Held:
    """The clock stands still since this instant; `until` is when it goes on by itself, if that is known."""

    since: datetime
    until: datetime | None
    reason: str
    decided_by: str

    def next_alarm(self, closing: datetime) -> Planned:
        """The one thing that rings during a hold: its own end, or the closing of the cycle, which no hold outlives."""
        return (self.until, Alarm.RELEASE) if self.until and self.until < closing else (closing, Alarm.CLOSE)


def demand_end(until: datetime | None, at: datetime, closes: datetime) -> None:
    """InvalidHold unless a hold that begins now may end then. Without an end it lasts until somebody ends it."""
    if until and not at < until <= closes:
        raise InvalidHold("A hold ends in the future, and before the cycle closes.", "until", "Choose another day.")
