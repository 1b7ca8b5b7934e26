"""Requests about own data, as HR and whoever has asked read them."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from adapters.database.columns import behind, table_of
from adapters.database.engine import Session
from adapters.database.reads.offices import within
from adapters.database.reads.superior_reports import Waiting
from adapters.database.tables import desk, organisation, privacy
from appraisal.privacy.data_request import DataPhase

ACCOUNT, PERSON, REQUEST = table_of(desk.Account), table_of(organisation.Person), table_of(privacy.DataRequest)
OFFICER = PERSON.alias("officer")


@dataclass(frozen=True, slots=True)
class DataRequestRow:
    """One request; `person` and `officer` (who has answered) are names. `holder_id` is 'hr' or 'hr/{unit}'.

    Of an erasure: which `parts` were asked for, and which of them `stays` on which ground, once it is answered.
    """

    id: str
    kind: str
    person_id: str
    person: str
    area: str
    words: str
    should_be: str
    evidence: str
    unit_id: str
    holder_id: str
    phase: str
    asked_at: datetime
    due_at: datetime
    reminded: bool
    escalated: bool
    reason: str
    ground: str
    officer: str | None
    answered_at: datetime | None
    parts: list[str]
    stays: list[list[str]]
    revision: int


def _rows() -> Select[Any]:
    named = {"person": PERSON.c.name, "officer": func.coalesce(OFFICER.c.name, ACCOUNT.c.login)}
    query = select(*(named[f.name] if f.name in named else REQUEST.c[f.name] for f in fields(DataRequestRow)))
    query = query.select_from(REQUEST).join(PERSON, PERSON.c.id == REQUEST.c.person_id)
    query = query.outerjoin(OFFICER, OFFICER.c.id == REQUEST.c.answered_by)
    return query.outerjoin(ACCOUNT, ACCOUNT.c.id == REQUEST.c.answered_by)


async def open_requests(
    session: Session,
    units: tuple[str, ...] | None,
    limit: int | None = 200,
    last: tuple[datetime, str] | None = None,
) -> tuple[DataRequestRow, ...]:
    """What waits for HR of these units (None: of the agency), the longest due first."""
    query = _rows().where(REQUEST.c.phase == DataPhase.OPEN, *within(REQUEST.c.unit_id, units))
    key = (REQUEST.c.due_at, REQUEST.c.id)
    found = await session.execute(query.where(*behind(last, *key)).order_by(*key).limit(limit))
    return tuple(DataRequestRow(*row) for row in found)


async def requests_of(session: Session, person: str, limit: int | None = 50) -> tuple[DataRequestRow, ...]:
    """What this person has asked, the newest first."""
    query = _rows().where(REQUEST.c.person_id == person).order_by(REQUEST.c.asked_at.desc(), REQUEST.c.id)
    return tuple(DataRequestRow(*row) for row in await session.execute(query.limit(limit)))


async def request(session: Session, request_id: str) -> DataRequestRow | None:
    row = (await session.execute(_rows().where(REQUEST.c.id == request_id))).first()
    return DataRequestRow(*row) if row else None


async def waiting(session: Session, units: tuple[str, ...] | None, now: datetime) -> Waiting:
    """How many requests wait for HR of these units, and how many of them longer than the law allows."""
    late = func.count().filter(REQUEST.c.due_at <= now)
    mine = (REQUEST.c.phase == DataPhase.OPEN, *within(REQUEST.c.unit_id, units))
    return Waiting(*(await session.execute(select(func.count(), late).where(*mine))).one())
