"""Who has an office; of HR officers of units: which units are theirs on a day, and which unit has whom."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.periods import in_force
from adapters.database.tables import desk, organisation

ACCOUNT, UNIT_PERIOD = table_of(desk.Account), table_of(organisation.UnitPeriod)
PERSON, UNIT = table_of(organisation.Person), table_of(organisation.Unit)
BELOW = UNIT_PERIOD.alias("below")
IN_AN_OFFICE = or_(ACCOUNT.c.hr.is_(True), ACCOUNT.c.hr_unit_id.is_not(None), ACCOUNT.c.support.is_(True))


def within(unit: ColumnElement[str], units: tuple[str, ...] | None) -> tuple[ColumnElement[bool], ...]:
    """The condition that limits a list to these units; none at all for None, which is the whole agency.

    A single unit is compared and not looked up in a list: then the pages of an index that begins with it need no sorting.
    """
    if units is None:
        return ()
    return (unit == units[0] if len(units) == 1 else unit.in_(units),)


def _served(on: date, *which: ColumnElement[bool]) -> Select[tuple[str, str]]:
    """(account, unit) of each officer of a unit and each unit of that day that is his: his own and all below it."""
    its = and_(UNIT_PERIOD.c.unit_id == ACCOUNT.c.hr_unit_id, in_force(UNIT_PERIOD, on))
    own = select(ACCOUNT.c.id.label("account"), UNIT_PERIOD.c.unit_id.label("unit")).join(UNIT_PERIOD, its)
    # Whatever is greater than nothing is there, and is found by the index.
    some = (ACCOUNT.c.hr_unit_id > "", ACCOUNT.c.disabled.is_(False), *which)
    served = own.where(*some).cte("chain", recursive=True)
    further = select(served.c.account, BELOW.c.unit_id).where(BELOW.c.parent_id == served.c.unit, in_force(BELOW, on))
    # A union without ALL: a broken record that goes in circles ends where it began.
    served = served.union(further)
    return select(served.c.account, served.c.unit)


@dataclass(frozen=True, slots=True)
class OfficerRow:
    """One HR officer, or one of the support staff: `id` is the person's, or the account's where there is no person; `unit_id`
    is empty for the agency.

    `unit` is the name of the unit today; empty once it is dissolved, and then the rights are without effect.
    """

    id: str
    name: str
    unit_id: str | None
    unit: str | None
    disabled: bool
    support: bool


async def appointed(session: Session, on: date) -> tuple[OfficerRow, ...]:
    """Everybody who has an office, those of the agency first and support staff last, by name."""
    name = func.coalesce(PERSON.c.name, ACCOUNT.c.login)
    columns = (func.coalesce(ACCOUNT.c.person_id, ACCOUNT.c.id), name, ACCOUNT.c.hr_unit_id, UNIT_PERIOD.c.name)
    its = and_(UNIT_PERIOD.c.unit_id == ACCOUNT.c.hr_unit_id, in_force(UNIT_PERIOD, on))
    query = select(*columns, ACCOUNT.c.disabled, ACCOUNT.c.support)
    query = query.outerjoin(PERSON, PERSON.c.id == ACCOUNT.c.person_id).outerjoin(UNIT_PERIOD, its).where(IN_AN_OFFICE)
    found = await session.execute(query.order_by(ACCOUNT.c.hr.desc(), ACCOUNT.c.support, UNIT_PERIOD.c.name, name))
    return tuple(OfficerRow(*row) for row in found)


async def unit_with(session: Session, code: str) -> str | None:
    """The unit with this code of the personnel system."""
    found: str | None = await session.scalar(select(UNIT.c.id).where(UNIT.c.code == code))
    return found


async def units_of(session: Session, account: str, on: date) -> tuple[str, ...]:
    """The units of this officer's account; none once its unit is dissolved."""
    rows = await session.execute(_served(on, ACCOUNT.c.id == account))
    return tuple(sorted(row.unit for row in rows))


async def officers(session: Session, on: date) -> dict[str, tuple[str, ...]]:
    """Who is an HR officer of each unit: people by their id, other accounts by their own."""
    served = _served(on).subquery("served")
    who = func.coalesce(ACCOUNT.c.person_id, ACCOUNT.c.id).label("who")
    found: dict[str, tuple[str, ...]] = {}
    for row in await session.execute(select(served.c.unit, who).join(ACCOUNT, ACCOUNT.c.id == served.c.account)):
        found[row.unit] = (*found.get(row.unit, ()), row.who)
    return found
