"""`jenjang backup`: one file with everything that a restore needs, made while the service runs."""

import asyncio
import tempfile
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from console.backup.archive import CannotWrite, part_of, write_archive
from console.backup.installation import key_ids, record_of, stores_of
from console.backup.manifest import FORMAT, Manifest
from runtime.readiness import temporal_version
from runtime.settings import Settings, load_settings

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
    print(await asyncio.to_thread(save, settings, file, temporal))
    if len(stores_of(settings)) == 1:
        print(ELSEWHERE)


def save(settings: Settings, file: Path, temporal: str) -> Path:
    """Write the archive, and say where it is. Blocking.

    Raises:
        CannotStart: there is nothing to save, or the archive cannot be written; then there is none.
    """
    began = datetime.now(UTC)
    target = (file / f"jenjang-{began:%Y%m%dT%H%M%SZ}.zip" if file.is_dir() else file).absolute()
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
