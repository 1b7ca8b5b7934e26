"""The migrations lead to exactly the tables that the code knows, and the version before can go on beside each of them."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, event, text

from adapters.database.engine import open_engine
from adapters.database.schema import MIGRATIONS, known_revisions, migrate
from adapters.database.tables.metadata import METADATA
from tests.postgres import Cluster


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
    "0037": "the key of looks is wider by a column with a default: what the version before writes is as unique as it was",
    "0038": "a key gave way to a wider one: what the version before writes is as unique as it was",
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


@pytest.fixture
def said(cluster: Cluster) -> Iterator[dict[str, list[str]]]:
    """What each migration says to an empty PostgreSQL; it ends with its own number."""
    url, found, now = cluster.create_database("template0"), dict[str, list[str]](), list[str]()

    def hear(_: object, __: object, statement: str, *___: object) -> None:
        now.append(" ".join(statement.split()))
        if number := re.search(r"^(?:UPDATE|INSERT INTO) alembic_version\b.*?'(\w+)'", now[-1]):
            found[number[1]] = list(now)
            now.clear()

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        migrate(url)
    finally:
        event.remove(Engine, "before_cursor_execute", hear)
    yield found
    cluster.drop_database(url)


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


def test_every_migration_runs_beside_the_version_before_or_says_why_not(said: dict[str, list[str]]) -> None:
    found = {revision: breaks(statements) for revision, statements in said.items()}
    assert set(found) == known_revisions()
    assert {revision: why for revision, why in found.items() if why and revision not in CONTRACTS} == {}
    assert [revision for revision in CONTRACTS if not found[revision]] == []
