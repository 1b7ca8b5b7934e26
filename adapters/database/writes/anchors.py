"""The anchor of a day: where every chain that has moved since it was anchored last ends now, and one hash over all of it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import ColumnElement, exists, insert, literal, select
from sqlalchemy.exc import IntegrityError

from adapters.database.engine import Session, Sessions
from adapters.database.reads.anchors import ANCHOR, HEAD, heads_of
from adapters.database.reads.entries import ENTRY
from appraisal.chain import GENESIS, Anchor, Root, anchored

log = structlog.get_logger(__name__)


class SqlAnchors:
    """Implements activities.record_ports.Anchors; days begin and end in the agency's zone."""

    def __init__(self, sessions: Sessions, zone: ZoneInfo) -> None:
        self._sessions, self._zone = sessions, zone

    async def make(self, at: datetime) -> None:
        day = at.astimezone(self._zone).date()
        made = exists().where(ANCHOR.c.day == day)
        async with self._sessions() as session:
            if await session.scalar(select(made)):
                return
        try:
            async with self._sessions.begin() as session:
                anchor = await _made(session, day, at)
        except IntegrityError:
            # Somebody else has made it meanwhile, and nothing of this one is left.
            return
        # In the log as well, which leaves the house before anybody could make another one.
        log.info("anchor_made", day=day.isoformat(), heads=anchor.heads, hash=anchor.hash)


async def _made(session: Session, day: date, at: datetime) -> Anchor:
    last = (await session.execute(select(ANCHOR.c.hash).order_by(ANCHOR.c.day.desc()).limit(1))).scalar()
    e, names = ENTRY.c, ("subject", "day", "attempt", "revision", "hash")
    moved = select(e.subject, literal(day), e.attempt, e.revision, e.hash).where(*_moved())
    await session.execute(insert(HEAD).from_select(names, moved))
    root = Root()
    async for head in heads_of(session, day):
        root.add(head)
    anchor = anchored(day, at, root, last or GENESIS)
    values = {name: getattr(anchor, name) for name in ("day", "made_at", "heads", "root", "previous_hash", "hash")}
    await session.execute(insert(ANCHOR).values(**values))
    return anchor


def _moved() -> tuple[ColumnElement[bool], ...]:
    """The last entry of each chain, where no anchor covers it yet."""
    e, later, covered = ENTRY.c, ENTRY.alias("later"), HEAD.alias("covered")
    of_it = later.c.subject == e.subject
    return (
        ~exists().where(of_it, later.c.revision > e.revision, later.c.attempt >= e.attempt),
        ~exists().where(of_it, later.c.attempt > 0, later.c.attempt > e.attempt),
        ~exists().where(
            covered.c.subject == e.subject, covered.c.revision == e.revision, covered.c.attempt == e.attempt
        ),
    )
