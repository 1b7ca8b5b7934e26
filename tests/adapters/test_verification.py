"""`jenjang audit verify` with a forger at work: it names the process and the place, on both databases."""

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import DBAPIError

from adapters.archive import Extent, write_archive
from adapters.database.engine import Session, Sessions
from adapters.database.projections import PROJECTIONS
from adapters.database.reads.anchors import ANCHOR, HEAD, anchors
from adapters.database.reads.entries import broken, chains
from adapters.database.reads.verification import Verification, differs
from adapters.database.tables.record import FOREVER
from adapters.database.writes.anchors import SqlAnchors
from adapters.database.writes.records import SqlRecords
from appraisal.chain import GENESIS, Entry, Finding, Flaw, Head, anchored, digest
from appraisal.record import Event
from tests import builders
from tests.adapters.test_writes import year
from tests.forging import ENTRY, root_of, unguard

ANI, BUDI = "appraisal/c1/ani", "appraisal/c1/budi"
ZONE = ZoneInfo("Asia/Jakarta")
NOW = datetime(2026, 11, 29, 3, tzinfo=UTC)
TODAY = date(2026, 11, 29)
LAST = year()[-1].revision
CASES = next(made for made in PROJECTIONS if made.table.name == "appraisal")
Deed = Callable[[Session], Awaitable[object]]


async def found_in(session: Session, subject: str = "") -> list[Finding]:
    return [finding async for finding in Verification(session, subject).findings()]


@pytest.fixture
async def anchored_record(sessions: Sessions) -> Sessions:
    """Two cases, one of them with an entry that its process never confirmed, and the anchors of two days."""
    records, first = SqlRecords(sessions), builders.case(BUDI)
    first = replace(first, parties=replace(first.parties, employee="budi"))
    await records.store_case(first)
    await SqlAnchors(sessions, ZONE).make(NOW - timedelta(days=3))
    await records.store_case(year()[-1])
    await SqlAnchors(sessions, ZONE).make(NOW)
    return sessions


async def change_a_byte(session: Session) -> None:
    await session.execute(update(ENTRY).where(ENTRY.c.subject == ANI, ENTRY.c.revision == 3).values(reason="Diubah."))


async def remove(session: Session) -> None:
    await session.execute(delete(ENTRY).where(ENTRY.c.subject == ANI, ENTRY.c.revision == 2))


async def exchange(session: Session) -> None:
    """The events 2 and 3 change places, by way of a place that is free."""
    for before, after in ((2, 99), (3, 2), (99, 3)):
        here = update(ENTRY).where(ENTRY.c.subject == ANI, ENTRY.c.revision == before)
        await session.execute(here.values(revision=after))


async def cut_off(session: Session) -> None:
    await session.execute(delete(ENTRY).where(ENTRY.c.subject == ANI, ENTRY.c.revision > LAST - 2))


async def cut_off_with_the_row(session: Session) -> None:
    """And the projection goes back as well: only the anchor knows."""
    await cut_off(session)
    await session.execute(update(CASES.table).where(CASES.subject == ANI).values(revision=LAST - 2))


async def remove_a_case(session: Session) -> None:
    await session.execute(delete(ENTRY).where(ENTRY.c.subject == BUDI))
    await session.execute(delete(CASES.table).where(CASES.subject == BUDI))


async def compute_anew(session: Session) -> None:
    """Another reason at revision 3, and every hash from there on is made to fit."""
    (chain,) = [chain async for chain in chains(session, ANI)]
    await change_a_byte(session)
    previous = chain[2].hash
    for entry in chain[3:]:
        event = entry.event if entry.event.revision > 3 else changed(entry)
        link = digest(previous, ANI, event)
        place = (ENTRY.c.subject == ANI, ENTRY.c.revision == event.revision)
        await session.execute(update(ENTRY).where(*place).values(previous_hash=previous, hash=link))
        previous = link
    assert await broken(session, ANI) is None, "the chain alone cannot tell"


def changed(entry: Entry) -> Event:
    return replace(entry.event, reason="Diubah.")


async def compute_anew_with_the_anchor(session: Session) -> None:
    """And the anchor is made to fit, too: whoever owns the database can do that, and only a copy elsewhere tells."""
    await compute_anew(session)
    newest = await session.scalar(select(ENTRY.c.hash).where(ENTRY.c.subject == ANI, ENTRY.c.revision == LAST))
    await session.execute(update(HEAD).where(HEAD.c.subject == ANI).values(hash=newest))
    first, last = await anchors(session)
    heads = await session.execute(
        select(HEAD.c.subject, HEAD.c.attempt, HEAD.c.revision, HEAD.c.hash).where(HEAD.c.day == TODAY)
    )
    again = anchored(TODAY, last.made_at, root_of(Head(*row) for row in heads), first.hash)
    await session.execute(update(ANCHOR).where(ANCHOR.c.day == TODAY).values(root=again.root, hash=again.hash))


