"""What HR changes in the catalogue and its limits. Each change and its event are one transaction; sent again, nothing."""

from collections.abc import Callable

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.database.chain import append
from adapters.database.engine import Session, open_sessions
from adapters.database.reads.catalogue import course_subject, limits_subject, offer, year_limits
from adapters.database.reads.entries import EVENT
from adapters.database.reads.limits import LIMITS
from adapters.database.reads.seats import TRAINING
from adapters.database.upsert import upsert
from appraisal.training.catalogue import Act, Offer, course_changes
from appraisal.training.course import Course
from appraisal.training.errors import StaleCatalogue
from appraisal.training.limits import Limits, changes


class Catalogue:
    """A refusal by a rule changes nothing."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._writing = open_sessions(engine, writing=True)

    async def change(self, course: str, kind: str, rule: Callable[[Offer], Course], act: Act) -> bool:
        """Whether there is such a course, which then is as the rule makes it."""
        async with self._writing.begin() as session:
            before = await offer(session, course, lock=True)
            if before is None or await _done(session, course_subject(course), act):
                return before is not None
            act.demand_fresh(before.revision)
            after = rule(before)
            event = act.event(before.revision, kind, course_changes(before.course, after))
            await append(session, course_subject(course), (event,))
            values = {"seats": after.seats, "price": after.price, "withdrawn": after.withdrawn}
            await session.execute(update(TRAINING).where(TRAINING.c.id == course).values(values))
        return True

    async def limit(self, year: int, limits: Limits, act: Act) -> None:
        """Set the limits of this year."""
        subject = limits_subject(year)
        try:
            async with self._writing.begin() as session:
                if await _done(session, subject, act):
                    return
                before = await year_limits(session, year)
                act.demand_fresh(before.revision)
                event = act.event(before.revision, "limits_set", changes(before.limits, limits))
                await append(session, subject, (event,))
                row = {"budget": limits.budget, "quotas": dict(limits.quotas), "revision": before.revision + 1}
                await upsert(session, LIMITS, {"year": year, **row})
        except IntegrityError as taken:  # PostgreSQL lets two in at once; the key then decides who was first
            raise StaleCatalogue("Somebody else has just set the limits.", "", "Load the page again.") from taken


async def _done(session: Session, subject: str, act: Act) -> bool:
    """Whether this very order is on record."""
    same = (EVENT.c.subject == subject, EVENT.c.command_id == act.command_id)
    return await session.scalar(select(EVENT.c.revision).where(*same)) is not None
