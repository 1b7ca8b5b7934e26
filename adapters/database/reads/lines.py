"""Reporting lines and calibration pools as of a day: a handful of queries, for one person or for everybody."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import Row, select

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.periods import in_force
from adapters.database.reads.standing import Standing, standing
from adapters.database.tables import organisation as tables
from appraisal.parties import Parties
from appraisal.people.organisation import Line, Organisation, Post
from appraisal.vocabulary import AssignmentKind

UNIT_PERIOD = table_of(tables.UnitPeriod)
POSITION = table_of(tables.Position)
ASSIGNMENT = table_of(tables.Assignment)

_RANK = {AssignmentKind.DEFINITIF: 0, AssignmentKind.PLT: 1, AssignmentKind.PLH: 2}


async def reporting_line(session: Session, person_id: str, on: date, at: datetime | None = None) -> Line | None:
    """One person's line; None for somebody who holds no position that day. Reads only the people of that line.

    `at` is the instant at which acting officials act for those who still hold their office; without it nobody does.
    """
    return (await around(session, {person_id}, on, at)).line(person_id)


async def around(session: Session, people: Collection[str], on: date, at: datetime | None = None) -> Organisation:
    """The organisation as far as the lines of these people need it."""
    parents, known = await unit_parents(session, on), await standing(session, on, at)
    posts: dict[str, Post] = {}
    wanted = set(people)
    while wanted:
        found = await _posts(session, on, wanted)
        posts |= found
        above = {post.supervisor for post in found.values() if post.supervisor}
        # Whoever has left is replaced by a head of a unit above: those are few, and then they are all read at once.
        gone = wanted - found.keys()
        wanted = ((above | set(known.heads.values())) if gone and posts else above) - posts.keys() - gone
    return Organisation(parents, known.heads, posts, known.acting, known.away)


async def reporting_lines(
    session: Session, on: date, person_ids: Collection[str] | None = None, at: datetime | None = None
) -> dict[str, Line]:
    """The lines of these people, or of all who hold a position that day, by person. A handful of queries in all.

    Whoever of these people has left keeps the line of the last position: those superiors finish what was begun.
    """
    found = await organisation(session, on, at)
    last = await _last_posts(session, on, set(person_ids or ()) - found.posts.keys())
    lines = {person: found.line(person) for person in (found.posts if person_ids is None else person_ids)}
    lines |= {person: found.last_line(person, post) for person, post in last.items()}
    return {person: line for person, line in lines.items() if line is not None}


async def organisation(session: Session, on: date, at: datetime | None = None) -> Organisation:
    """The whole organisation on that day; `at` as for one line."""
    known: Standing = await standing(session, on, at)
    parents, posts = await unit_parents(session, on), await _posts(session, on, None)
    return Organisation(parents, known.heads, posts, known.acting, known.away)


async def unit_parents(session: Session, on: date) -> dict[str, str | None]:
    """The unit above each unit of that day, by id."""
    query = select(UNIT_PERIOD.c.unit_id, UNIT_PERIOD.c.parent_id).where(in_force(UNIT_PERIOD, on))
    return {row.unit_id: row.parent_id for row in await session.execute(query)}


async def _posts(session: Session, on: date, people: Collection[str] | None) -> dict[str, Post]:
    query = select(ASSIGNMENT, POSITION.c.unit_id).join(POSITION, POSITION.c.id == ASSIGNMENT.c.position_id)
    query = query.where(in_force(ASSIGNMENT, on))
    if people is not None:
        query = query.where(ASSIGNMENT.c.person_id.in_(sorted(people)))
    rows = sorted(await session.execute(query), key=_first, reverse=True)
    return {row.person_id: Post(row.unit_id, row.supervisor_id) for row in rows}


async def _last_posts(session: Session, on: date, people: Collection[str]) -> dict[str, Post]:
    """What those who have left held last."""
    if not people:
        return {}
    query = select(ASSIGNMENT, POSITION.c.unit_id).join(POSITION, POSITION.c.id == ASSIGNMENT.c.position_id)
    query = query.where(ASSIGNMENT.c.person_id.in_(sorted(people)), ASSIGNMENT.c.valid_to <= on)
    rows = await session.execute(
        query.where(ASSIGNMENT.c.kind == AssignmentKind.DEFINITIF).order_by(ASSIGNMENT.c.valid_to)
    )
    return {row.person_id: Post(row.unit_id, row.supervisor_id) for row in rows}


def _first(row: Row[tuple[object, ...]]) -> tuple[int, int, str]:
    """Definitive before acting, then the newest, then any fixed order."""
    return _RANK[row.kind], -row.valid_from.toordinal(), row.id


def parties_of(person: str, unit: str, line: Line | None, served: bool = False) -> Parties:
    """The parties as of today. Without a line nobody is above: the case shows that."""
    if line is None:
        return Parties(person, unit, unit_hr=served)
    return Parties(person, unit, line.superiors, line.head_id, acting=line.acting, unit_hr=served)
