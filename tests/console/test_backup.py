"""What `jenjang backup` saves comes back as it was, and what must not be restored is refused before anything is touched."""

import shutil
import sqlite3
import struct
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from adapters.database.engine import open_engine
from console.backup.archive import CannotWrite
from console.backup.installation import Half
from console.backup.manifest import UnusableBackup
from console.backup.restore import CannotRestore, put_back
from console.backup.save import save
from console.backup.stores import CannotCopy
from runtime.errors import CannotStart
from runtime.settings import Settings
from tests.postgres import Cluster

ROWS = "SELECT count(*) FROM unit"
ONE_MORE = "INSERT INTO unit (id, code) VALUES ('u{0}', 'u{0}')"


def installation(folder: Path, database_url: str) -> Settings:
    """A database with Temporal's file beside it, which knows one workflow."""
    with closing(sqlite3.connect(folder / "temporal.db", isolation_level=None)) as temporal:
        temporal.executescript(
            "PRAGMA journal_mode=WAL; CREATE TABLE workflow (id); INSERT INTO workflow VALUES ('w1')"
        )
    return Settings(data_dir=folder, database_url=database_url, temporal_address=None)


def workflows(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / "temporal.db")) as temporal:
        return [name for (name,) in temporal.execute("SELECT id FROM workflow ORDER BY id")]


def kept_aside(folder: Path) -> list[str]:
    return sorted((file.name for file in folder.glob("before-restore-*/*.db")), reverse=True)


async def said(database_url: str, sql: str) -> int:
    engine = open_engine(database_url)
    async with engine.begin() as connection:
        answer = await connection.execute(text(sql))
        found = answer.scalar() if answer.returns_rows else answer.rowcount
    await engine.dispose()
    return int(found or 0)


async def test_both_halves_come_back_as_they_were(database_url: str, tmp_path: Path) -> None:
    settings = installation(tmp_path, database_url)
    await said(database_url, ONE_MORE.format(1))
    with closing(sqlite3.connect(tmp_path / "temporal.db", isolation_level=None)) as running:
        running.execute("BEGIN IMMEDIATE")
        running.execute("INSERT INTO workflow VALUES ('unfinished')")
        archive = save(settings, tmp_path, "1.2.3")
        running.execute("COMMIT")
    await said(database_url, ONE_MORE.format(2))
    assert archive.stat().st_mode & 0o777 == 0o600
    with pytest.raises(CannotRestore, match="There are data already"):
        put_back(settings, archive, None, replace=False)
    assert (await said(database_url, ROWS), workflows(tmp_path)) == (2, ["unfinished", "w1"])
    manifest = put_back(settings, archive, None, replace=True)
    assert (await said(database_url, ROWS), workflows(tmp_path)) == (1, ["w1"])
    assert (manifest.temporal, [part.name.partition(".")[0] for part in manifest.parts]) == (
        "1.2.3",
        ["temporal", "jenjang"],
    )
    assert manifest.parts[0].taken_at <= manifest.parts[1].taken_at
    assert kept_aside(tmp_path) == ["temporal.db"] + ["jenjang.db"] * database_url.startswith("sqlite")


async def test_one_half_alone(database_url: str, tmp_path: Path) -> None:
    settings = installation(tmp_path, database_url)
    archive = save(settings, tmp_path, "")
    await said(database_url, ONE_MORE.format(1))
    put_back(settings, archive, Half.TEMPORAL, replace=True)
    assert await said(database_url, ROWS) == 1
    put_back(settings, archive, Half.DATABASE, replace=True)
    assert await said(database_url, ROWS) == 0


async def test_nothing_is_restored_under_a_program_that_runs(database_url: str, tmp_path: Path) -> None:
    settings = installation(tmp_path, database_url)
    archive = save(settings, tmp_path, "")
    await said(database_url, ONE_MORE.format(1))
    engine = open_engine(database_url)
    async with engine.connect() as running:
        await running.execute(text(ROWS))
        for half in (None, Half.TEMPORAL):
            with pytest.raises(CannotRestore, match="is in use"):
                put_back(settings, archive, half, replace=True)
    await engine.dispose()
    with closing(sqlite3.connect(tmp_path / "temporal.db")) as running:
        running.execute("SELECT * FROM workflow")
        with pytest.raises(CannotRestore, match=r"temporal\.db is in use"):
            put_back(settings, archive, None, replace=True)
    assert await said(database_url, ROWS) == 1


