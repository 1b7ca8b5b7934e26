"""Driving imports against a database as the process does, without the process."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from sqlalchemy import Table, insert, select, text

from adapters.database.columns import table_of
from adapters.database.engine import Sessions
from adapters.database.tables.desk import Account, Upload
from adapters.database.writes.roster import SqlRosters
from appraisal.access import Actor
from appraisal.roster.importing import Decision, Import, ImportOrder, Outcome
from appraisal.roster.roster import ImportKind
from tests.roster_files import as_csv

NOW = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
DAY = date(2026, 1, 1)
HR = Actor("officer", hr=True)


async def upload(sessions: Sessions, batch: str, content: bytes) -> None:
    """Put a file where the API puts it."""
    async with sessions.begin() as session:
        known = (await session.execute(select(table_of(Account)))).first()
        if known is None:
            account = {"id": "acc", "hr": True, "disabled": False, "language": "id", "created_at": NOW}
            await session.execute(insert(table_of(Account)), [account])
        row = {"id": batch, "account_id": "acc", "filename": "people.csv", "content": content, "uploaded_at": NOW}
        await session.execute(insert(table_of(Upload)), [row])


async def preview(
    sessions: Sessions,
    batch: str,
    sheet: Sequence[Sequence[str]] | bytes,
    on: date = DAY,
    kind: ImportKind = ImportKind.PEOPLE,
) -> Import:
    """The import once its preview is stored."""
    await upload(sessions, batch, sheet if isinstance(sheet, bytes) else as_csv(sheet))
    state = Import(ImportOrder(batch, kind, on, "acc")).checking(NOW)
    return state.found(await SqlRosters(sessions).preview(state))


async def apply(sessions: Sessions, state: Import, ends_missing: bool = False) -> Outcome:
    """Decide to apply, and apply."""
    decided = state.decide(Decision(HR, True, ends_missing), NOW, "decision")
    return await SqlRosters(sessions).apply(decided)


async def bring(
    sessions: Sessions, batch: str, sheet: Sequence[Sequence[str]] | bytes, on: date = DAY, ends_missing: bool = False
) -> Outcome:
    """Preview and apply."""
    return await apply(sessions, await preview(sessions, batch, sheet, on), ends_missing)


async def rows(sessions: Sessions, table: Table | str, order: str = "1") -> list[tuple[object, ...]]:
    """All rows of a table, or of a query."""
    query = text(table) if isinstance(table, str) else select(table).order_by(text(order))
    async with sessions.begin() as session:
        return [tuple(row) for row in await session.execute(query)]


async def everything(sessions: Sessions) -> dict[str, list[tuple[object, ...]]]:
    """The whole organisation as it is stored, to compare before and after."""
    names = ("unit", "unit_period", "person", "position", "assignment", "indicator", "training")
    return {name: await rows(sessions, f'SELECT * FROM "{name}" ORDER BY id') for name in names}
