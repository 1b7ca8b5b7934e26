"""`jenjang backup`: one file with everything that a restore needs, made while the service runs."""

import asyncio
import tempfile
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from zoneinfo import ZoneInfo

from adapters.database.engine import open_engine, open_sessions
from adapters.database.writes.retention import SqlRetention
from appraisal.privacy.retention import Kept
from console.backup.archive import CannotWrite, part_of, write_archive
from console.backup.installation import key_ids, record_of, stores_of
from console.backup.manifest import FORMAT, Manifest
from runtime.readiness import temporal_version
from runtime.settings import Settings, load_settings

NAMED, ANY = "jenjang-{:%Y%m%dT%H%M%SZ}.zip", f"jenjang-{'[0-9]' * 8}T{'[0-9]' * 6}Z.zip"
"""Archives that are named by Jenjang, whose names sort as the instants in them."""
ELSEWHERE = (
    "Temporal's store is not in it. Set JENJANG_TEMPORAL_DATABASE_URL, or have whoever runs that cluster keep a copy of its "
    "own that is not later than this one."
)


async def backup(file: Path) -> None:
    """Save the record and Temporal's store as one file, while the service runs or not.

    Args:
        file: The archive to write, or a folder: then its name holds the instant.
    """
    settings = load_settings()
    temporal = await temporal_version(settings.temporal())
    made = await asyncio.to_thread(save, settings, file, temporal)
    print(made)
    if len(stores_of(settings)) == 1:
        print(ELSEWHERE)
    now = datetime.now(UTC)
    before = settings.keeping.before(Kept.BACKUPS, now)
    if before and made.name != file.name and (gone := await asyncio.to_thread(remove_older, made, before)):
        engine = open_engine(settings.database_url)
        store = SqlRetention(open_sessions(engine, writing=True), ZoneInfo(settings.zone))
        await store.note(Kept.BACKUPS, before, gone, now)
        await engine.dispose()
        print(f"Removed: {gone} older than {before:%Y-%m-%d %H:%M} UTC.")


def remove_older(made: Path, before: datetime) -> int:
    """Remove the archives beside this one whose names say that they were made before then; how many. Blocking."""
    oldest = NAMED.format(before)
    older = [file for file in made.parent.glob(ANY) if file != made and file.name < oldest]
    for file in older:
        file.unlink()
    return len(older)


def save(settings: Settings, file: Path, temporal: str) -> Path:
    """Write the archive, and say where it is. Blocking.

    Raises:
        CannotStart: there is nothing to save, or the archive cannot be written; then there is none.
    """
    began = datetime.now(UTC)
    target = (file / NAMED.format(began) if file.is_dir() else file).absolute()
    if not target.parent.is_dir():
        raise CannotWrite(f"There is no folder {target.parent}. Make it, or name another.")
    revision = record_of(settings).revision()
    # Beside the archive: /tmp may be memory, and too small.
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".jenjang-") as folder:
        copies, parts = [], []
        for store in stores_of(settings):
            copy, now = Path(folder) / store.name, datetime.now(UTC)
            store.copy(copy)
            copies.append(copy)
            parts.append(part_of(copy, now))
        manifest = Manifest(FORMAT, began, version("jenjang"), temporal, revision, key_ids(settings), tuple(parts))
        write_archive(target, manifest, copies)
    return target
