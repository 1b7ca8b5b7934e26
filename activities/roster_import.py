"""What an import does outside its process."""

from temporalio import activity

from activities.ports import Rosters
from appraisal.roster.importing import Findings, Import, Outcome


class RosterImportActivities:
    """One attempt is one transaction; a repeated attempt changes nothing."""

    def __init__(self, rosters: Rosters) -> None:
        self._rosters = rosters

    @activity.defn
    async def preview_import(self, state: Import) -> Findings:
        return await self._rosters.preview(state)

    @activity.defn
    async def apply_import(self, state: Import) -> Outcome:
        return await self._rosters.apply(state)

    @activity.defn
    async def close_import(self, state: Import) -> None:
        await self._rosters.close(state)
