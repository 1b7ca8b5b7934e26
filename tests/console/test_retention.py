"""`jenjang retention` tells what is set and due, the owner removes what only he may, and old backups go with a new one."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from adapters.database.engine import open_engine, open_sessions
from adapters.database.reads.outlived import OUTLIVED
from appraisal.privacy.retention import Kept
from console.backup.save import backup
from console.retention import retention
from tests.console.test_backup import installation, said

LOOK = {"reader": "budi", "subject": "appraisal/c1/ani", "ground": "superior", "employee_id": "ani"}


async def test_the_owner_sees_what_is_due_and_takes_it_away(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = installation(tmp_path, database_url).model_copy(update={"retention": "readings=P30D,backups=P7D"})
    monkeypatch.setattr("console.retention.load_settings", lambda: settings)
    engine, now = open_engine(database_url), datetime.now(UTC)
    async with open_sessions(engine, writing=True).begin() as session:
        for days in (29, 31, 32):
            at = now - timedelta(days=days)
            await session.execute(insert(OUTLIVED[Kept.READINGS].table).values(**LOOK, day=at.date(), at=at))
    await engine.dispose()
    await retention()
    told = capsys.readouterr().out
    assert "sign_ins   not set: stays\n" in told
    assert "readings   kept 30 days, removed by `jenjang retention --apply`, 2 due\n" in told
    assert "backups    kept 7 days, removed by `jenjang backup`\n" in told
    await retention(apply=True)
    told = capsys.readouterr().out
    assert "readings   kept 30 days, removed by `jenjang retention --apply`, 0 due\n" in told
    assert "  2 readings older than " in told
    assert await said(database_url, "SELECT count(*) FROM reading") == 1


async def test_older_archives_of_the_folder_go_with_a_new_one_and_are_counted(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = installation(tmp_path, database_url).model_copy(update={"retention": "backups=P30D"})
    monkeypatch.setattr("console.backup.save.load_settings", lambda: settings)
    others = {"before-upgrade.zip", "jenjang-20200101T000000Z.zip.sha256", "jenjang-20990101T000000Z.zip"}
    for name in (*others, "jenjang-20200101T000000Z.zip", "jenjang-20200102T000000Z.zip"):
        (tmp_path / name).touch()
    await backup(tmp_path / "by-hand.zip")
    assert await said(database_url, "SELECT count(*) FROM removal") == 0
    await backup(tmp_path)
    left = zips(tmp_path)
    assert left > {*others, "by-hand.zip"}
    assert len(left) == len(others) + 2
    assert await said(database_url, "SELECT rows FROM removal WHERE kind = 'backups'") == 2


def zips(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir() if ".zip" in file.name}
