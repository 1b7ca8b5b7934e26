"""Documents as they are issued: the same again is the same, another content is the next version. Rows are only added."""

import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.database.columns import table_of
from adapters.database.engine import Session, open_sessions
from adapters.database.tables import papers
from appraisal.papers.papers import CODE, LETTERS, PaperKind, numbered

PAPER = table_of(papers.Paper)
ATTEMPTS = 5
"""PostgreSQL lets several in at once; the keys then decide who was first, and the others look again."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A document that is asked for. `about` is the employee or the unit; `initials`, `unit`, `agency` as printed."""

    kind: PaperKind
    cycle_id: str
    about: str
    year: int
    digest: str
    initials: str
    unit: str
    agency: str


@dataclass(frozen=True, slots=True)
class Issued:
    """One version of a document, under its code."""

    code: str
    kind: PaperKind
    cycle_id: str
    about: str
    year: int
    number: int
    version: int
    digest: str
    initials: str
    unit: str
    agency: str
    issued_at: datetime
    issued_by: str

    @property
    def title(self) -> str:
        """'SKP/2026/00012'."""
        return numbered(self.kind, self.year, self.number)


def new_code() -> str:
    """A code that nobody guesses."""
    return "".join(secrets.choice(LETTERS) for _ in range(CODE))


class Papers:
    """Issues documents, and knows those that were issued."""

    def __init__(self, engine: AsyncEngine, code: Callable[[], str] = new_code) -> None:
        self._reading, self._writing = open_sessions(engine), open_sessions(engine, writing=True)
        self._code = code

    async def issue(self, draft: Draft, at: datetime, by: str) -> Issued:
        """The document with this content: the newest version if it says the same, else the next one."""
        for attempt in range(ATTEMPTS):
            try:
                async with self._writing.begin() as session:
                    return await self._issued(session, draft, at, by)
            except IntegrityError:
                if attempt == ATTEMPTS - 1:
                    raise
        raise AssertionError("the last attempt answers or raises")

    async def known(self, code: str) -> Issued | None:
        """What was issued under this code."""
        async with self._reading() as session:
            row = (await session.execute(select(PAPER).where(PAPER.c.code == code))).mappings().first()
        return _read(dict(row)) if row else None

    async def newest(self, kind: PaperKind, cycle: str, about: str) -> Issued | None:
        """The newest version of this document; None before it was first asked for."""
        async with self._reading() as session:
            return await _newest(session, kind, cycle, about)

    async def _issued(self, session: Session, draft: Draft, at: datetime, by: str) -> Issued:
        before = await _newest(session, draft.kind, draft.cycle_id, draft.about)
        if before and before.digest == draft.digest:
            return before
        series = (PAPER.c.kind == draft.kind, PAPER.c.year == draft.year)
        highest = await session.scalar(select(func.max(PAPER.c.number)).where(*series)) or 0
        year, number, version = (
            (before.year, before.number, before.version + 1) if before else (draft.year, highest + 1, 1)
        )
        values = {**asdict(draft), "year": year, "number": number, "version": version}
        values |= {"code": self._code(), "issued_at": at.replace(microsecond=0), "issued_by": by}
        await session.execute(insert(PAPER).values(**values))
        return _read(values)


async def _newest(session: Session, kind: PaperKind, cycle: str, about: str) -> Issued | None:
    mine = (PAPER.c.kind == kind, PAPER.c.cycle_id == cycle, PAPER.c.about == about)
    query = select(PAPER).where(*mine).order_by(PAPER.c.version.desc()).limit(1)
    row = (await session.execute(query)).mappings().first()
    return _read(dict(row)) if row else None


def _read(row: dict[str, Any]) -> Issued:
    return Issued(**{**row, "kind": PaperKind(row["kind"])})
