"""Policies: what HR may set for a cycle, in versions. Look at what one would do, then save it."""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import Path, Query
from pydantic import BaseModel, Field

from adapters.database.desk.policies import PolicyVersion
from adapters.database.reads import directory
from api import policies
from api.errors import NOT_FOUND
from api.policies import PolicyNumber, drafted, looked_at
from api.security import Officer
from api.services import Jenjang, Services
from api.strict import CLOSED, json_router
from appraisal.periods.periods import PeriodDates
from appraisal.policy.document import NAME
from appraisal.policy.sample import SampleStep

router = json_router("/policies", ("policies",))
Name = Annotated[str, Path(pattern=f"^{NAME}$")]


class Listed(BaseModel):
    """A version without its content. `author` and `created_at` are null for what comes with the program."""

    name: str
    version: int
    author: str | None
    author_name: str
    reason: str
    created_at: datetime | None


class Version(Listed):
    """A version; `document` is what a policy file holds."""

    document: dict[str, Any]


class Draft(BaseModel):
    """A policy that is not saved. `name` and `version` of the document count for nothing."""

    document: dict[str, Any]


class Edit(Draft):
    """A policy to save as the version after `based_on`, the newest that its author has seen; 0 for a new name."""

    based_on: int = Field(ge=0, le=1_000_000)
    reason: str


class Saved(BaseModel):
    """The version that is the newest now."""

    name: str
    version: int


class Preview(BaseModel):
    """The dates in a sample year. `units` have dates of their own; the days off of the years `unconfirmed` are not certain.

    `steps`: a case that comes to each step when the one before is due, and what rings there if nobody does anything.
    """

    year: int
    starts_at: datetime
    closes: datetime
    grace: timedelta
    calendar: int
    unconfirmed: tuple[int, ...]
    units: int
    steps: tuple[SampleStep, ...]
    periods: tuple[PeriodDates, ...] = ()


@router.get("")
async def all_of_them(visitor: Officer, jenjang: Jenjang) -> tuple[Listed, ...]:
    """The newest version of each policy, by name."""
    found = await policies.policies(jenjang)
    names = await authors(jenjang, found)
    return tuple(Listed(**_told(one, names)) for one in found)


@router.get("/{name}")
async def one_of_them(
    name: Name, visitor: Officer, jenjang: Jenjang, version: Annotated[PolicyNumber | None, Query()] = None
) -> Version:
    """The newest version of a policy, or the one that is asked for."""
    for one in await policies.versions(jenjang, name):
        if version in (None, one.version):
            return Version(**_told(one, await authors(jenjang, (one,))), document=one.document)
    raise NOT_FOUND


@router.post("/{name}/preview")
async def preview(name: Name, draft: Annotated[Draft, CLOSED], visitor: Officer, jenjang: Jenjang) -> Preview:
    """What this policy would do in a sample year. Nothing is saved."""
    found = await looked_at(jenjang, drafted(name, draft.document, 0))
    return Preview(
        year=found.year,
        starts_at=found.starts_at,
        closes=found.dates.timetable.closes,
        grace=found.dates.timetable.grace,
        calendar=found.dates.calendar or 0,
        unconfirmed=found.dates.unconfirmed,
        units=sum(len(own.units) for own in found.dates.units),
        steps=found.steps,
        periods=found.dates.timetable.periods,
    )


@router.put("/{name}")
async def save(name: Name, edit: Annotated[Edit, CLOSED], visitor: Officer, jenjang: Jenjang) -> Saved:
    """Save a policy as its next version. The same sent again is answered alike; cycles that run keep what they have."""
    policy = drafted(name, edit.document, edit.based_on)
    saved = await policies.save(jenjang, visitor.id, policy, edit.reason)
    return Saved(name=saved.name, version=saved.version)


async def authors(jenjang: Services, found: tuple[PolicyVersion, ...]) -> dict[str, str]:
    """The names of those who saved these versions; officers' accounts have none."""
    async with jenjang.reading() as session:
        return await directory.person_names(session, tuple(one.author for one in found if one.author))


def _told(one: PolicyVersion, names: dict[str, str]) -> dict[str, Any]:
    plain = {name: value for name, value in asdict(one).items() if name != "document"}
    return {**plain, "author_name": names.get(one.author or "", "")}
