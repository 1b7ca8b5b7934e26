"""Writes everything about a finished cycle into one file, reads it back, and puts on record what the file is."""

import asyncio
import hashlib
import os
import zipfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from pathlib import Path
from typing import IO, Any

import structlog
from sqlalchemy import func, select

from adapters.archive import Extent, lines, write_archive
from adapters.archive_check import Ends, check
from adapters.database.chain import append
from adapters.database.engine import Session, Sessions, open_engine, open_sessions
from adapters.database.reads.cycle_archives import unarchived
from adapters.database.reads.cycle_rows import APPRAISAL, CYCLE, PERSON, UNIT_PERIOD, rows_of
from adapters.database.reads.entries import EVENT
from appraisal.access import CLOCK, Actor
from appraisal.chain import Head
from appraisal.errors import InvalidExtent
from appraisal.privacy.archive import Sealed, archive_subject, archived, demand_finished, root_over
from appraisal.vocabulary import Step

log = structlog.get_logger(__name__)

README = """Everything that Jenjang holds about the {of}, as of {made_at}.

index.html      the cases by name: open it in a browser
events.jsonl    every entry of the cycle's processes, with its hash and that of the entry before it
anchors.jsonl   the anchor of each day, over the ends of all chains and over the anchor before it
heads.jsonl     what the anchors cover that concern these processes
readings.jsonl  who looked at which case or list, on which day and ground
rows/           the rows of each table that belong to it: cases with their texts and ratings (appraisal), papers by their
                digest, seats and hours of trainings, and whom (person, account) and what (unit_period) the ids stand for
manifest.json   how many lines each file has, and its SHA-256

To check it: python3 check.py this-archive.zip [anchors], or `jenjang audit verify --archive this-archive.zip`.
To read a case: `jenjang archive show this-archive.zip NIP`.
The hash of the whole file stands in Jenjang's record, in the chain archive/ and the cycle's id.
It names everybody: keep it as you keep the files of the people in it.
"""
HEAD = """<!doctype html>
<html lang="id"><head><meta charset="utf-8"><title>{name}</title><style>
body {{ font: 1rem/1.4 sans-serif; margin: 1rem; }} td, th {{ padding: .2rem .8rem .2rem 0; text-align: left; }}
code {{ font-size: .8rem; }}</style></head><body>
<h1>{name}</h1><table>
<tr><th>Nama</th><th>NIP</th><th>Unit</th><th>Predikat</th><th>Akhir</th><th>Peristiwa</th><th>Kasus dan hash terakhir</th></tr>
"""
LINE = "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td><code>{}<br>{}</code></td></tr>\n"


class ArchiveDiffers(Exception):
    """What stands in the file is not what was written: the disk, or somebody, has changed it."""


@dataclass(frozen=True, slots=True)
class Known:
    """A cycle: what it is called, and how far it and its cases are."""

    name: str
    phase: str | None
    cases: int
    open_cases: int


class CycleArchives:
    """Archives of cycles. `reading` may take minutes over a large one; `writing` is for the line of the record alone."""

    def __init__(self, reading: Sessions, writing: Sessions) -> None:
        self._reading, self._writing = reading, writing

    async def write(self, cycle: str, target: Path, actor: Actor, at: datetime, over: bool = False) -> Sealed:
        """Write the archive there, read it back, and put it on record. There is a whole file then, or none.

        Args:
            over: One that is there already under this name, from an attempt that was not ended, gives way.

        Raises:
            InvalidExtent: there is no such cycle, or it is not finished.
            OSError: the file cannot be written, or is there already.
            ArchiveDiffers: what was read back is not what was written.
        """
        unfinished = target.with_name(f"{target.name}.unfinished")
        try:
            async with self._reading() as session:
                known = await _known(session, cycle)
                demand_finished(known.phase, known.open_cases)
                extent = Extent(f"cycle {cycle}", cycle)
                with _private(unfinished, target, over) as file:
                    index = _index(session, cycle, known.name)
                    rows = {f"rows/{name}.jsonl": lines(session, query) for name, query in rows_of(extent).items()}
                    counts = await write_archive(session, extent, file, at, {"index.html": index, **rows}, README)
            sealed = await asyncio.to_thread(_read_back, unfinished, target.name, known.cases, counts["events"])
            await asyncio.to_thread(os.replace, unfinished, target)
        finally:
            await asyncio.to_thread(unfinished.unlink, missing_ok=True)
        try:
            await self._put_on_record(cycle, sealed, actor, at)
        except BaseException:
            await asyncio.to_thread(target.unlink)
            raise
        return sealed

    async def _put_on_record(self, cycle: str, sealed: Sealed, actor: Actor, at: datetime) -> None:
        subject = archive_subject(cycle)
        async with self._writing.begin() as session:
            last = await session.scalar(select(func.max(EVENT.c.revision)).where(EVENT.c.subject == subject))
            revision = 0 if last is None else last + 1
            await append(session, subject, (archived(sealed, revision, actor, at),))


