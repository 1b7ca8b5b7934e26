"""Whoever must act is resolved when needed: open cases follow the organisation as it changes."""

import hashlib
from asyncio import TaskGroup
from datetime import datetime

from temporalio import activity

from activities.pages import AT_ONCE
from activities.people_ports import Organisation
from activities.ports import Cases, Groups
from appraisal.access import ORGANISATION
from appraisal.commands import FollowLine, Order, SplitPeriod
from appraisal.parties import Parties


class OrganisationActivities:
    """Compares open cases and calibrations with the organisation of today."""

    def __init__(self, organisation: Organisation, cases: Cases, groups: Groups) -> None:
        self._organisation, self._cases, self._groups = organisation, cases, groups

    @activity.defn
    async def follow(self) -> int:
        """Re-route whatever stands with somebody who no longer is whom the organisation names; how many were told."""
        return await self._follow(None)

    @activity.defn
    async def follow_from(self, at: datetime) -> int:
        """The same for a process that woke because somebody begins or ends to act at this instant."""
        return await self._follow(at)

    async def _follow(self, at: datetime | None) -> int:
        cases, heads = await self._organisation.moved(at), await self._organisation.moved_heads(at)
        for first in range(0, len(cases), AT_ONCE):
            async with TaskGroup() as page:
                for case_id, revision, parties in cases[first : first + AT_ONCE]:
                    page.create_task(self._tell(case_id, revision, parties))
            activity.heartbeat(first)
        for calibration, revision, pool in heads:
            await self._groups.follow_head(
                calibration,
                pool,
                _command_id("line", revision, (pool.head or "", *pool.line, pool.represents or "", str(pool.member))),
            )
            activity.heartbeat(calibration)
        return len(cases) + len(heads) + await self._split()

    async def _split(self) -> int:
        """Tell the cases of those who have moved which parts the year has now."""
        found = await self._organisation.split()
        for case_id, revision, parts in found:
            named = tuple(f"{part.since}:{part.until}:{part.unit}:{part.title}:{part.superior}" for part in parts)
            command = Order(SplitPeriod(parts), ORGANISATION)
            await self._cases.perform(case_id, command, _command_id("parts", revision, named))
            activity.heartbeat(case_id)
        return len(found)

    async def _tell(self, case_id: str, revision: int, parties: Parties) -> None:
        command = FollowLine(parties.line, parties.head, parties.unit, parties.acting, parties.unit_hr)
        acting = (f"{one.represented}:{one.by}:{one.signs}" for one in parties.acting)
        officers = ("unit_hr",) if parties.unit_hr else ()
        command_id = _command_id("line", revision, (*parties.line, parties.head or "", *acting, *officers))
        await self._cases.perform(case_id, Order(command, ORGANISATION), command_id)


def _command_id(about: str, revision: int, found: tuple[str, ...]) -> str:
    """The same finding about the same state is the same command, however often it is made."""
    return f"{about}/{revision}/{hashlib.sha256('/'.join(found).encode()).hexdigest()[:16]}"