FORGERIES: tuple[tuple[Deed, Finding | None], ...] = (
    (change_a_byte, Finding(ANI, Flaw.CHANGED, 3)),
    (remove, Finding(ANI, Flaw.MISSING, 2)),
    (exchange, Finding(ANI, Flaw.MOVED, 2)),
    (cut_off, Finding(ANI, Flaw.CUT_OFF, LAST)),
    (cut_off_with_the_row, Finding(ANI, Flaw.CUT_OFF, LAST)),
    (remove_a_case, Finding(BUDI, Flaw.CUT_OFF, 0)),
    (compute_anew, Finding(ANI, Flaw.REWRITTEN, LAST)),
    (
        lambda s: s.execute(update(ANCHOR).where(ANCHOR.c.day < TODAY).values(heads=9)),
        Finding("2026-11-26", Flaw.ANCHOR_BROKEN),
    ),
    (lambda s: s.execute(delete(ANCHOR).where(ANCHOR.c.day == TODAY)), Finding("2026-11-29", Flaw.ANCHOR_GONE)),
    (compute_anew_with_the_anchor, None),
)


async def test_each_forgery_is_found_where_it_is(anchored_record: Sessions) -> None:
    async with anchored_record() as session:
        assert await found_in(session) == []
        first, last = await anchors(session)
        held = (last.day, last.hash)
        head = Head(
            *(
                await session.execute(
                    select(HEAD.c.subject, HEAD.c.attempt, HEAD.c.revision, HEAD.c.hash).where(HEAD.c.subject == ANI)
                )
            ).one()
        )
        assert (first.heads, last.heads) == (1, 1), "only what has moved"
        assert [await differs(session, held), await differs(session, head)] == [None, None]
    for deed, finding in FORGERIES:
        async with anchored_record() as session:
            forging = session.get_transaction() or await session.begin()
            await unguard(session)
            await deed(session)
            found = await found_in(session)
            assert (finding in found) if finding else found == [], deed
            if finding is None:
                assert await differs(session, held) == Finding("2026-11-29", Flaw.ANCHOR_DIFFERS)
                assert await differs(session, head) == Finding(ANI, Flaw.REWRITTEN, LAST)
            await forging.rollback()
    async with anchored_record() as session:
        assert await found_in(session) == []


async def test_a_day_has_one_anchor_and_an_outage_leaves_none_for_days_on_which_nothing_ran(
    anchored_record: Sessions,
) -> None:
    for minutes in (1, 5, 60):
        await SqlAnchors(anchored_record, ZONE).make(NOW + timedelta(minutes=minutes))
    async with anchored_record() as session:
        made = await anchors(session)
    assert [anchor.day.isoformat() for anchor in made] == ["2026-11-26", "2026-11-29"]
    assert (made[0].previous_hash, made[1].previous_hash) == (GENESIS, made[0].hash)
    await SqlAnchors(anchored_record, ZONE).make(NOW + timedelta(days=1))
    async with anchored_record() as session:
        assert (await anchors(session))[-1].heads == 0, "nothing has moved since"


async def test_the_file_itself_refuses_to_change_or_remove(anchored_record: Sessions) -> None:
    """On PostgreSQL the role that serves has no right to (tests/deployment); here it is the database that says no."""
    async with anchored_record() as session:
        if session.dialect.name != "sqlite":
            return
    for table, column in zip(FOREVER, ("actor", "hash", "hash", "reader"), strict=True):
        for deed in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"):
            async with anchored_record.begin() as session:
                if table == "reading":
                    await session.exec_driver_sql(
                        "INSERT OR IGNORE INTO reading VALUES ('2026-11-29', 'budi', 'people', 'hr', NULL, '2026-11-29', '')"
                    )
            with pytest.raises(DBAPIError, match="only ever added to"):
                async with anchored_record.begin() as session:
                    await session.exec_driver_sql(deed)


async def test_an_auditor_checks_the_archive_without_jenjang(anchored_record: Sessions, tmp_path: Path) -> None:
    archive, kept = tmp_path / "c1.zip", tmp_path / "anchors.jsonl"
    async with anchored_record() as session:
        with archive.open("wb") as file:
            lines = await write_archive(session, Extent.read("c1", None, None, "Asia/Jakarta"), file, NOW)
        made = await anchors(session)
        events = await session.scalar(select(func.count()).select_from(ENTRY))
    assert lines == {"events": events, "anchors": 2, "heads": 2, "readings": 0}
    kept.write_text("".join(json.dumps({"day": a.day.isoformat(), "hash": a.hash}) + "\n" for a in made))
    with zipfile.ZipFile(archive) as packed:
        (tmp_path / "check.py").write_bytes(packed.read("check.py"))
        parts = {name: packed.read(name) for name in packed.namelist()}

    def check(content: bytes) -> tuple[int, str]:
        archive.write_bytes(content)
        argv = [sys.executable, "-I", str(tmp_path / "check.py"), str(archive), str(kept)]
        done = subprocess.run(argv, capture_output=True, text=True, check=False, timeout=60)
        assert done.stderr == ""
        return done.returncode, done.stdout

    assert check(archive.read_bytes()) == (0, f"cycle c1: {events} events, it holds.\n")
    forged = io.BytesIO()
    with zipfile.ZipFile(forged, "w") as packed:
        for name, content in parts.items():
            packed.writestr(
                name, content.replace(b"submit_review", b"submit_revieW") if name == "events.jsonl" else content
            )
    code, said = check(forged.getvalue())
    assert code == 1
    assert "events.jsonl: it is not the file that the manifest tells of" in said
    assert f"{ANI} at revision" in said
    kept.write_text(json.dumps({"day": "2026-11-29", "hash": GENESIS}) + "\n")
    code, said = check(archive.read_bytes())
    assert (code, "2026-11-29: the anchor is not the one that was handed out" in said) == (1, True)
