"""The record of a cycle or a period as one file that an auditor checks without Jenjang."""

import asyncio
import hashlib
import json
import zipfile
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import IO, Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, or_, select

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.reads.anchors import ANCHOR, HEAD
from adapters.database.reads.entries import AT_ONCE, ENTRY
from adapters.database.tables import record
from appraisal.errors import InvalidExtent

READING = table_of(record.Reading)
CHECK = Path(__file__).with_name("archive_check.py")
"""Goes into each archive; it uses nothing but Python's standard library."""
NOTHING: Mapping[str, AsyncIterator[bytes]] = {}
README = """The record of Jenjang: {of}, as of {made_at}.

events.jsonl    every entry of the processes concerned, with its hash and that of the entry before it
anchors.jsonl   the anchor of each day, over the ends of all chains and over the anchor before it
heads.jsonl     what the anchors cover that concern these processes
readings.jsonl  who looked at which case or list, on which day and ground; support staff for which reason
manifest.json   how many lines each file has, and its SHA-256

To check it: python3 check.py this-archive.zip [anchors]
`anchors` is a file that somebody outside the house has kept, as `jenjang audit anchors` prints it.
People and units stand under ids; whoever has the right sees names in Jenjang.
An entry of a later attempt replaces those of earlier attempts from its revision on: they were never confirmed.
"""


@dataclass(frozen=True, slots=True)
class Extent:
    """A whole cycle, or everything that happened between two instants."""

    name: str
    cycle: str = ""
    since: datetime | None = None
    before: datetime | None = None
    days: tuple[date, date] | None = None

    @classmethod
    def read(cls, cycle: str, since: date | None, until: date | None, zone: str) -> "Extent":
        """A cycle, or a period of whole days in this zone; InvalidExtent for anything else."""
        if bool(cycle) == bool(since or until):
            raise InvalidExtent("Neither a cycle nor a period is named, or both are.", "cycle", "Name one of the two.")
        if cycle:
            return cls(f"cycle {cycle}", cycle)
        if not since or not until or until < since or until == date.max:
            raise InvalidExtent(
                "A period has a first day and a last one, which is no earlier.", "until", "Give `since` and `until`."
            )
        begins, ends = (datetime.combine(day, time(), ZoneInfo(zone)) for day in (since, until + timedelta(days=1)))
        return cls(f"{since} to {until}", "", begins.astimezone(UTC), ends.astimezone(UTC), (since, until))

    def concerns(self, subject: ColumnElement[str]) -> ColumnElement[bool]:
        """Whether a process belongs to it. Its chain is packed whole, so that it can be followed from the beginning."""
        if self.cycle:
            return or_(subject.like(f"%/{self.cycle}"), subject.like(f"%/{self.cycle}/%"))
        within = select(ENTRY.c.subject).where(ENTRY.c.at >= self.since, ENTRY.c.at < self.before)
        return subject.in_(within)

    def read_in_it(self) -> ColumnElement[bool]:
        """Whether somebody's look belongs to it."""
        return READING.c.day.between(*self.days) if self.days else self.concerns(READING.c.subject)


async def pack(session: Session, extent: Extent, path: Path, at: datetime) -> dict[str, int]:
    """Write the archive to this path, where nothing may be yet; nothing is left there if it cannot be ended."""
    with path.open("xb") as file:
        try:
            return await write_archive(session, extent, file, at)
        except BaseException:
            await asyncio.to_thread(path.unlink)
            raise


async def write_archive(
    session: Session,
    extent: Extent,
    file: IO[bytes],
    at: datetime,
    further: Mapping[str, AsyncIterator[bytes]] = NOTHING,
    readme: str = README,
) -> dict[str, int]:
    """Write the archive into this file, with further files by name; how many lines each has. Memory does not grow with it."""
    concerned = select(HEAD.c.day).where(extent.concerns(HEAD.c.subject))
    tables = {
        "events.jsonl": select(ENTRY)
        .where(extent.concerns(ENTRY.c.subject))
        .order_by(ENTRY.c.subject, ENTRY.c.attempt, ENTRY.c.revision),
        "anchors.jsonl": select(ANCHOR).order_by(ANCHOR.c.day),
        "heads.jsonl": select(HEAD).where(HEAD.c.day.in_(concerned)).order_by(HEAD.c.day, HEAD.c.hash),
        "readings.jsonl": select(READING).where(extent.read_in_it()).order_by(READING.c.day, READING.c.at),
    }
    made: dict[str, dict[str, Any]] = {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, pages in ({name: lines(session, query) for name, query in tables.items()} | dict(further)).items():
            with archive.open(name, "w", force_zip64=True) as part:
                made[name] = await _write(part, pages)
        told = {"of": extent.name, "made_at": at.isoformat()}
        manifest = {"format": 1, **told, "files": made}
        archive.writestr("manifest.json", json.dumps(manifest, indent=1))
        archive.writestr("README.txt", readme.format(**told))
        archive.write(CHECK, "check.py")
    return {name.removesuffix(".jsonl"): part["lines"] for name, part in made.items()}


async def _write(part: IO[bytes], pages: AsyncIterator[bytes]) -> dict[str, Any]:
    """Write page by page, in a thread, so that whoever else is served does not wait; how many lines, and their hash."""
    digest, count = hashlib.sha256(), 0
    async for page in pages:
        digest.update(page)
        count += page.count(b"\n")
        await asyncio.to_thread(part.write, page)
    return {"lines": count, "sha256": digest.hexdigest()}


async def lines(session: Session, query: Any) -> AsyncIterator[bytes]:
    """What a query finds, page by page, a line of JSON for each row."""
    found = await session.stream(query.execution_options(yield_per=AT_ONCE))
    async for page in found.mappings().partitions(AT_ONCE):
        yield b"".join(json.dumps(_plain(row), ensure_ascii=False).encode() + b"\n" for row in page)


def _plain(row: Any) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}
