"""Results on their way to SIASN: which wait by which order, and what came of each try."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, or_, select, update

from adapters.database import chain
from adapters.database.columns import table_of
from adapters.database.engine import Session, Sessions
from adapters.database.reads.siasn_facts import results_of
from adapters.database.reads.siasn_list import chosen_of, of_order, subjects
from adapters.database.tables import siasn
from adapters.database.upsert import insert_missing
from appraisal.access import Actor
from appraisal.record import Change, Event
from appraisal.siasn.push import LOST, SYSTEM, Attempt, Chosen, Failure, PushOrder, Stand, push_id, stand, wanted
from appraisal.siasn.result import Told

PUSH = table_of(siasn.Push)
PAGE = 500
"""Results of one transaction; databases limit the length of a list."""
KEEP = (
    update(PUSH)
    .where(PUSH.c.id == bindparam("push"))
    .values({name: bindparam(f"new_{name}") for name in ("stand", "failure", "tries", "digest", "answer", "revision")})
    .values({name: bindparam(f"new_{name}") for name in ("tried_at", "touched_at", "sent_at")})
)


class SqlPushes:
    """Implements activities.siasn_ports.Pushes. `zone`: the agency's own, by whose days somebody held a position."""

    def __init__(self, sessions: Sessions, zone: ZoneInfo) -> None:
        self._sessions, self._zone = sessions, zone

    async def enlist(self, order: PushOrder, at: datetime) -> int:
        async with self._sessions() as session:
            meant = await _meant(session, order)
        for start in range(0, len(meant), PAGE):
            async with self._sessions.begin() as session:
                await _claim(session, order, meant[start : start + PAGE], at)
        async with self._sessions() as session:
            return await of_order(session, order.id)

    async def waiting(self, order: str) -> tuple[str, ...]:
        query = select(PUSH.c.id).where(PUSH.c.order_id == order, PUSH.c.stand == Stand.WAITING)
        async with self._sessions() as session:
            return tuple(await session.scalars(query.order_by(PUSH.c.tries, PUSH.c.id)))

    async def results(self, pushes: Sequence[str]) -> tuple[tuple[str, Told | Failure], ...]:
        async with self._sessions() as session:
            return await results_of(session, pushes, self._zone)

    async def keep(self, order: str, attempts: Sequence[Attempt]) -> None:
        tried = {attempt.push: attempt for attempt in attempts}
        mine = (PUSH.c.id.in_(tried), PUSH.c.order_id == order, PUSH.c.stand == Stand.WAITING)
        async with self._sessions.begin() as session:
            rows = (await session.execute(select(PUSH).where(*mine))).all()
            kept = [_kept(row, tried[row.id]) for row in rows]
            if kept:
                await session.execute(KEEP, kept)
            ended = [(one["push"], (_event(order, one),)) for one in kept if one["new_stand"] != Stand.WAITING]
            await chain.append_all(session, ended)

    async def keep_outage(self, order: str, failure: Failure, at: datetime) -> None:
        mine = (PUSH.c.order_id == order, PUSH.c.stand == Stand.WAITING)
        async with self._sessions.begin() as session:
            await session.execute(update(PUSH).where(*mine).values(failure=failure, tried_at=at, touched_at=at))


async def _meant(session: Session, order: PushOrder) -> tuple[Chosen, ...]:
    """The results of the cycle that the order means."""
    rows = [(chosen_of(row), row.stand) for row in await session.execute(subjects(order.cycle))]
    if order.which is None:
        chosen = frozenset(order.chosen)
        return tuple(one for one, _ in rows if one in chosen)
    about = [(one, how) for one, how in rows if order.matter in (None, one.matter)]
    return tuple(one for one, how in about if wanted(order.which, Stand(how) if how else None))


async def _claim(session: Session, order: PushOrder, page: Sequence[Chosen], at: datetime) -> None:
    """Let these wait by this order, but for those that another one has in hand."""
    fresh = {"cycle_id": order.cycle, "asked_by": order.actor.id, "asked_at": at, "failure": "", "tries": 0}
    blank = {**fresh, "order_id": "", "stand": Stand.LISTED, "digest": "", "answer": "", "touched_at": at}
    ids = {push_id(order.year, one): one for one in page}
    rows = [{"id": push, "year": order.year, **_key(one), **blank, "revision": -1} for push, one in ids.items()]
    await insert_missing(session, PUSH, rows)
    idle = or_(PUSH.c.stand != Stand.WAITING, PUSH.c.touched_at < at - LOST)
    claim = update(PUSH).where(PUSH.c.id.in_(ids), PUSH.c.order_id != order.id, idle)
    claim = claim.values(**fresh, order_id=order.id, stand=Stand.WAITING, touched_at=at, revision=PUSH.c.revision + 1)
    claimed = (await session.execute(claim.returning(PUSH.c.id, PUSH.c.revision))).all()
    told = (f"{order.id}/ordered", order.actor.id)
    await chain.append_all(
        session, [(row.id, (Event(row.revision, "push_ordered", told[1], at, told[0]),)) for row in claimed]
    )


async def order_left(session: Session, order: str) -> PushOrder | None:
    """The order as far as something waits by it, to go on; its results are claimed already, so that it names none."""
    columns = (PUSH.c.cycle_id, PUSH.c.year, PUSH.c.asked_by)
    query = select(*columns).where(PUSH.c.order_id == order, PUSH.c.stand == Stand.WAITING).limit(1)
    row = (await session.execute(query)).first()
    return PushOrder(order, Actor(row.asked_by, hr=True), row.cycle_id, row.year) if row else None


def _key(one: Chosen) -> dict[str, Any]:
    return {"person_id": one.person, "matter": one.matter, "period": one.period, "course_id": one.course}


def _kept(row: Any, attempt: Attempt) -> dict[str, Any]:
    """The row after this try, as KEEP takes it. Only what ends it is an event."""
    how = stand(attempt.failure, row.tries + 1)
    sent = how is Stand.SENT
    return {
        "push": row.id,
        "new_stand": how,
        "new_failure": attempt.failure or "",
        "new_tries": row.tries + 1,
        "new_digest": attempt.digest if sent else row.digest,
        "new_answer": attempt.answer,
        "new_tried_at": attempt.at,
        "new_touched_at": attempt.at,
        "new_sent_at": attempt.at if sent else row.sent_at,
        "new_revision": row.revision + (how is not Stand.WAITING),
    }


def _event(order: str, kept: dict[str, Any]) -> Event:
    how, failure = kept["new_stand"], kept["new_failure"]
    what: Change = ("failure", "", failure) if failure else ("digest", "", kept["new_digest"])
    changes = (what, ("answer", "", kept["new_answer"]))
    return Event(kept["new_revision"], f"push_{how}", SYSTEM, kept["new_tried_at"], f"{order}/{how}", changes=changes)
