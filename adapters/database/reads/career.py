"""What careers follow from: positions, rated years, scores, the posts above, and what was decided. A handful of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, select

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.reads.career_posts import Posts, posts
from adapters.database.reads.serving import ASSIGNMENT, DEFINITIVE, IN_OFFICE, PERSON, POSITION, serving
from adapters.database.tables import career, desk, process
from appraisal.career.career import Career, Decided, Ground, Kind, Score, Verdict, Why
from appraisal.career.credit import Held, level_in, months_held
from appraisal.career.policy import CareerPolicy, read
from appraisal.career.recognition import Rated
from appraisal.vocabulary import Employment, Level, Outcome, PositionKind, Predicate

ASSESSMENT, DECISION = table_of(career.Assessment), table_of(career.CareerDecision)
RULES = table_of(career.CareerRules)
APPRAISAL, CYCLE, ACCOUNT = table_of(process.Appraisal), table_of(process.Cycle), table_of(desk.Account)


@dataclass(frozen=True, slots=True)
class Official:
    """Somebody in office, with the career that is on record."""

    name: str
    unit: str
    title: str
    career: Career


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision as it stands on record, with the names of who recorded it and of the member who decided."""

    kind: Kind
    about: str
    number: int
    verdict: Verdict
    value: str
    proposed: str
    level: Level | None
    grounds: tuple[Ground, ...]
    reason: str
    decided_by: str
    member_id: str | None
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class RulesVersion:
    """The agency's rules as they hold; version 0 before anybody has set any."""

    version: int
    policy: CareerPolicy
    author: str = ""
    reason: str = ""
    created_at: datetime | None = None


async def current(session: Session) -> RulesVersion:
    """The rules that hold."""
    return (await rules(session, 1))[0]


async def rules(session: Session, most: int | None = None) -> tuple[RulesVersion, ...]:
    """All versions (or so many), the newest first; the last is what holds before anybody has set any."""
    found = await session.execute(select(RULES).order_by(RULES.c.version.desc()).limit(most))
    kept = (RulesVersion(one.version, read(one.document), one.author, one.reason, one.created_at) for one in found)
    return (*kept, RulesVersion(0, CareerPolicy()))


async def officials(session: Session, on: date, people: Collection[str] | None = None) -> tuple[Official, ...]:
    """Everybody who holds a position on that day and is appraised, or of these people alone; by name."""
    columns = (PERSON.c.id, PERSON.c.nip, PERSON.c.name, PERSON.c.employment, PERSON.c.level)
    post = (POSITION.c.unit_id, POSITION.c.title, POSITION.c.kind)
    query = select(*columns, *post).select_from(IN_OFFICE).where(serving(on), *_only(PERSON.c.id, people))
    query = query.where(PERSON.c.employment != Employment.PEJABAT_NEGARA).order_by(PERSON.c.name, PERSON.c.id)
    rows = (await session.execute(query)).all()
    known = await posts(session, on)
    rated, held = await _rated(session, people), await _held(session, people)
    scores, decided = await _scores(session, on, people), await _decided(session, people)
    return tuple(
        Official(
            row.name,
            row.unit_id,
            row.title,
            replace(
                _career(row, known),
                rated=tuple(rated[row.id]),
                months={one.year: months_held(held[row.id], one.year) for one in rated[row.id]},
                score=scores.get(row.id),
                decided=tuple(decided[row.id]),
            ),
        )
        for row in rows
    )


async def history(session: Session, person: str) -> tuple[DecisionRow, ...]:
    """All that was ever decided of this person, the newest first."""
    names = tuple(DecisionRow.__dataclass_fields__)
    query = select(*(DECISION.c[name] for name in names)).where(DECISION.c.person_id == person)
    found = await session.execute(query.order_by(DECISION.c.decided_at.desc(), DECISION.c.id))
    return tuple(_told(row) for row in found)


