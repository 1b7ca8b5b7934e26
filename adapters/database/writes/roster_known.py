"""The people and units on record for a day, as the rules of the import compare them, with the keys to write them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.periods import in_force
from adapters.database.tables import organisation as tables
from appraisal.roster.roster import PersonEntry, Roster, UnitEntry
from appraisal.vocabulary import AssignmentKind, Employment, Level, PositionKind

UNIT, UNIT_PERIOD = table_of(tables.Unit), table_of(tables.UnitPeriod)
PERSON, POSITION, ASSIGNMENT = table_of(tables.Person), table_of(tables.Position), table_of(tables.Assignment)


@dataclass(frozen=True, slots=True)
class KnownPosition:
    """A position on record."""

    id: str
    kind: PositionKind
    echelon: str | None


@dataclass(frozen=True, slots=True)
class Known:
    """`roster` as of the day, and the keys of all that was ever there: by code, by NIP, by unit code and title."""

    roster: Roster
    units: dict[str, str]
    people: dict[str, str]
    positions: dict[tuple[str, str], KnownPosition]


async def load_known(session: Session, on: date) -> Known:
    """Everything on record, in five queries however many people there are."""
    codes = {row.id: row.code for row in await session.execute(select(UNIT.c.id, UNIT.c.code))}
    nips = {row.id: row.nip for row in await session.execute(select(PERSON.c.id, PERSON.c.nip))}
    periods = await session.execute(select(UNIT_PERIOD).where(in_force(UNIT_PERIOD, on)))
    units = [UnitEntry(codes[row.unit_id], row.name, codes.get(row.parent_id)) for row in periods]
    positions = {
        (codes[row.unit_id], row.title): KnownPosition(row.id, PositionKind(row.kind), row.echelon)
        for row in await session.execute(select(POSITION))
    }
    people = await _people(session, on, codes, nips)
    roster = Roster(tuple(sorted(units, key=lambda unit: unit.code)), tuple(people))
    return Known(roster, _inverse(codes), _inverse(nips), positions)


async def _people(session: Session, on: date, codes: dict[str, str], nips: dict[str, str]) -> Iterable[PersonEntry]:
    about = (PERSON.c.nip, PERSON.c.name, PERSON.c.email, PERSON.c.employment, PERSON.c.grade, PERSON.c.level)
    post = (POSITION.c.unit_id, POSITION.c.title, POSITION.c.kind, POSITION.c.echelon, ASSIGNMENT.c.supervisor_id)
    query = select(*about, *post).select_from(ASSIGNMENT)
    query = query.join(PERSON, PERSON.c.id == ASSIGNMENT.c.person_id)
    query = query.join(POSITION, POSITION.c.id == ASSIGNMENT.c.position_id)
    query = query.where(in_force(ASSIGNMENT, on), ASSIGNMENT.c.kind == AssignmentKind.DEFINITIF)
    rows = await session.execute(query.order_by(PERSON.c.name, PERSON.c.id))
    return [
        PersonEntry(
            row.nip,
            row.name,
            row.email,
            Employment(row.employment),
            row.grade,
            codes[row.unit_id],
            row.title,
            PositionKind(row.kind),
            row.echelon,
            nips.get(row.supervisor_id),
            level=Level(row.level) if row.level else None,
        )
        for row in rows
    ]


def _inverse(keys: dict[str, str]) -> dict[str, str]:
    return {value: key for key, value in keys.items()}
