"""The migrations lead to exactly the tables that the code knows, and the version before can go on beside each of them."""

import io
import re
from typing import Any
from unittest.mock import MagicMock

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import Script, ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.dialects import postgresql

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


CONTRACTS = {
    "0034": "the key of events has one more column, and the serving role loses the right to change them: stop for this one",
    "0012": "ids of officers became longer: PostgreSQL widens a text without rewriting, SQLite has no version beside it",
}
"""Steps that the version before cannot live with, each with what the operator must do or why nothing is to be done."""
BREAKING = {
    "takes away": r"\bDROP (TABLE|COLUMN|VIEW|INDEX|SCHEMA)\b",
    "renames": r"\bRENAME\b",
    "changes a type": r"\bALTER COLUMN \S+ TYPE\b",
    "demands more": r"\bSET NOT NULL\b|\bADD CONSTRAINT\b|\bADD (UNIQUE|CHECK)\b|\bCREATE UNIQUE INDEX\b",
    "demands what the version before does not write": r"\bADD COLUMN (?!.*\bDEFAULT\b).*\bNOT NULL\b",
    "forbids": r"\bREVOKE\b|\bCREATE (OR REPLACE )?TRIGGER\b",
    "removes rows": r"\bDELETE FROM\b|\bTRUNCATE\b",
}


def statements(revision: Script) -> list[str]:
    """What a migration says to PostgreSQL, without one."""
    said, bind = io.StringIO(), MagicMock(dialect=postgresql.dialect())  # type: ignore[no-untyped-call]
    context = MigrationContext.configure(dialect_name="postgresql", opts={"as_sql": True, "output_buffer": said})
    context.impl.connection = bind
    with Operations.context(context):
        revision.module.upgrade()
    rendered = [*said.getvalue().split(";\n"), *(str(call.args[0]) for call in bind.execute.call_args_list)]
    return [" ".join(statement.split()) for statement in rendered]


def breaks(sql: list[str]) -> list[str]:
    """Why the version before could not go on beside this; what a migration has made itself it may also shape."""
    made = {found[1] for one in sql if (found := re.match(r"CREATE TABLE (\w+)", one))}
    old = [one for one in sql if not any(re.search(rf"\b(ON|TABLE) {table}\b", one) for table in made)]
    return [f"{why}: {one}" for one in old for why, what in BREAKING.items() if re.search(what, one, re.IGNORECASE)]


@pytest.mark.parametrize(
    "sql",
    [
        "DROP TABLE bulk",
        "ALTER TABLE appraisal DROP COLUMN step",
        "ALTER TABLE appraisal RENAME step TO stage",
        "ALTER TABLE appraisal ALTER COLUMN step TYPE VARCHAR(24)",
        "ALTER TABLE appraisal ALTER COLUMN step SET NOT NULL",
        "ALTER TABLE appraisal ADD COLUMN colour VARCHAR(12) NOT NULL",
        "CREATE UNIQUE INDEX one_step ON appraisal (step)",
        "REVOKE DELETE ON event FROM jenjang",
    ],
)
def test_what_the_version_before_cannot_live_with_is_noticed(sql: str) -> None:
    assert len(breaks(["CREATE TABLE fresh (id INTEGER)", sql])) == 1


def test_what_only_adds_is_not() -> None:
    new = ["CREATE TABLE fresh (id INTEGER NOT NULL)", "CREATE UNIQUE INDEX one ON fresh (id)"]
    column = "ALTER TABLE appraisal ADD COLUMN colour VARCHAR(12) DEFAULT '' NOT NULL"
    assert breaks([*new, column, "CREATE INDEX two ON appraisal (colour)"]) == []


def test_every_migration_runs_beside_the_version_before_or_says_why_not() -> None:
    line = ScriptDirectory(str(MIGRATIONS)).walk_revisions()
    found = {revision.revision: breaks(statements(revision)) for revision in line}
    assert len(found) > 20
    assert {revision: why for revision, why in found.items() if why and revision not in CONTRACTS} == {}
    assert [revision for revision in CONTRACTS if not found[revision]] == []
