"""The archive of a finished cycle: all of it, read back, on record, and by itself only where the agency wants it."""

import json
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, select, update

from adapters import cycle_archive
from adapters.archive import Extent
from adapters.archive_check import check, lines
from adapters.cycle_archive import ArchiveDiffers, CycleArchives, NightlyArchives
from adapters.database.columns import table_of
from adapters.database.engine import Sessions
from adapters.database.reads import entries
from adapters.database.reads.cycle_archives import archives, unarchived
from adapters.database.reads.cycle_rows import NOT_HERE, rows_of
from adapters.database.reads.verification import Verification
from adapters.database.tables import periods, process
from adapters.database.tables.metadata import METADATA
from adapters.database.writes.anchors import SqlAnchors
from appraisal.access import Actor
from appraisal.chain import Finding
from appraisal.errors import InvalidExtent
from appraisal.privacy.archive import archive_subject
from tests import agency
from tests.adapters.rounds import account
from tests.closed_results import closed
from tests.forging import unguard

AT = datetime(2027, 3, 1, 18, 0, tzinfo=UTC)
HR, JAKARTA = Actor("hr", hr=True), ZoneInfo("Asia/Jakarta")
CYCLE, APPRAISAL, FEEDBACK = table_of(process.Cycle), table_of(process.Appraisal), table_of(periods.Feedback)
GIVEN = {"ani": ("budi", "DI_ATAS", "SESUAI"), "eko": ("a-hr", "SESUAI", "SESUAI")}
ANI, EKO = "appraisal/c2026/ani", "appraisal/c2026/eko"
PROCESS_IDS = 64
"""How long a column is that names a process."""
WORDS = {"id": "f1", "case_id": ANI, "kind": "feedback", "about": "", "text": "Rapi sekali.", "given_by": "budi"}


@pytest.fixture
async def finished(sessions: Sessions) -> Sessions:
    """Two closed cycles with an anchor over them; in the first an officer without a person rated too, and a word was said."""
    await agency.build(sessions)
    await account(sessions, "hr", person_id=None, login="petugas")
    await closed(sessions, GIVEN)
    await closed(sessions, {"gita": ("fajar", "SESUAI", "SESUAI")}, 2025)
    async with sessions.begin() as session:
        await session.execute(insert(FEEDBACK).values(**WORDS, given_at=AT))
        await session.execute(update(CYCLE).values(closes_at=AT - timedelta(days=30)))
    await SqlAnchors(sessions, JAKARTA).make(AT)
    return sessions


def zips(folder: Path) -> dict[str, bool]:
    """What stands in this folder, unfinished or not, and whether it is an archive."""
    return {path.name: zipfile.is_zipfile(path) for path in folder.glob("*.zip*")}


async def findings(sessions: Sessions) -> set[Finding]:
    async with sessions() as session:
        return {finding async for finding in Verification(session).findings()}


def here(sessions: Sessions) -> CycleArchives:
    return CycleArchives(sessions, sessions)


async def test_everything_of_the_cycle_and_nothing_of_another_is_in_the_file_and_the_file_on_record(
    finished: Sessions, tmp_path: Path
) -> None:
    file, before = tmp_path / "c2026.zip", await findings(finished)
    made = await here(finished).write("c2026", file, HR, AT)
    assert (made.file, made.cases, made.events) == ("c2026.zip", 2, 2)
    assert zips(tmp_path) == {"c2026.zip": True}
    assert file.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(file) as archive:
        assert check(archive, {}, {}) == []
        rows = {row["employee_id"]: row for row in lines(archive, "rows/appraisal.jsonl")}
        assert {who: row["predicate"] for who, row in rows.items()} == {"ani": "BAIK", "eko": "BAIK"}
        assert [row["text"] for row in lines(archive, "rows/feedback.jsonl")] == ["Rapi sekali."]
        assert {row["name"] for row in lines(archive, "rows/person.jsonl")} >= {"Ani Contoh", "Budi Contoh"}
        assert [row["login"] for row in lines(archive, "rows/account.jsonl")] == ["petugas"]
        assert [entry["subject"] for entry in lines(archive, "events.jsonl")] == [ANI, EKO]
        (head,) = [head for head in lines(archive, "heads.jsonl") if head["subject"] == ANI]
        index = archive.read("index.html").decode()
        assert json.loads(archive.read("manifest.json"))["files"]["rows/cycle.jsonl"]["lines"] == 1
    assert all(said in index for said in ("Ani Contoh", ANI, head["hash"]))
    async with finished() as session:
        known = {cycle: archive for cycle, _, archive in await archives(session)}
        assert await entries.broken(session, archive_subject("c2026")) is None
    assert known["c2025"] is None
    assert known["c2026"] is not None
    assert (known["c2026"].sealed, known["c2026"].at, known["c2026"].by) == (made, AT, "hr")

    again = await here(finished).write("c2026", tmp_path / "again.zip", HR, AT + timedelta(days=1))
    assert (again.events, again.root == made.root) == (3, False), "the first archive is on record in the second"
    assert await findings(finished) == before, "the line of the record is a chain like any other"


