"""The schema of the database, without what serves: a new version's is there before it is."""

from adapters.database import schema
from runtime.settings import load_settings


def migrate() -> None:
    """Bring the database to the current schema. Harmless when it is there already."""
    settings = load_settings()
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    schema.migrate(settings.database_url)
    print("The database has the current schema.")
