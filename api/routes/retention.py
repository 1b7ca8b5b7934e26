"""How long is kept what goes by itself, what goes next, and what went."""

from datetime import datetime, timedelta

from pydantic import BaseModel

from adapters.database.reads.cycle_archives import archives
from adapters.database.reads.outlived import OUTLIVED, outliving, removals
from api.security import Officer
from api.services import Jenjang, Services
from api.strict import json_router
from appraisal.privacy.archive import Archived
from appraisal.privacy.retention import BY, By, Kept, Removed, next_look

router = json_router("/retention", ("retention",))
NIGHTS = 100
"""Removals that are told, the newest first."""


class Keeping(BaseModel):
    """One kind of what is held for a time. `days`: for how long; null: the agency has not set it, and nothing of it goes.

    `going` is how many go next, as things stand now: by the process at `RetentionView.next_at`, else when somebody has it
    done; null where that cannot be counted here (the files of backups).
    """

    kind: Kept
    by: By
    days: int | None
    going: int | None


class CycleArchive(BaseModel):
    """A finished cycle, and its last archive: the file's name, its SHA-256 and what it holds; null: there is none."""

    cycle: str
    name: str
    archive: Archived | None


class RetentionView(BaseModel):
    """Everything about it. No kind says whose any of it was. `archived_after_days`: null where HR's operators archive by hand."""

    next_at: datetime
    kinds: tuple[Keeping, ...]
    removed: tuple[Removed, ...]
    archived_after_days: int | None
    archives: tuple[CycleArchive, ...]


@router.get("")
async def show(visitor: Officer, jenjang: Jenjang) -> RetentionView:
    """What is kept how long, what goes next, and what went."""
    return await seen(jenjang)


async def seen(jenjang: Services) -> RetentionView:
    """The same, for the page."""
    settings, now = jenjang.settings, jenjang.now()
    keeping, next_at = settings.keeping, next_look(now, settings.zone)
    kinds = []
    async with jenjang.reading() as session:
        for kind in Kept:
            by = BY.get(kind, By.PROCESS)
            before = keeping.before(kind, next_at if by is By.PROCESS else now)
            going = await outliving(session, kind, before) if before and kind in OUTLIVED else None
            kinds.append(Keeping(kind=kind, by=by, days=_days(keeping.terms.get(kind)), going=going))
        removed, found = await removals(session, NIGHTS), await archives(session)
    return RetentionView(
        next_at=next_at,
        kinds=tuple(kinds),
        removed=removed,
        archived_after_days=_days(settings.archiving[1]) if settings.archiving else None,
        archives=tuple(CycleArchive(cycle=cycle, name=name, archive=archive) for cycle, name, archive in found),
    )


def _days(term: timedelta | None) -> int | None:
    return term.days if term else None