async def test_what_is_not_finished_or_cannot_be_written_leaves_nothing(
    finished: Sessions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for cycle, what in (("c1999", "There is no such cycle"), ("c2025", "1 of its cases are open")):
        async with finished.begin() as session:
            await session.execute(update(APPRAISAL).where(APPRAISAL.c.cycle_id == "c2025").values(step="review"))
        with pytest.raises(InvalidExtent) as refused:
            await here(finished).write(cycle, tmp_path / "a.zip", HR, AT)
        assert what in refused.value.what
    (tmp_path / "kept.zip").write_bytes(b"older")
    with pytest.raises(FileExistsError):
        await here(finished).write("c2026", tmp_path / "kept.zip", HR, AT)
    async with finished.begin() as session:
        await unguard(session)
        await session.execute(update(entries.ENTRY).where(entries.ENTRY.c.subject == ANI).values(actor="mallory"))
    with pytest.raises(ArchiveDiffers, match="what stands there is not what was written"):
        await here(finished).write("c2026", tmp_path / "a.zip", HR, AT)
    async with finished.begin() as session:
        await session.execute(update(entries.ENTRY).where(entries.ENTRY.c.subject == ANI).values(actor="budi"))

    async def away(*_: object) -> None:
        raise TimeoutError

    monkeypatch.setattr(cycle_archive, "append", away)
    with pytest.raises(TimeoutError):
        await here(finished).write("c2026", tmp_path / "a.zip", HR, AT)
    assert zips(tmp_path) == {"kept.zip": False}
    async with finished() as session:
        assert [archive for _, _, archive in await archives(session)] == [None, None]


async def test_by_itself_only_where_a_folder_is_named_and_once(
    finished: Sessions, database_url: str, tmp_path: Path
) -> None:
    assert await NightlyArchives(database_url, finished, None).due(AT) == ()
    nightly = NightlyArchives(database_url, finished, (tmp_path, timedelta(days=31)))
    assert await nightly.due(AT) == ()
    assert await nightly.due(AT + timedelta(days=2)) == ("c2025", "c2026")
    gone = NightlyArchives(database_url, finished, (tmp_path / "gone", timedelta(days=1)))
    assert not await gone.archive("c2025", AT), "the next night tries again"
    assert await nightly.archive("c2025", AT)
    assert await nightly.archive("c2026", AT)
    async with finished() as session:
        assert await unarchived(session, AT) == ()
        assert {archive.by for _, _, archive in await archives(session) if archive} == {"clock"}
    assert zips(tmp_path) == dict.fromkeys(
        (f"cycle-{cycle}-20270301T180000Z.zip" for cycle in ("c2025", "c2026")), True
    )


def test_no_table_that_names_processes_or_cycles_is_forgotten() -> None:
    packed = set(rows_of(Extent("cycle c1", "c1")))
    named = {
        table.name
        for table in METADATA.sorted_tables
        if not table.info.get("view")
        for column in table.c
        if column.name == "cycle_id"
        or column.name == "subject"
        or (column.name.endswith("_id") and getattr(column.type, "length", None) == PROCESS_IDS)
    }
    elsewhere = {table.name for table in NOT_HERE}
    assert named - packed - elsewhere == {"data_request", "identity", "superior_report"}, "those are of a person"


async def test_every_query_of_it_is_answered(sessions: Sessions) -> None:
    async with sessions() as session:
        for query in rows_of(Extent("cycle c1", "c1")).values():
            await session.execute(select(query.subquery()))
