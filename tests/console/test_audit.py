"""`jenjang audit` as an operator and an inspectorate use it: whole, handed out, packed, forged, found."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from adapters.database.engine import open_engine, open_sessions
from adapters.database.writes.anchors import SqlAnchors
from adapters.database.writes.records import SqlRecords
from console import audit
from tests.adapters.test_writes import SUBJECT, year


@pytest.fixture
async def folder(migrated_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of an installation with one case and the anchor of today."""
    shutil.copy(migrated_file, tmp_path / "jenjang.db")
    engine = open_engine(f"sqlite+aiosqlite:///{tmp_path}/jenjang.db")
    sessions = open_sessions(engine, writing=True)
    await SqlRecords(sessions).store_case(year()[-1])
    await SqlAnchors(sessions, ZoneInfo("Asia/Jakarta")).make(datetime.now(UTC))
    await engine.dispose()
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("JENJANG_DATA_DIR", str(tmp_path))
    return tmp_path


def verified(subject: str) -> subprocess.CompletedProcess[str]:
    """What the program itself says, and with which exit code."""
    program = [str(Path(sys.executable).parent / "jenjang"), "audit", "verify", subject]
    return subprocess.run(program, env={**os.environ}, capture_output=True, text=True, check=False, timeout=120)


async def test_a_record_is_verified_handed_out_packed_and_found_to_be_forged(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    events, kept, archive = year()[-1].revision + 1, folder / "anchors.jsonl", folder / "c1.zip"
    whole = f"The record is whole: 1 processes, {events} events, 1 anchors checked.\n"
    capsys.readouterr()
    await audit.anchors(heads=True)
    kept.write_text(capsys.readouterr().out)
    head, anchor = map(json.loads, kept.read_text().splitlines())
    assert (head["subject"], head["revision"], anchor["heads"]) == (SUBJECT, events - 1, 1)
    await audit.verify(anchor=kept)
    assert capsys.readouterr().out == f"{whole}It fits {kept}: 2 lines compared.\n"
    await audit.export(archive, cycle="c1")
    assert capsys.readouterr().out == f"{archive}: {events} events, 1 anchors, 1 heads, 0 readings.\n"
    with pytest.raises(audit.CannotUse, match="cannot be written: File exists"):
        await audit.export(archive, cycle="c1")
    with pytest.raises(audit.CannotUse, match="Name one of the two"):
        await audit.export(folder / "none.zip")
    assert not (folder / "none.zip").exists()
    (folder / "torn").write_text(kept.read_text()[:30])
    with pytest.raises(audit.CannotUse, match="does not hold what `jenjang audit anchors` prints"):
        await audit.verify(anchor=folder / "torn")

    with closing(sqlite3.connect(folder / "jenjang.db")) as forger, forger:
        forger.execute("DROP TRIGGER event_refuses_update")
        forger.execute("UPDATE event SET reason = 'Diubah.' WHERE revision = 3")
    found = verified(SUBJECT)
    told = f"{SUBJECT} at revision 3: what stands there is not what was written\n"
    assert (found.returncode, found.stdout) == (1, told)
    assert found.stderr.startswith("jenjang: The record does not hold: 1 findings. Keep the database as it is")


async def test_what_no_human_has_confirmed_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    with pytest.raises(audit.DecidedByNobody, match="1 decisions were confirmed by no named human"):
        await audit.decisions()
    assert f"{SUBJECT}: no human has confirmed it (predicates of a year)" in capsys.readouterr().out
    with closing(sqlite3.connect(folder / "jenjang.db", isolation_level=None)) as database:
        database.execute("INSERT INTO person (id, nip, name, employment) VALUES ('budi', '1', 'Budi Contoh', 'PNS')")
    await audit.decisions()
    assert "A named human has confirmed each of 1 predicates of a year" in capsys.readouterr().out
