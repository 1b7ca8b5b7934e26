"""Looks of support staff: each begins with a reason, is kept with the session or token, and ends by itself."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.database.desk.behind import CREDENTIAL
from adapters.database.desk.security_record import NOWHERE, Deed, Origin, note
from adapters.database.engine import open_sessions

LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class Looking:
    """Support looks on, and changes nothing meanwhile: why, and until when at the latest."""

    reason: str
    until: datetime


class Looks:
    """Begins looks and ends them. Both stand in the security record; the reason stands with what was looked at."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._writing = open_sessions(engine, writing=True)

    async def begin(
        self, account: str, credential: str, reason: str, now: datetime, lasts: timedelta, origin: Origin = NOWHERE
    ) -> Looking:
        """From now on this session or token looks on, in place of any look before, and no longer than it opens."""
        async with self._writing.begin() as session:
            ends = await session.scalar(select(CREDENTIAL.c.expires_at).where(CREDENTIAL.c.id == credential))
            looking = Looking(reason, min(now + lasts, ends or now))
            change = update(CREDENTIAL).where(CREDENTIAL.c.id == credential)
            await session.execute(change.values(look_reason=looking.reason, look_until=looking.until))
            await note(session, Deed.LOOK_BEGUN, now, account, origin=origin, about=credential)
        return looking

    async def end(self, account: str, credential: str, now: datetime, origin: Origin = NOWHERE) -> bool:
        """Whether it looked on until now."""
        change = update(CREDENTIAL).where(CREDENTIAL.c.id == credential, CREDENTIAL.c.look_until > now)
        async with self._writing.begin() as session:
            ended = await session.scalar(change.values(look_until=now).returning(CREDENTIAL.c.id))
            if ended is not None:
                await note(session, Deed.LOOK_ENDED, now, account, origin=origin, about=credential)
        return ended is not None
