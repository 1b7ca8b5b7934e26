"""Alembic's entry point, run in a thread of its own by adapters.database.schema.migrate."""

import asyncio

from alembic import context
from sqlalchemy import Connection
from sqlmodel import SQLModel

from adapters.database.engine import open_engine
from adapters.database.tables import desk, organisation, process

TABLES = (desk, organisation, process)


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


async def _migrate(url: str) -> None:
    engine = open_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(_run)
    await engine.dispose()


asyncio.run(_migrate(context.config.attributes["url"]))
