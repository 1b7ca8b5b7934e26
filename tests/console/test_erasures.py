"""What people had erased is erased again in a database that is put back, from its list or from one that was kept elsewhere."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, text

from adapters.database.columns import table_of
from adapters.database.engine import open_engine, open_sessions
from adapters.database.tables import organisation
from adapters.database.writes.erasing import DRAFT, PERSON, erase
from appraisal.privacy.erasing import Erased, Part
from console import erasures
from console.backup import restore
from console.backup.save import save
from runtime.settings import load_settings
from tests.keys import KEYS

AT = datetime(2026, 11, 29, 3, tzinfo=UTC)
ERASED = Erased("r1", "ani", (Part.DRAFTS, Part.CONTACT), AT)
ANI = {"id": "ani", "nip": "1", "name": "Ani Contoh", "email": "ani@contoh.example", "employment": "PNS"}
TYPED = {"person_id": "ani", "subject": "s", "form": "targets", "body": {"text": "Rahasia."}, "saved_at": AT}


class Database:
    """The database of the installation, looked at from outside."""

    def __init__(self, url: str) -> None:
        self._url = url

    async def add(self, *rows: tuple[Any, dict[str, Any]]) -> None:
        engine = open_engine(self._url)
        async with open_sessions(engine, writing=True).begin() as session:
            for table, row in rows:
                await session.execute(insert(table), [row])
        await engine.dispose()

    async def erase(self) -> None:
        engine = open_engine(self._url)
        async with open_sessions(engine, writing=True).begin() as session:
            await erase(session, ERASED)
        await engine.dispose()

    async def lose_the_list(self) -> None:
        engine = open_engine(self._url)
        async with engine.begin() as connection:
            await connection.execute(text("DROP TABLE erasure"))
        await engine.dispose()

    async def held(self) -> tuple[int, str | None]:
        """How many drafts there are, and the address of ani."""
        engine = open_engine(self._url)
        async with open_sessions(engine)() as session:
            drafts = (await session.execute(select(DRAFT))).all()
            email = await session.scalar(select(PERSON.c.email))
        await engine.dispose()
        return len(drafts), email


@pytest.fixture
async def database(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """An installation whose Temporal is somewhere else, and does not answer."""

    async def silent(*_: object) -> bool:
        return False

    said = {"DATABASE_URL": database_url, "TEMPORAL_ADDRESS": "127.0.0.1:1", "JENJANG_DATA_DIR": str(tmp_path)}
    for name, value in (said | {"JENJANG_PAYLOAD_KEYS": KEYS}).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(restore, "temporal_serves", silent)
    found = Database(database_url)
    await found.add((table_of(organisation.Person), ANI), (DRAFT, TYPED))
    return found


async def test_a_restore_erases_again_what_was_erased_since_the_backup(
    database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = save(load_settings(), tmp_path / "before.zip", "")
    await database.erase()
    assert await database.held() == (0, None)
    capsys.readouterr()
    await restore.restore(archive, replace=True)
    assert "Erased again what people had erased: 1 requests." in capsys.readouterr().out
    assert await database.held() == (0, None)
    await erasures.erasures()
    line = json.loads(capsys.readouterr().out)
    assert line == {"request": "r1", "person": "ani", "parts": ["drafts", "contact"], "at": AT.isoformat()}


async def test_a_list_that_was_kept_elsewhere_is_applied_and_what_is_none_is_refused(
    database: Database, tmp_path: Path
) -> None:
    kept, nonsense = tmp_path / "erasures.jsonl", tmp_path / "people.csv"
    line = {"request": "r1", "person": "ani", "parts": ["drafts"], "at": AT.isoformat()}
    kept.write_text(json.dumps(line) + "\n")
    nonsense.write_text('{"request": "r1", "parts": ["everything"]}\n')
    for file in (nonsense, tmp_path / "nowhere"):
        with pytest.raises(erasures.UnusableList):
            await erasures.erasures(apply=file)
    assert await database.held() == (1, ANI["email"])
    await erasures.erasures(apply=kept)
    assert await database.held() == (0, ANI["email"])


async def test_where_no_list_can_be_read_the_restore_says_so(
    database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = save(load_settings(), tmp_path / "before.zip", "")
    await database.lose_the_list()
    capsys.readouterr()
    await restore.restore(archive, replace=True)
    assert "jenjang erasures --apply FILE" in capsys.readouterr().out
    assert await database.held() == (1, ANI["email"])