async def _known(session: Session, cycle: str) -> Known:
    row = (await session.execute(select(CYCLE.c.name, CYCLE.c.phase).where(CYCLE.c.id == cycle))).first()
    counting = select(func.count()).select_from(APPRAISAL).where(APPRAISAL.c.cycle_id == cycle)
    still_open = await session.scalar(counting.where(APPRAISAL.c.step != Step.CLOSED))
    cases = await session.scalar(counting)
    return Known(row.name if row else "", row.phase if row else None, cases or 0, still_open or 0)


async def _index(session: Session, cycle: str, name: str) -> AsyncIterator[bytes]:
    """The page on which people find a case."""
    own, a = EVENT.c.subject == APPRAISAL.c.id, APPRAISAL.c
    events = select(func.count()).select_from(EVENT).where(own).correlate(APPRAISAL).scalar_subquery()
    last = select(EVENT.c.hash).where(own).order_by(EVENT.c.revision.desc()).limit(1)
    query = select(
        *(PERSON.c.name, PERSON.c.nip, a.unit_id, a.predicate, a.exit, events),
        *(a.id, last.correlate(APPRAISAL).scalar_subquery()),
    )
    query = query.outerjoin_from(APPRAISAL, PERSON, PERSON.c.id == a.employee_id).where(a.cycle_id == cycle)
    periods = select(UNIT_PERIOD.c.unit_id, UNIT_PERIOD.c.name).order_by(UNIT_PERIOD.c.valid_from)
    units: dict[str, str] = {row.unit_id: row.name for row in await session.execute(periods)}
    yield HEAD.format(name=escape(name)).encode()
    async for row in await session.stream(query.order_by(PERSON.c.name, a.id)):
        said: list[Any] = [*row]
        said[2] = units.get(row.unit_id, row.unit_id)
        yield LINE.format(*(escape("" if one is None else str(one)) for one in said)).encode()
    yield b"</table></body></html>\n"


def _private(unfinished: Path, target: Path, over: bool) -> IO[bytes]:
    """A new file beside the archive that its owner alone may read. Blocking, for a moment."""
    if target.exists() and not over:
        raise FileExistsError(17, "there is such a file already", str(target))
    unfinished.unlink(missing_ok=True)
    unfinished.touch(mode=0o600)
    return unfinished.open("wb")


def _read_back(file: Path, name: str, cases: int, events: int) -> Sealed:
    """What stands in the file now, checked as an auditor checks it. Blocking."""
    ends: Ends = {}
    with file.open("rb+") as content:
        os.fsync(content.fileno())
        sha256 = hashlib.file_digest(content, "sha256").hexdigest()
        with zipfile.ZipFile(content) as archive:
            found = check(archive, {}, ends)
    if found or len(ends) != events:
        raise ArchiveDiffers(f"{file}: {'; '.join(found[:3]) or f'{len(ends)} events instead of {events}'}")
    return Sealed(name, sha256, cases, events, root_over(_heads(ends)))


def _heads(ends: Ends) -> list[Head]:
    """Where each chain ends: its last entry, in the order in which they stand in the file."""
    last: dict[str, Head] = {}
    for (subject, attempt, revision), found in ends.items():
        last[subject] = Head(subject, attempt, revision, found)
    return list(last.values())


class NightlyArchives:
    """Implements activities.retention.Archiving: into one folder, for cycles that closed long enough ago; off without it."""

    def __init__(self, url: str, sessions: Sessions, where: tuple[Path, timedelta] | None) -> None:
        self._url, self._sessions, self._where = url, sessions, where

    async def due(self, at: datetime) -> tuple[str, ...]:
        if self._where is None:
            return ()
        async with self._sessions() as session:
            return await unarchived(session, at - self._where[1])

    async def archive(self, cycle: str, at: datetime) -> bool:
        assert self._where is not None, "nothing is due without a folder"
        target = self._where[0] / f"cycle-{cycle}-{at:%Y%m%dT%H%M%SZ}.zip"
        # An engine of its own: reading a whole cycle must not hold the one connection that SQLite's writers share.
        engine = open_engine(self._url)
        try:
            sealed = await CycleArchives(open_sessions(engine), self._sessions).write(
                cycle, target, CLOCK, at, over=True
            )
        except (OSError, ArchiveDiffers, InvalidExtent) as failed:
            log.error("not_archived", cycle=cycle, error=type(failed).__name__)
            return False
        finally:
            await engine.dispose()
        log.info("archived", cycle=cycle, events=sealed.events, sha256=sealed.sha256)
        return True
