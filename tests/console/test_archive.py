"""`jenjang archive` as an operator uses it: written, checked without the database, read, forged, found."""

import io
import shutil
import zipfile
from pathlib import Path

import pytest

from adapters.database.engine import open_engine, open_sessions
from console import archive, audit
from tests import agency
from tests.closed_results import closed


@pytest.fixture
async def folder(migrated_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of an installation with one finished cycle."""
    shutil.copy(migrated_file, tmp_path / "jenjang.db")
    engine = open_engine(f"sqlite+aiosqlite:///{tmp_path}/jenjang.db")
    sessions = open_sessions(engine, writing=True)
    await agency.build(sessions)
    await closed(sessions, {"ani": ("budi", "DI_ATAS", "SESUAI")})
    await engine.dispose()
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("JENJANG_DATA_DIR", str(tmp_path))
    return tmp_path


async def test_a_finished_cycle_is_written_checked_alone_read_and_found_to_be_forged(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = folder / "c2026.zip"
    with pytest.raises(archive.CannotArchive, match="There is no such cycle"):
        await archive.write("c1999", file)
    capsys.readouterr()
    await archive.write("c2026", file)
    written = capsys.readouterr().out
    assert written.startswith(f"{file}: 1 cases, 1 events, read back and on record.\nSHA-256 ")
    with pytest.raises(archive.CannotArchive, match="there is such a file already"):
        await archive.write("c2026", file)

    (folder / "jenjang.db").unlink()
    await audit.verify(archive=file)
    assert capsys.readouterr().out == f"{file} holds: 1 events checked.\n"
    archive.show(file, "ani")
    told = capsys.readouterr().out
    assert told.startswith("Ani Contoh  ")
    assert "submit_review  Budi Contoh" in told
    with pytest.raises(archive.CannotArchive, match="There is no case nobody in this archive"):
        archive.show(file, "nobody")

    forged = io.BytesIO()
    with zipfile.ZipFile(file) as whole, zipfile.ZipFile(forged, "w") as packed:
        for name in whole.namelist():
            content = whole.read(name)
            packed.writestr(name, content.replace(b"BAIK", b"BAJK") if name == "rows/appraisal.jsonl" else content)
    file.write_bytes(forged.getvalue())
    with pytest.raises(archive.CannotArchive, match=r"rows/appraisal\.jsonl: it is not the file"):
        archive.show(file, "ani")
    with pytest.raises(audit.RecordBroken, match="does not hold: 1 findings"):
        await audit.verify(archive=file)
    file.write_bytes(b"PK torn")
    with pytest.raises(archive.CannotArchive, match="is damaged, or no archive of Jenjang"):
        await audit.verify(archive=file)
