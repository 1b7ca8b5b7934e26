"""Decisions about careers and the agency's rules of them. Rows are only added, each with its author, reason and time.

No process stands behind them: nothing waits for a decision and no clock runs; a row and its notice are one transaction.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.database.announcing import announce_all
from adapters.database.engine import Session, open_sessions
from adapters.database.ids import new_id
from adapters.database.reads.career import DECISION, RULES
from adapters.database.upsert import insert_missing
from appraisal.career.career import Kind
from appraisal.career.decisions import Settled
from appraisal.career.policy import CareerPolicy
from appraisal.errors import StalePolicy, StaleRevision
from appraisal.notices import Notice

Settling = Callable[[Session], Awaitable[Sequence[Settled]]]
"""Reads the record again and says what goes on it, or refuses by a rule."""
TOLD = (Kind.CREDIT, Kind.AWARD)
"""What a notice says that something was decided of."""


class CareerDesk:
    """Adds decisions and versions of the rules. The same order sent again is on record already."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._writing = open_sessions(engine, writing=True)

    async def decide(self, order: str, settling: Settling, now: datetime) -> int:
        """Keep all of it under this order's id, or nothing; how many there are. A refusal changes nothing."""
        try:
            async with self._writing.begin() as session:
                known = await session.scalar(select(func.count()).where(DECISION.c.order_id == order))
                if known:
                    return known
                found = [_row(one, order, now) for one in await settling(session)]
                numbers = await _numbers(session, {row["person_id"] for row in found})
                for row in found:
                    row["number"] = numbers.get((row["person_id"], row["kind"], row["about"]), 0) + 1
                await session.execute(insert(DECISION), found)
                told = [row for row in found if row["kind"] in TOLD]
                news = (Notice(row["person_id"], "career_decided", row["number"]) for row in told)
                subjects = (f"career/{row['person_id']}/{row['id']}" for row in told)
                await announce_all(session, ((where, (one,), now) for where, one in zip(subjects, news, strict=True)))
                return len(found)
        except IntegrityError as taken:  # PostgreSQL lets two in at once; the key then decides who was first
            raise StaleRevision("Somebody else has just decided on one of them.", "", "Load the list again.") from taken

    async def set_rules(self, policy: CareerPolicy, based_on: int, author: str, reason: str, now: datetime) -> int:
        """Add the version after the one that the change is based on; StalePolicy if there is a newer one."""
        said = {"document": policy.document(), "author": author, "reason": reason, "created_at": now}
        async with self._writing.begin() as session:
            last = await session.scalar(select(func.max(RULES.c.version))) or 0
            if last == based_on:
                await insert_missing(session, RULES, [{"version": based_on + 1, **said}])
            kept = (await session.execute(select(RULES).where(RULES.c.version == based_on + 1))).first()
            if kept is None or (kept.document, kept.author, kept.reason) != (said["document"], author, reason):
                what = "Somebody else has changed these rules in the meantime."
                raise StalePolicy(what, "based_on", "Look at the newest version and make your change there.")
        return based_on + 1


def _row(one: Settled, order: str, now: datetime) -> dict[str, Any]:
    return {
        "id": new_id(),
        "order_id": order,
        "person_id": one.person,
        "kind": one.decided.kind,
        "about": one.decided.about,
        "verdict": one.decided.verdict,
        "value": one.decided.value,
        "level": one.decided.level,
        "proposed": one.proposed,
        "mark": one.decided.mark,
        "grounds": [[ground.why, ground.parameters] for ground in one.grounds],
        "reason": one.reason,
        "decided_by": one.hands.by,
        "member_id": one.hands.member,
        "decided_at": now,
    }


async def _numbers(session: Session, people: set[str]) -> dict[tuple[str, str, str], int]:
    """How often each thing was decided already."""
    keys = (DECISION.c.person_id, DECISION.c.kind, DECISION.c.about)
    query = select(*keys, func.max(DECISION.c.number)).where(DECISION.c.person_id.in_(sorted(people))).group_by(*keys)
    return {(row[0], row[1], row[2]): row[3] for row in await session.execute(query)}
