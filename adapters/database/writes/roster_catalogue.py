"""Indicators and trainings: what a file brings is added or corrected, and nothing is deleted."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from sqlalchemy import Table, insert, select

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.ids import new_id
from adapters.database.periods import update_rows
from adapters.database.reads.seats import seats_taken
from adapters.database.tables import organisation as tables
from adapters.database.writes.roster_known import UNIT
from appraisal.roster.catalogue import Taken, training_key
from appraisal.roster.roster import IndicatorEntry, TrainingEntry
from appraisal.training.course import CourseKind
from appraisal.vocabulary import Direction, EvidenceNeed

INDICATOR, TRAINING = table_of(tables.Indicator), table_of(tables.Training)
TRAINING_FIELDS = (
    *("year", "code", "name", "topics", "hours", "seats", "starts_on", "ends_on", "place"),
    *("price", "provider", "employments", "positions", "lowest_grades"),
)
INDICATOR_FIELDS = ("year", "code", "name", "unit_of_measure", "baseline", "target", "direction", "evidence")

Entry = TypeVar("Entry", IndicatorEntry, TrainingEntry)
Keys = dict[tuple[Any, ...], str]


async def unit_keys(session: Session) -> dict[str, str]:
    """The ids of all units by code."""
    return {row.code: row.id for row in await session.execute(select(UNIT.c.id, UNIT.c.code))}


async def known_indicators(session: Session) -> tuple[list[IndicatorEntry], Keys]:
    """The indicators on record, and their ids by (unit code, year, code)."""
    query = select(INDICATOR, UNIT.c.code.label("unit_code")).join(UNIT, UNIT.c.id == INDICATOR.c.unit_id)
    rows = (await session.execute(query)).all()
    entries = [
        IndicatorEntry(
            *(row.unit_code, row.year, row.code, row.name, row.unit_of_measure, row.baseline, row.target),
            *(Direction(row.direction), EvidenceNeed(row.evidence)),
        )
        for row in rows
    ]
    return entries, {(row.unit_code, row.year, row.code): row.id for row in rows}


async def known_trainings(session: Session) -> tuple[list[TrainingEntry], Keys, dict[tuple[int, str], Taken]]:
    """The trainings on record; by (year, code) their ids, and what else is on record."""
    # Locked, so that nobody gives seats away that the file takes.
    rows = (await session.execute(select(TRAINING).with_for_update())).all()
    entries = [
        TrainingEntry(
            *(row.year, row.code, row.name, row.topics, row.hours, row.seats, row.starts_on, row.ends_on, row.place),
            *(CourseKind(row.kind) if row.kind else None, row.price, row.provider),
            *(row.employments, row.positions, row.lowest_grades),
        )
        for row in rows
    ]
    given = await seats_taken(session)
    taken = {(row.year, row.code): Taken(given.get(row.id, 0), row.withdrawn) for row in rows}
    return entries, {(row.year, row.code): row.id for row in rows}, taken


async def write_indicators(
    session: Session, entries: Iterable[IndicatorEntry], keys: Keys, units: dict[str, str]
) -> None:
    """Add the new ones and correct the others."""
    rows = {
        (entry.unit, entry.year, entry.code): {
            "unit_id": units[entry.unit],
            **_columns(entry, INDICATOR_FIELDS),
        }
        for entry in entries
    }
    await _write(session, INDICATOR, rows, keys)


async def write_trainings(session: Session, entries: Iterable[TrainingEntry], keys: Keys) -> None:
    """Add the new ones and correct the others."""
    rows = {
        training_key(entry): {**_columns(entry, TRAINING_FIELDS), "kind": str(entry.kind or "")} for entry in entries
    }
    await _write(session, TRAINING, rows, keys)


async def _write(session: Session, table: Table, rows: dict[tuple[Any, ...], dict[str, Any]], keys: Keys) -> None:
    fresh = [{"id": new_id(), **row} for key, row in rows.items() if key not in keys]
    if fresh:
        await session.execute(insert(table), fresh)
    bound = [
        {"row": keys[key], **{f"new_{name}": value for name, value in row.items()}}
        for key, row in rows.items()
        if key in keys
    ]
    await update_rows(session, table, bound)


def _columns(entry: Entry, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in names}
