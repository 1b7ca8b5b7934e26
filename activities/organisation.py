"""Whoever must act is resolved when needed: open cases follow the organisation as it changes."""

import hashlib

from temporalio import activity

from activities.ports import Cases, Organisation
from appraisal.access import ORGANISATION, Parties
from appraisal.commands import FollowLine, Order


class OrganisationActivities:
    """Compares open cases with the reporting lines of today."""

    def __init__(self, organisation: Organisation, cases: Cases) -> None:
        self._organisation, self._cases = organisation, cases

    @activity.defn
    async def follow(self) -> int:
        """Re-route every open case whose superiors or head differ from today's; the number of cases told."""
        moved = await self._organisation.moved()
        for case_id, revision, parties in moved:
            command = FollowLine(parties.line, parties.head, parties.unit)
            await self._cases.perform(case_id, Order(command, ORGANISATION), _command_id(revision, parties))
            activity.heartbeat(case_id)
        return len(moved)


def _command_id(revision: int, parties: Parties) -> str:
    """The same finding about the same state of the case is the same command, however often it is made."""
    text = "/".join((*parties.line, parties.head or "", parties.unit))
    return f"line/{revision}/{hashlib.sha256(text.encode()).hexdigest()[:16]}"