async def logins(session: Session, accounts: tuple[str, ...]) -> dict[str, str]:
    """The logins of those of these ids that are officers' accounts without a person."""
    found = await session.execute(select(ACCOUNT.c.id, ACCOUNT.c.login).where(ACCOUNT.c.id.in_(accounts)))
    return {row.id: row.login for row in found}


def _told(row: Row[Any]) -> DecisionRow:
    grounds = tuple(Ground(Why(why), tuple((name, value) for name, value in told)) for why, told in row.grounds)
    level = Level(row.level) if row.level else None
    plain = row._mapping
    own = {"kind": Kind(row.kind), "verdict": Verdict(row.verdict), "level": level, "grounds": grounds}
    return DecisionRow(**{**plain, **own})


def _career(row: Any, known: Posts) -> Career:
    functional = row.kind == PositionKind.FUNGSIONAL
    level = Level(row.level) if row.level else level_in(row.title)
    leads = row.kind == PositionKind.STRUKTURAL
    above = known.above(row.unit_id, leads)
    return Career(
        row.id, row.nip, Employment(row.employment), functional, level if functional else None, next_post=above
    )


async def _rated(session: Session, people: Collection[str] | None) -> dict[str, list[Rated]]:
    """The rated years of each, of several cycles of a year the one that began last."""
    query = select(APPRAISAL.c.employee_id, CYCLE.c.year, APPRAISAL.c.predicate)
    query = query.join(CYCLE, CYCLE.c.id == APPRAISAL.c.cycle_id).where(APPRAISAL.c.outcome == Outcome.RATED)
    query = query.where(*_only(APPRAISAL.c.employee_id, people)).order_by(CYCLE.c.starts_at, CYCLE.c.id)
    years: dict[str, dict[int, Rated]] = defaultdict(dict)
    for who, year, predicate in await session.execute(query):
        years[who][year] = Rated(year, Predicate(predicate))
    return defaultdict(list, {who: [of[year] for year in sorted(of)] for who, of in years.items()})


async def _held(session: Session, people: Collection[str] | None) -> dict[str, list[Held]]:
    query = select(ASSIGNMENT.c.person_id, POSITION.c.kind, ASSIGNMENT.c.valid_from, ASSIGNMENT.c.valid_to)
    query = query.join(POSITION, POSITION.c.id == ASSIGNMENT.c.position_id).where(DEFINITIVE)
    found: dict[str, list[Held]] = defaultdict(list)
    for row in await session.execute(query.where(*_only(ASSIGNMENT.c.person_id, people))):
        found[row.person_id].append(Held(row.kind == PositionKind.FUNGSIONAL, row.valid_from, row.valid_to))
    return found


async def _scores(session: Session, on: date, people: Collection[str] | None) -> dict[str, Score]:
    """The newest score of each."""
    query = select(ASSESSMENT).where(ASSESSMENT.c.assessed_on <= on, *_only(ASSESSMENT.c.person_id, people))
    found = await session.execute(query.order_by(ASSESSMENT.c.assessed_on, ASSESSMENT.c.source))
    return {row.person_id: Score(row.score.normalize(), row.assessed_on, row.source) for row in found}


async def _decided(session: Session, people: Collection[str] | None) -> dict[str, list[Decided]]:
    """Of each thing the newest decision."""
    names = ("person_id", "kind", "about", "verdict", "value", "mark", "level", "number")
    query = select(*(DECISION.c[name] for name in names)).where(*_only(DECISION.c.person_id, people))
    newest = {
        (row.person_id, row.kind, row.about): row for row in await session.execute(query.order_by(DECISION.c.number))
    }
    found: dict[str, list[Decided]] = defaultdict(list)
    for row in newest.values():
        level = Level(row.level) if row.level else None
        decided = Decided(Kind(row.kind), row.about, Verdict(row.verdict), row.value, row.mark, level, row.number)
        found[row.person_id].append(decided)
    return found


def _only(column: ColumnElement[str], people: Collection[str] | None) -> Iterable[ColumnElement[bool]]:
    return () if people is None else (column.in_(sorted(people)),)
