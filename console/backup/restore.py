"""`jenjang restore`: puts the stores of a backup back, then has processes and record agree, and checks the record."""

import asyncio
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from adapters.database.schema import known_revisions
from console.audit import verify
from console.backup.archive import open_archive
from console.backup.installation import Half, key_ids, stores_of
from console.backup.manifest import Manifest, demand_keys, demand_known_schema, demand_same_stores
from console.backup.stores import Store
from console.erasures import UNREAD, apply_to, known_to
from console.reconcile import reconcile
from console.service import working
from runtime.errors import CannotStart
from runtime.readiness import temporal_serves
from runtime.settings import Settings, load_settings

REST = (
    "The stores are back. Temporal does not answer yet: start it and one worker, not the API, then `jenjang reconcile --apply` "
    "and `jenjang audit verify`."
)


class CannotRestore(CannotStart):
    """Restoring now would destroy something."""


async def restore(file: Path, only: Half | None = None, replace: bool = False) -> None:
    """Put the stores back as a backup has them and erase again what was erased since; then start Temporal and a worker, let
    processes and record agree, and check the record. The service must be stopped.

    Args:
        file: The archive that `jenjang backup` wrote.
        only: Restore one half (temporal or database) and keep the other as it is.
        replace: There are data here already: replace them. Files are moved aside, databases of PostgreSQL are not.
    """
    settings = load_settings()
    # What was erased since the backup is on the list of the database that is replaced now.
    erased = () if only is Half.TEMPORAL else await known_to(settings)
    manifest = await asyncio.to_thread(put_back, settings, file, only, replace)
    if erased:
        await apply_to(settings, erased)
        print(f"Erased again what people had erased: {len(erased)} requests.")
    elif erased is None:
        print(UNREAD)
    print(f"Restored what was saved on {manifest.made_at:%Y-%m-%d %H:%M:%S} UTC by Jenjang {manifest.jenjang}.")
    if settings.temporal_address and not await temporal_serves(settings.temporal_address, settings.temporal_namespace):
        print(REST)
        return
    async with working(settings, print):
        await reconcile(apply=True)
        await verify()


def put_back(settings: Settings, file: Path, only: Half | None, replace: bool) -> Manifest:
    """Put the stores back. Blocking. Nothing is touched before all that can be checked has been.

    Raises:
        CannotStart: the archive is damaged, newer or of another installation, something runs, or data would be lost.
    """
    stores = stores_of(settings, only)
    with open_archive(file) as archive:
        demand_known_schema(archive.manifest, known_revisions())
        demand_keys(archive.manifest, key_ids(settings))
        demand_same_stores(archive.manifest, [store.name for store in stores])
        _demand_stopped(stores_of(settings))
        _demand_leave(stores, replace)
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=settings.data_dir, prefix="restoring-") as folder:
            for part in archive.manifest.parts:
                archive.unpack(part, Path(folder) / part.name)
            aside = settings.data_dir / f"before-restore-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
            for store in stores:
                store.put(Path(folder) / store.name, aside)
        return archive.manifest


def _demand_stopped(stores: Sequence[Store]) -> None:
    for store in stores:
        if store.in_use():
            raise CannotRestore(
                f"{store.place} is in use. Stop everything that uses it (API, workers, Temporal), then restore."
            )


def _demand_leave(stores: Sequence[Store], replace: bool) -> None:
    held = [store.place for store in stores if store.holds_data()]
    if held and not replace:
        raise CannotRestore(f"There are data already: {', '.join(held)}. With --replace the backup takes their place.")
