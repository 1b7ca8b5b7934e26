"""The stores of this installation, in the order in which they are copied."""

from enum import StrEnum
from pathlib import Path

from sqlalchemy import URL, make_url

from console.backup.postgres_database import PostgresDatabase
from console.backup.sqlite_file import SqliteFile
from console.backup.stores import Store
from runtime.embedded import FILE
from runtime.errors import CannotStart
from runtime.payload_keys import keyring_of
from runtime.settings import Settings


class Half(StrEnum):
    """What can be restored alone."""

    TEMPORAL = "temporal"
    DATABASE = "database"


def stores_of(settings: Settings, only: Half | None = None) -> tuple[Store, ...]:
    """Temporal's first, the record last: a process that is behind the record goes on from it, an earlier record would
    have lost what people were told is done. Of Temporal's two databases the list (visibility) follows what it lists."""
    temporal = () if only is Half.DATABASE else _temporal(settings)
    return temporal if only is Half.TEMPORAL else (*temporal, record_of(settings))


def record_of(settings: Settings) -> Store:
    """Jenjang's own database."""
    url = make_url(settings.database_url)
    if url.drivername.startswith("sqlite"):
        return SqliteFile("jenjang.db", Path(url.database or "").absolute())
    return PostgresDatabase("jenjang.dump", url)


def key_ids(settings: Settings) -> tuple[str, ...]:
    """Of the payload keys of this installation: what its Temporal store holds may be closed with any of them."""
    try:
        return tuple(key.id for key in keyring_of(settings).keys)
    except CannotStart:
        return ()  # none is here yet; a restore then says which it needs


def _temporal(settings: Settings) -> tuple[Store, ...]:
    if settings.temporal_database_url:
        url: URL = make_url(settings.temporal_database_url)
        listed = url.set(database=f"{url.database}_visibility")
        return PostgresDatabase("temporal.dump", url), PostgresDatabase("temporal_visibility.dump", listed)
    if settings.temporal_address is None:
        return (SqliteFile(FILE, settings.data_dir / FILE),)
    return ()