async def test_temporals_databases_on_postgresql_are_saved_with_ours(cluster: Cluster, tmp_path: Path) -> None:
    ours, temporal = cluster.create_database(), cluster.create_database("template0")
    listed = cluster.create_database("template0", f"{temporal.rpartition('/')[2]}_visibility")
    settings = Settings(
        data_dir=tmp_path,
        database_url=ours,
        temporal_address="127.0.0.1:1",
        temporal_database_url=temporal.replace("+asyncpg", ""),
    )
    for url in (temporal, listed):
        await said(url, "CREATE TABLE executions (id text)")
        await said(url, "INSERT INTO executions VALUES ('w1')")
    archive = save(settings, tmp_path / "one.zip", "")
    for url in (temporal, listed):
        await said(url, "DELETE FROM executions")
        await said(url, "CREATE TABLE newer (id text)")
    manifest = put_back(settings, archive, None, replace=True)
    assert [part.name for part in manifest.parts] == ["temporal.dump", "temporal_visibility.dump", "jenjang.dump"]
    for url in (temporal, listed):
        assert await said(url, "SELECT count(*) FROM executions") == 1
        assert await said(url, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == 1
    for url in (ours, temporal, listed):
        cluster.drop_database(url)


async def test_the_serving_role_may_do_afterwards_what_it_might_before(cluster: Cluster, tmp_path: Path) -> None:
    """And no more: above all not change the record."""
    url = cluster.create_database("template0")
    settings = installation(tmp_path, url)
    for sql in (
        "CREATE ROLE serving",
        "ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO serving",
        "CREATE TABLE alembic_version AS SELECT '0034' AS version_num",
        "CREATE TABLE event (id text)",
        "REVOKE UPDATE, DELETE, TRUNCATE ON event FROM serving",
    ):
        await said(url, sql)
    put_back(settings, save(settings, tmp_path, ""), None, replace=True)
    await said(url, "CREATE TABLE later (id text)")
    rights = {("event", "INSERT"): 1, ("event", "UPDATE"): 0, ("alembic_version", "UPDATE"): 1, ("later", "UPDATE"): 1}
    for (table, right), may in rights.items():
        asked = f"SELECT has_table_privilege('serving', '{table}', '{right}')::int"
        assert await said(url, asked) == may, (table, right)
    cluster.drop_database(url)


@pytest.fixture
def saved(migrated_file: Path, tmp_path: Path) -> tuple[Settings, Path]:
    """An installation on SQLite, and an archive of it elsewhere."""
    folder = tmp_path / "var"
    folder.mkdir()
    shutil.copy(migrated_file, folder / "jenjang.db")
    settings = installation(folder, f"sqlite+aiosqlite:///{folder}/jenjang.db")
    return settings, save(settings, tmp_path / "saved.zip", "")


def _cut(archive: Path) -> None:
    archive.write_bytes(archive.read_bytes()[:-100])


def _one_byte(archive: Path) -> None:
    """The first of the largest copy, which then is of no kind that there is. Others may mean nothing: zeros repeat zeros."""
    with zipfile.ZipFile(archive) as held:
        start = max(held.infolist(), key=lambda one: one.compress_size).header_offset
    content = bytearray(archive.read_bytes())
    name, more = struct.unpack_from("<HH", content, start + 26)
    content[start + 30 + name + more] |= 0b110
    archive.write_bytes(content)


def _rewritten(change: Callable[[str, bytes], bytes]) -> Callable[[Path], None]:
    """Somebody packs the archive anew, so that the zip itself is sound."""

    def rewrite(archive: Path) -> None:
        with zipfile.ZipFile(archive) as old:
            held = {name: change(name, old.read(name)) for name in old.namelist()}
        with zipfile.ZipFile(archive, "w") as new:
            for name, content in held.items():
                new.writestr(name, content)

    return rewrite


def _in_the_manifest(old: bytes, new: bytes) -> Callable[[Path], None]:
    return _rewritten(lambda name, content: content.replace(old, new) if name == "manifest.json" else content)


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (_cut, "is damaged, or no backup of Jenjang"),
        (_one_byte, "is damaged"),
        (lambda archive: archive.write_text("no zip"), "is damaged, or no backup of Jenjang"),
        (lambda archive: archive.unlink(), "cannot be read: No such file"),
        (_rewritten(lambda name, content: content + b"x"), "manifest cannot be read"),
        (_rewritten(lambda name, content: content if "json" in name else content + b"x"), "is not what was saved"),
        (_in_the_manifest(b'"format": 1', b'"format": 2'), "has the format 2; this Jenjang reads 1"),
        (_in_the_manifest(b'"revision": "0', b'"revision": "9'), "which this one does not know. Install that version"),
        (_in_the_manifest(b'"keys": []', b'"keys": ["2027"]'), "was written with the keys 2027, which are not here"),
        (_in_the_manifest(b"temporal.db", b"temporal.dump"), r"and not temporal\.db, which this installation uses"),
    ],
)
def test_an_archive_that_cannot_be_trusted_changes_nothing(
    saved: tuple[Settings, Path], harm: Callable[[Path], None], told: str
) -> None:
    settings, archive = saved
    harm(archive)
    before = sorted(path.name for path in settings.data_dir.iterdir())
    with pytest.raises(UnusableBackup, match=told):
        put_back(settings, archive, None, replace=True)
    assert sorted(path.name for path in settings.data_dir.iterdir()) == before
    assert workflows(settings.data_dir) == ["w1"]


def test_an_archive_is_never_written_over_and_needs_a_folder(saved: tuple[Settings, Path]) -> None:
    settings, archive = saved
    with pytest.raises(CannotWrite, match="is there already"):
        save(settings, archive, "")
    with pytest.raises(CannotWrite, match="There is no folder"):
        save(settings, archive / "no" / "one.zip", "")


def test_what_is_damaged_is_not_saved_as_if_it_were_sound(saved: tuple[Settings, Path], tmp_path: Path) -> None:
    settings, _ = saved
    file = settings.data_dir / "temporal.db"
    file.write_bytes(b"x" * file.stat().st_size)
    with pytest.raises(CannotCopy, match=r"temporal\.db"):
        save(settings, tmp_path / "other.zip", "")
    assert not (tmp_path / "other.zip").exists()
    (settings.data_dir / "jenjang.db").unlink()
    with pytest.raises(CannotStart, match="is no database of Jenjang"):
        save(settings, tmp_path / "other.zip", "")
