"""A record that takes nothing about some subjects, while all else goes on."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import text

from tests.stack import Stack


@asynccontextmanager
async def unwritable(stack: Stack, like: str) -> AsyncIterator[None]:
    """While it lasts, the database takes no event of a subject like this (`%` stands for anything)."""
    async with stack.sessions.begin() as session:
        lite = session.dialect.name == "sqlite"
        rule = f"WHEN NEW.subject LIKE '{like}' BEGIN SELECT RAISE(ABORT, 'refused_by_test'); END"
        check = f"CHECK (subject NOT LIKE '{like}') NOT VALID"
        trigger = f"CREATE TRIGGER refusing BEFORE INSERT ON event {rule}"
        await session.execute(text(trigger if lite else f"ALTER TABLE event ADD CONSTRAINT refused_by_test {check}"))
    yield
    async with stack.sessions.begin() as session:
        constraint = "ALTER TABLE event DROP CONSTRAINT refused_by_test"
        await session.execute(text("DROP TRIGGER refusing" if lite else constraint))
