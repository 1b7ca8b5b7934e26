"""What is kept how long, what is due, and what went; with --apply the owner of the tables takes away what only he may."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy.exc import DBAPIError

from adapters.database.engine import Session, open_engine, open_sessions
from adapters.database.reads.outlived import OUTLIVED, outliving, removals
from adapters.database.writes.retention import SqlRetention
from appraisal.privacy.retention import BY, By, Kept, Retention
from runtime.errors import CannotStart
from runtime.settings import load_settings

log = structlog.get_logger(__name__)

NIGHTS = 20
NOT_ALLOWED = "42501"
"""PostgreSQL's word for a right that is missing."""
HANDS = {By.PROCESS: "each night", By.OWNER: "by `jenjang retention --apply`", By.BACKUP: "by `jenjang backup`"}


class NotTheOwner(CannotStart):
    """The role of DATABASE_URL may not remove what only the owner may."""


async def retention(apply: bool = False) -> None:
    """Show how long everything that goes by itself is kept, how much is due, and what went.

    Args:
        apply: Take away what the role that serves has no right to: the record of readers. As the owner of the tables.
    """
    settings, now = load_settings(), datetime.now(UTC)
    engine = open_engine(settings.database_url)
    try:
        if apply:
            store = SqlRetention(open_sessions(engine, writing=True), ZoneInfo(settings.zone))
            await remove_guarded(store, settings.keeping, now)
        async with open_sessions(engine)() as session:
            await _show(session, settings.keeping, now)
    finally:
        await engine.dispose()


async def remove_guarded(store: SqlRetention, keeping: Retention, now: datetime) -> None:
    """Take away what only the owner of the tables may.

    Raises:
        NotTheOwner: this role is not; nothing has gone.
    """
    for kind, before in keeping.going(By.OWNER, now):
        try:
            gone = await store.remove_guarded(before, now)
        except DBAPIError as refused:
            if getattr(refused.orig, "sqlstate", None) != NOT_ALLOWED:
                raise
            raise NotTheOwner(
                f"This role may only add to what is kept as {kind}. Set DATABASE_URL to the owner of the tables, "
                "as for `jenjang migrate`."
            ) from None
        log.info("removed", kind=str(kind), rows=gone)


async def _show(session: Session, keeping: Retention, now: datetime) -> None:
    for kind in Kept:
        before = keeping.before(kind, now)
        if before is None:
            print(f"{kind:<9}  not set: stays")
            continue
        due = f", {await outliving(session, kind, before)} due" if kind in OUTLIVED else ""
        print(f"{kind:<9}  kept {keeping.terms[kind].days} days, removed {HANDS[BY.get(kind, By.PROCESS)]}{due}")
    for gone in await removals(session, NIGHTS):
        print(f"{gone.day}  {gone.rows} {gone.kind} older than {gone.before:%Y-%m-%d %H:%M} UTC")
