"""The rows that processes make of their events: each holds the revision of the last one."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, String, Table, literal

from adapters.database.columns import table_of
from adapters.database.tables import periods, process


@dataclass(frozen=True, slots=True)
class Projection:
    """One table whose rows are whole states: which process each is of, and at which revision."""

    table: Table
    subject: ColumnElement[str]
    revision: ColumnElement[int]


def _of(model: Any, prefix: str = "") -> Projection:
    table = table_of(model)
    return Projection(table, literal(prefix, String).concat(table.c.id) if prefix else table.c.id, table.c.revision)


PROJECTIONS = (
    *(_of(process.Cycle, "cycle/"), _of(process.Bulk, "bulk/")),
    *map(_of, (process.Appraisal, process.Calibration, process.Nomination, periods.Evaluation)),
)
