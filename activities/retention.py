"""What is older than the agency keeps it goes, page by page; and finished cycles are archived, where that is wanted."""

from datetime import datetime
from typing import Protocol

from temporalio import activity

from appraisal.privacy.retention import By, Kept, Retention, next_look


class Outliving(Protocol):
    """What is held for a time. Each call is one transaction; what is gone cannot go again, nor be counted again."""

    async def remove(self, kind: Kept, before: datetime, at: datetime) -> int:
        """Take away some of what is older than this, and count it under the day of `at`; 0 when nothing is left."""


class Archiving(Protocol):
    """Archives of finished cycles, in the folder that the agency has named. Without one there is nothing to do."""

    async def due(self, at: datetime) -> tuple[str, ...]:
        """The cycles that have been closed for as long as the agency wants, and are not archived yet."""

    async def archive(self, cycle: str, at: datetime) -> bool:
        """Write its archive, read it back, and put it on record; a second attempt writes it anew. False: the disk refuses."""


class RetentionActivities:
    """A second attempt goes on where the first one ended."""

    def __init__(self, outliving: Outliving, archiving: Archiving, retention: Retention, zone: str) -> None:
        self._outliving, self._archiving, self._retention, self._zone = outliving, archiving, retention, zone

    @activity.defn
    async def remove_outlived(self, at: datetime) -> datetime:
        """Take away everything that has become too old by then; when to look again."""
        for kind, before in self._retention.going(By.PROCESS, at):
            gone = 0
            while page := await self._outliving.remove(kind, before, at):
                gone += page
                activity.heartbeat(kind, gone)
            if gone:
                activity.logger.info("removed", extra={"kind": str(kind), "rows": gone})
        return next_look(at, self._zone)

    @activity.defn
    async def archive_finished(self, at: datetime) -> int:
        """Archive the finished cycles whose time has come by then; how many were. The others wait for the next night."""
        return sum([await self._archiving.archive(cycle, at) for cycle in await self._archiving.due(at)])
