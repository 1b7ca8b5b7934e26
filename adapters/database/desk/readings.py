"""Who read whose case: added by the API, and read by the employee, HR and auditors."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.database.columns import table_of
from adapters.database.engine import Session, open_sessions
from adapters.database.reads.facts import case_facts, superiors
from adapters.database.tables import desk, organisation, record
from adapters.database.upsert import insert_missing
from appraisal.access import Actor
from appraisal.parties import Parties
from appraisal.privacy.reading import Ground, ground_at, ground_in_list

READING, ACCOUNT = table_of(record.Reading), table_of(desk.Account)
PERSON = table_of(organisation.Person)
KEY = (READING.c.at, READING.c.reader, READING.c.subject, READING.c.ground)
Key = tuple[datetime, str, str, str]


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody has been shown something: a case (of a cycle), what else is kept of a person, or a list by its address.
    Support staff have given a `reason`.
    """

    actor: Actor
    day: date
    at: datetime
    cycle: str = ""
    employee: str = ""
    place: str = ""
    reason: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes it the same look, on the same day."""
        return (self.actor.id, self.subject, self.reason)

    @property
    def subject(self) -> str:
        if self.cycle and self.employee:
            return f"appraisal/{self.cycle}/{self.employee}"
        return f"person/{self.employee}" if self.employee else self.place[:100]


@dataclass(frozen=True, slots=True)
class Seen:
    """A reading with the names of the two, as far as they have any."""

    day: date
    at: datetime
    reader: str
    reader_name: str
    subject: str
    employee: str | None
    employee_name: str | None
    ground: Ground
    reason: str

    @property
    def key(self) -> Key:
        return (self.at, self.reader, self.subject, self.ground)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which readings a list shows; what is empty does not matter. `others`: without looks at the own case."""

    employee: str = ""
    reader: str = ""
    subject: str = ""
    ground: str = ""
    since: date | None = None
    until: date | None = None
    others: bool = False


class Readings:
    """Writes looks down, each with its ground as the organisation is now."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._reading, self._writing = open_sessions(engine), open_sessions(engine, writing=True)

    async def keep(self, looks: Sequence[Look]) -> None:
        """All of them or none. One that is on record already stays as it is."""
        async with self._reading() as session:
            rows = [await _row(session, look) for look in looks]
        async with self._writing.begin() as session:
            await insert_missing(session, READING, rows)


async def _row(session: Session, look: Look) -> dict[str, object]:
    ground = ground_in_list(look.actor)
    if look.employee:
        facts = await case_facts(session, look.cycle, look.employee) if look.cycle else None
        known = facts.parties if facts else Parties(look.employee, "")
        line = await superiors(session, look.employee, look.day)
        ground = ground_at(look.actor, replace(known, line=(*known.line, *line)))
    return {
        "day": look.day,
        "reader": look.actor.id,
        "subject": look.subject,
        "ground": ground,
        "employee_id": look.employee or None,
        "at": look.at,
        "reason": look.reason,
    }


async def listed(session: Session, wanted: Wanted, after: Key | None, limit: int) -> tuple[Seen, ...]:
    """The newest first; `after` is the key of the last row before."""
    r, whose = READING.c, PERSON.alias("whose")
    reader_name = func.coalesce(PERSON.c.name, ACCOUNT.c.login, r.reader)
    query = (
        select(r.day, r.at, r.reader, reader_name, r.subject, r.employee_id, whose.c.name, r.ground, r.reason)
        .outerjoin_from(READING, PERSON, PERSON.c.id == r.reader)
        .outerjoin(ACCOUNT, ACCOUNT.c.id == r.reader)
        .outerjoin(whose, whose.c.id == r.employee_id)
        .order_by(*(column.desc() for column in KEY))
        .limit(limit)
    )
    conditions = (
        (wanted.employee, r.employee_id == wanted.employee),
        (wanted.reader, r.reader == wanted.reader),
        (wanted.subject, r.subject == wanted.subject),
        (wanted.ground, r.ground == wanted.ground),
        (wanted.since, r.day >= (wanted.since or date.min)),
        (wanted.until, r.day <= (wanted.until or date.max)),
        (wanted.others, r.ground != Ground.OWN),
    )
    query = query.where(*(condition for given, condition in conditions if given))
    if after:
        query = query.where(tuple_(*KEY) < after)
    found = await session.execute(query)
    return tuple(Seen(*row[:-2], Ground(row.ground), row.reason) for row in found)
