"""Which policies there are: the newest version that HR has saved, else the file that comes with the program."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any

from pydantic import Field

from adapters import policy_files
from adapters.database.desk.policies import PolicyVersion
from adapters.database.reads import calendars
from api.services import Services
from appraisal.errors import InvalidPolicy
from appraisal.policy.dates import Dates, calendar_years, dates
from appraisal.policy.document import NAME
from appraisal.policy.policy import Policy
from appraisal.policy.sample import SampleStep, sample, sample_start
from appraisal.text import reason

PolicyName = Annotated[str, Field(pattern=f"^{NAME}$")]
PolicyNumber = Annotated[int, Field(ge=1, le=1_000_000)]
SAMPLE_YEAR_FROM = timedelta(days=90)
"""Towards its end, a year is no longer what a policy is written for."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A policy in a sample year: the agency's dates, and a sample case. `starts_at` is the year's first working day."""

    year: int
    starts_at: datetime
    dates: Dates
    steps: tuple[SampleStep, ...]


async def policy_names(jenjang: Services) -> tuple[str, ...]:
    """The policies that there are, by name."""
    return tuple(one.name for one in await policies(jenjang))


async def policies(jenjang: Services) -> tuple[PolicyVersion, ...]:
    """The newest version of each, by name."""
    files = {name: found for name in policy_files.shipped_names() if (found := _shipped(name))}
    saved = {one.name: one for one in await jenjang.policies.newest()}
    return tuple(one for _, one in sorted({**files, **saved}.items()))


async def versions(jenjang: Services, name: str) -> tuple[PolicyVersion, ...]:
    """All versions of this policy, newest first; none if there is no such policy."""
    saved, file = await jenjang.policies.versions(name), _shipped(name)
    kept = {one.version for one in saved}
    return (*saved, file) if file and file.version not in kept else saved


async def policy_named(jenjang: Services, name: str, version: int | None = None) -> Policy:
    """The policy of this name, the newest unless a version is named; InvalidPolicy if there is none."""
    found = await versions(jenjang, name)
    if not found:
        known = ", ".join(await policy_names(jenjang))
        raise InvalidPolicy(f"There is no policy '{name}'.", "policy", f"Choose one of: {known}.")
    for one in found:
        if version in (None, one.version):
            return Policy.read(one.document)
    remedy = f"The newest is {found[0].version}."
    raise InvalidPolicy(f"The policy '{name}' has no version {version}.", "policy_version", remedy)


async def looked_at(jenjang: Services, policy: Policy) -> Sample:
    """The policy in a sample year, with the days off and the units of today; InvalidPolicy if its dates contradict."""
    year = (jenjang.today() + SAMPLE_YEAR_FROM).year
    async with jenjang.reading() as session:
        almanac = await calendars.almanac_of(session, calendar_years(year))
        schedules = await calendars.unit_schedules(session, jenjang.today())
    starts_at = sample_start(policy, year, almanac.off)
    found = dates(policy, starts_at, year, almanac, schedules)
    return Sample(year, starts_at, found, sample(found.timetable, starts_at))


def drafted(name: str, document: dict[str, Any], based_on: int) -> Policy:
    """The policy in this document, as the version after `based_on`; its own name and number count for nothing."""
    return Policy.read({**document, "name": name, "version": based_on + 1})


async def save(jenjang: Services, author: str, policy: Policy, why: str) -> PolicyVersion:
    """Keep it as the next version. A refusal (InvalidPolicy, MissingReason, InvalidText, StalePolicy) changes nothing.

    Cycles that run keep what they were launched with.
    """
    why = reason(why)
    await looked_at(jenjang, policy)
    new = PolicyVersion(policy.name, policy.version, policy.document(), author, why, jenjang.now())
    file = _shipped(policy.name)
    return await jenjang.policies.save(new, file.version if file else 0)


def _shipped(name: str) -> PolicyVersion | None:
    document = policy_files.shipped(name)
    return PolicyVersion(name, document.get("version", 1), document) if document else None
