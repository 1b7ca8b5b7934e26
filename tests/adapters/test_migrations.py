"""The migrations lead to exactly the tables that the code knows, on both databases."""

from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from adapters.database.engine import MIGRATIONS, migrate, open_engine
from adapters.database.tables.metadata import METADATA


def is_table(found: Any, *_: object) -> bool:
    """The view of the record has a model, and is no table."""
    return not getattr(found, "info", {}).get("view")


def differences(connection: Connection) -> list[Any]:
    context = MigrationContext.configure(connection, opts={"compare_type": True, "include_object": is_table})
    return list(compare_metadata(context, METADATA))


async def test_the_migrated_schema_is_the_one_of_the_models(database_url: str) -> None:
    engine = open_engine(database_url)
    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []
    await engine.dispose()


async def test_the_database_is_at_the_newest_of_one_line_of_migrations(database_url: str) -> None:
    heads = ScriptDirectory(str(MIGRATIONS)).get_heads()
    engine = open_engine(database_url)
    async with engine.connect() as connection:
        found = await connection.scalar(text("SELECT version_num FROM alembic_version"))
    await engine.dispose()
    assert [found] == heads


def test_migrating_a_migrated_database_does_nothing(database_url: str) -> None:
    migrate(database_url)
    migrate(database_url)
