"""Writing people, units, positions and assignments: bulk statements, whatever the number of people."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import insert

from adapters.database.engine import Session
from adapters.database.ids import new_id
from adapters.database.periods import change_from, end_from, update_rows
from adapters.database.writes.roster_known import ASSIGNMENT, PERSON, POSITION, UNIT, UNIT_PERIOD, Known, KnownPosition
from appraisal.roster.difference import Plan
from appraisal.roster.roster import PersonEntry, UnitEntry
from appraisal.vocabulary import AssignmentKind


async def write_plan(session: Session, plan: Plan, known: Known, on: date, ends_missing: bool) -> None:
    """Write the plan from the day on. `known` is brought up to date with the keys that are new."""
    await _write_units(session, (*plan.units_added, *plan.units_changed), known, on)
    await _write_people(session, plan, known)
    await _write_positions(session, (*plan.added, *plan.moved, *plan.reformed), known)
    assignments = {known.people[person.nip]: _assignment(person, known) for person in (*plan.added, *plan.moved)}
    definitive = ASSIGNMENT.c.kind == AssignmentKind.DEFINITIF
    await change_from(session, ASSIGNMENT, "person_id", assignments, on, definitive)
    if ends_missing:
        await end_from(session, ASSIGNMENT, "person_id", [known.people[person.nip] for person in plan.left], on)


async def _write_units(session: Session, units: Sequence[UnitEntry], known: Known, on: date) -> None:
    fresh = [{"id": new_id(), "code": unit.code} for unit in units if unit.code not in known.units]
    if fresh:
        await session.execute(insert(UNIT), fresh)
    known.units.update({row["code"]: row["id"] for row in fresh})
    values = {
        known.units[unit.code]: {"name": unit.name, "parent_id": known.units[unit.parent] if unit.parent else None}
        for unit in units
    }
    await change_from(session, UNIT_PERIOD, "unit_id", values, on)


async def _write_people(session: Session, plan: Plan, known: Known) -> None:
    """Name, address, employment and grade are not dated. Who returns after years keeps the key of old."""
    fresh = [person for person in plan.added if person.nip not in known.people]
    returning = [person for person in plan.added if person.nip in known.people]
    rows = [{"id": new_id(), "nip": person.nip, **_about(person)} for person in fresh]
    if rows:
        await session.execute(insert(PERSON), rows)
    known.people.update({str(row["nip"]): str(row["id"]) for row in rows})
    changed = [
        {"row": known.people[person.nip], **{f"new_{name}": value for name, value in _about(person).items()}}
        for person in (*returning, *plan.changed)
    ]
    await update_rows(session, PERSON, changed)


async def _write_positions(session: Session, people: Iterable[PersonEntry], known: Known) -> None:
    """A position is not dated either: there is one for a unit and a title, and its kind is what it is now."""
    fresh: list[dict[str, Any]] = []
    changed: dict[str, dict[str, Any]] = {}
    for person in people:
        key = (person.unit, person.title)
        position = known.positions.get(key)
        if position is None:
            unit_id = known.units[person.unit]
            row = {
                "id": new_id(),
                "unit_id": unit_id,
                "title": person.title,
                "kind": person.kind,
                "echelon": person.echelon,
            }
            fresh.append(row)
            known.positions[key] = KnownPosition(str(row["id"]), person.kind, person.echelon)
        elif (position.kind, position.echelon) != (person.kind, person.echelon):
            changed[position.id] = {"row": position.id, "new_kind": person.kind, "new_echelon": person.echelon}
    if fresh:
        await session.execute(insert(POSITION), fresh)
    await update_rows(session, POSITION, list(changed.values()))


def _assignment(person: PersonEntry, known: Known) -> dict[str, Any]:
    return {
        "position_id": known.positions[(person.unit, person.title)].id,
        "supervisor_id": known.people[person.superior] if person.superior else None,
        "kind": AssignmentKind.DEFINITIF,
    }


def _about(person: PersonEntry) -> dict[str, Any]:
    return {
        "name": person.name,
        "email": person.email,
        "employment": person.employment,
        "grade": person.grade,
        "level": person.level,
    }
