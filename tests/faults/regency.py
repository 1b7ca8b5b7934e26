"""A synthetic regency, written straight into the tables: units with a head, supervisors below, an employee for each of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import insert, select, update

from adapters.database.columns import table_of
from adapters.database.engine import Sessions
from adapters.database.periods import in_force
from adapters.database.tables import organisation

SINCE = date(2020, 1, 1)
TOP, ROOT = "bupati", "kabupaten"
ASSIGNMENT = table_of(organisation.Assignment)


@dataclass(frozen=True, slots=True)
class Team:
    """One supervisor, the employee below, the head above and their unit."""

    unit: str
    head: str
    supervisor: str
    employee: str


def teams(units: int, each: int) -> tuple[Team, ...]:
    """So many units with so many supervisors each."""
    numbers = [(unit, number) for unit in range(units) for number in range(each)]
    return tuple(Team(f"u{u:02}", f"h{u:02}", f"s{u:02}x{n:03}", f"e{u:02}x{n:03}") for u, n in numbers)


async def build(sessions: Sessions, found: Sequence[Team]) -> None:
    """All of them on record since 2020."""
    units = sorted({team.unit: team.head for team in found}.items())
    people = [(TOP, ROOT, None, "STRUKTURAL"), *((head, unit, TOP, "STRUKTURAL") for unit, head in units)]
    for team in found:
        people.append((team.supervisor, team.unit, team.head, "FUNGSIONAL"))
        people.append((team.employee, team.unit, team.supervisor, "PELAKSANA"))
    async with sessions.begin() as session:
        for table, rows in _rows([(ROOT, None), *((unit, ROOT) for unit, _ in units)], people).items():
            await session.execute(insert(table_of(table)), rows)


def _rows(units: list[tuple[str, str | None]], people: list[tuple[str, str, str | None, str]]) -> dict[Any, Any]:
    rows: dict[Any, list[dict[str, Any]]] = {organisation.Unit: [{"id": unit, "code": unit} for unit, _ in units]}
    rows[organisation.UnitPeriod] = [
        {"id": f"{unit}-1", "unit_id": unit, "name": unit, "parent_id": above, "valid_from": SINCE}
        for unit, above in units
    ]
    rows[organisation.Person] = [
        {"id": who, "nip": f"{n:018d}", "name": who, "employment": "PNS"} for n, (who, *_) in enumerate(people)
    ]
    rows[organisation.Position] = [
        {"id": f"{who}-p", "unit_id": unit, "title": who, "kind": kind} for who, unit, _, kind in people
    ]
    rows[organisation.Assignment] = [
        {
            "id": f"{who}-a",
            "person_id": who,
            "position_id": f"{who}-p",
            "supervisor_id": above,
            "kind": "DEFINITIF",
            "valid_from": SINCE,
        }
        for who, _, above, _ in people
    ]
    return rows


async def leave(sessions: Sessions, people: Sequence[str], on: date) -> None:
    """These people hold no position any more: retired, moved away, suspended or dead."""
    async with sessions.begin() as session:
        await session.execute(update(ASSIGNMENT).where(ASSIGNMENT.c.person_id.in_(people)).values(valid_to=on))


async def answer_to(sessions: Sessions, pairs: Sequence[tuple[str, str]], on: date) -> None:
    """From this day each (employee, superior) answers to the other."""
    async with sessions.begin() as session:
        for employee, superior in pairs:
            mine = ASSIGNMENT.c.person_id == employee
            old = (await session.execute(select(ASSIGNMENT).where(mine))).mappings().one()
            await session.execute(update(ASSIGNMENT).where(mine).values(valid_to=on))
            fresh = {**old, "id": f"{employee}-b", "supervisor_id": superior, "valid_from": on}
            await session.execute(insert(ASSIGNMENT), [fresh])


async def serving(sessions: Sessions, on: date) -> set[str]:
    """Everybody who holds a position on that day."""
    async with sessions() as session:
        return set(await session.scalars(select(ASSIGNMENT.c.person_id).where(in_force(ASSIGNMENT, on))))
