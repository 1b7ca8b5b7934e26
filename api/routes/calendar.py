"""The calendar: which days of a year are off, who says so, and whether that is certain."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Path

from adapters.database.reads import calendars
from api.security import Officer
from api.services import Jenjang
from api.strict import json_router
from appraisal.policy.almanac import Holiday

router = json_router("/calendar", ("calendar",))
Year = Annotated[int, Path(ge=2000, le=2100)]


@dataclass(frozen=True, slots=True)
class YearOfDays:
    """The days off of a year as of now. `version` counts the decrees applied so far, of whichever year."""

    year: int
    version: int
    confirmed: bool
    days: tuple[Holiday, ...]


@router.get("/{year}")
async def days_off(year: Year, visitor: Officer, jenjang: Jenjang) -> YearOfDays:
    """What a cycle launched now would be planned with. A day without a `source` is known without a decree."""
    async with jenjang.reading() as session:
        found = await calendars.almanac_of(session, (year,))
    return YearOfDays(year, found.version, not found.unconfirmed, found.days)
