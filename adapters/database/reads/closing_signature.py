"""HR's signature under the list before the closing: what there is to sign, and who has signed."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from adapters.database.columns import table_of
from adapters.database.engine import Session, Sessions
from adapters.database.reads.closing import digest_of, still_open
from adapters.database.tables import desk, organisation, process
from appraisal.cycle import SIGNED
from appraisal.signing import Seen
from appraisal.vocabulary import Exit

CYCLE, EVENT = table_of(process.Cycle), table_of(process.Event)
PERSON, ACCOUNT = table_of(organisation.Person), table_of(desk.Account)


@dataclass(frozen=True, slots=True)
class Signature:
    """The last signature: by whom (`name` of the person, or of an officer's account), when, and under which list."""

    by: str
    name: str
    at: datetime
    remark: str
    digest: str
    cases: int
    exits: dict[str, int]


class SqlClosings:
    """Implements activities.closing.Closings."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def seen(self, cycle: str, at: datetime) -> Seen:
        async with self._sessions() as session:
            lines = await still_open(session, cycle, at)
            closes = await session.scalar(select(CYCLE.c.closes_at).where(CYCLE.c.id == cycle))
        assert closes is not None, "a cycle that runs has dates"
        counts = Counter(line.exit for line in lines)
        return Seen(digest_of(closes, lines), len(lines), tuple((str(way), counts[way]) for way in Exit if counts[way]))


async def signature(session: Session, cycle: str) -> Signature | None:
    """The last signature on the cycle's record; None where nobody has signed."""
    e = EVENT.c
    name = func.coalesce(PERSON.c.name, ACCOUNT.c.login, e.actor).label("name")
    query = select(e.actor, e.at, e.reason, e.changes, name).select_from(EVENT)
    query = query.outerjoin(PERSON, PERSON.c.id == e.actor).outerjoin(ACCOUNT, ACCOUNT.c.id == e.actor)
    query = query.where(e.subject == f"cycle/{cycle}", e.kind == SIGNED).order_by(e.revision.desc()).limit(1)
    row = (await session.execute(query)).first()
    if row is None:
        return None
    said = {field: after for field, _, after in row.changes}
    exits = {field.removeprefix("exit/"): int(after) for field, after in said.items() if field.startswith("exit/")}
    return Signature(row.actor, row.name, row.at, row.reason, said["digest"], int(said["cases"]), exits)
