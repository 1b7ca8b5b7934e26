"""How units work: five or six days a week, and in which zone."""

from typing import Annotated

from pydantic import BaseModel, Field

from adapters.database.reads import calendars
from adapters.database.reads.calendars import UnitWeek
from api.errors import NOT_FOUND
from api.routes.appraisals import Key
from api.security import Officer
from api.services import Jenjang, Services
from api.strict import CLOSED, json_router
from appraisal.policy.dates import schedule

router = json_router("/schedules", ("calendar",))


class Week(BaseModel):
    """Days of the week, 5 or 6, and the zone (WIB, WITA, WIT); without a zone it is that of a cycle's policy."""

    week: int
    zone: str | None = Field(default=None, max_length=40)


@router.get("")
async def schedules(visitor: Officer, jenjang: Jenjang) -> tuple[UnitWeek, ...]:
    """How every unit works today, by name; `of` names the unit that says so."""
    async with jenjang.reading() as session:
        return await calendars.unit_weeks(session, jenjang.today())


@router.put("/{unit}", status_code=204)
async def put(unit: Key, week: Annotated[Week, CLOSED], visitor: Officer, jenjang: Jenjang) -> None:
    """Set how a unit works, and every unit below it that says nothing else. Running cycles keep their dates."""
    await work_like(jenjang, visitor.id, unit, week)


@router.delete("/{unit}", status_code=204)
async def take_away(unit: Key, visitor: Officer, jenjang: Jenjang) -> None:
    """The unit works as the unit above it does."""
    if not await jenjang.schedules.take_away(unit):
        raise NOT_FOUND


async def work_like(jenjang: Services, who: str, unit: str, week: Week) -> None:
    """InvalidSchedule or NOT_FOUND change nothing."""
    if not await jenjang.schedules.set(unit, schedule(week.week, week.zone), who, jenjang.now()):
        raise NOT_FOUND
