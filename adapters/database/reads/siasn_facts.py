"""What the record holds of ratings that go to SIASN, for a page of them at once; courses and boxes: siasn_careers.py."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.reads.paper_facts import officials
from adapters.database.reads.serving import PERSON
from adapters.database.reads.siasn_careers import boxes, courses
from adapters.database.tables import periods, process, siasn
from appraisal.papers.contents import supervisor_of
from appraisal.papers.papers import Act
from appraisal.papers.people import Official
from appraisal.periods.periods import Every
from appraisal.siasn.push import YEAR, Failure, Matter
from appraisal.siasn.result import Period, Result, Told, months
from appraisal.vocabulary import Outcome, Rating, Step

PUSH, EVENT, CYCLE = table_of(siasn.Push), table_of(process.Event), table_of(process.Cycle)
APPRAISAL, EVALUATION = table_of(process.Appraisal), table_of(periods.Evaluation)
RATED = ("submit_review", "rate_period")
"""What a supervisor does to give the ratings of a year, and of a period."""


@dataclass(frozen=True, slots=True)
class _Rated:
    """A case, or an evaluation of a period, as its row tells: the `push` of whom, and the superior by the organisation."""

    push: str
    year: int
    number: str
    subject: str
    results: Rating
    behaviour: Rating
    superior: str | None
    period: Period | None = None
    last_day: date | None = None


async def results_of(session: Session, pushes: Sequence[str], zone: ZoneInfo) -> tuple[tuple[str, Told | Failure], ...]:
    """What each of these tells."""
    told: dict[str, Told | Failure] = {
        **await _ratings_of(session, pushes, zone),
        **await courses(session, pushes),
        **await boxes(session, pushes),
    }
    return tuple((push, told.get(push, Failure.UNRATED)) for push in pushes)


async def _ratings_of(session: Session, pushes: Sequence[str], zone: ZoneInfo) -> dict[str, Result | Failure]:
    """Ratings, with the supervisor as he stood when he gave them, or on the last day of the period."""
    found = [*await _of_years(session, pushes), *await _of_periods(session, pushes)]
    rated = [one for one in found if isinstance(one, _Rated)]
    acts = await _acts(session, [one.subject for one in rated])
    known = await _people(session, {act.actor for act in acts.values()})
    supervisors, days = dict[str, str | None](), dict[date, set[str]]()
    for one in rated:
        who = supervisors[one.push] = supervisor_of(one.superior, acts.get(one.subject), known)
        if who:
            days.setdefault(_day(one, acts, zone), set()).add(who)
    stood = {day: await officials(session, people, day) for day, people in days.items()}
    told = {one.push: _result(one, stood.get(_day(one, acts, zone), {}), supervisors[one.push]) for one in rated}
    return told | {one[0]: one[1] for one in found if not isinstance(one, _Rated)}


def _day(one: _Rated, acts: Mapping[str, Act], zone: ZoneInfo) -> date:
    act = acts.get(one.subject)
    return one.last_day or (act.at.astimezone(zone).date() if act else date.max)


def _result(one: _Rated, stood: Mapping[str, Official], supervisor: str | None) -> Result:
    official = stood.get(supervisor or "")
    return Result(one.year, one.number, one.results, one.behaviour, official, one.period)


async def _of_years(session: Session, pushes: Sequence[str]) -> list[_Rated | tuple[str, Failure]]:
    theirs = (APPRAISAL.c.cycle_id == PUSH.c.cycle_id) & (APPRAISAL.c.employee_id == PUSH.c.person_id)
    columns = (PUSH.c.id.label("push"), PUSH.c.year, PERSON.c.nip, *_columns(APPRAISAL, "step", "outcome"))
    joined = PUSH.join(APPRAISAL, theirs).join(PERSON, PERSON.c.id == PUSH.c.person_id)
    mine = (PUSH.c.matter == Matter.RATING, PUSH.c.period == YEAR)
    query = select(*columns).select_from(joined).where(PUSH.c.id.in_(pushes), *mine)
    return [_of_year(row) for row in await session.execute(query)]


def _of_year(row: Any) -> _Rated | tuple[str, Failure]:
    if row.step != Step.CLOSED:
        return (row.push, Failure.OPEN_AGAIN)
    if row.outcome != Outcome.RATED or row.results_rating is None:
        return (row.push, Failure.UNRATED)
    return _Rated(row.push, row.year, row.nip, row.id, *_ratings(row), row.supervisor_id)


async def _of_periods(session: Session, pushes: Sequence[str]) -> list[_Rated]:
    theirs = (EVALUATION.c.cycle_id == PUSH.c.cycle_id) & (EVALUATION.c.employee_id == PUSH.c.person_id)
    joined = PUSH.join(EVALUATION, theirs & (EVALUATION.c.number == PUSH.c.period))
    joined = joined.join(PERSON, PERSON.c.id == PUSH.c.person_id).join(CYCLE, CYCLE.c.id == PUSH.c.cycle_id)
    columns = (PUSH.c.id.label("push"), PUSH.c.year, PERSON.c.nip, CYCLE.c.policy, *_columns(EVALUATION, "last_day"))
    query = select(*columns).select_from(joined).where(PUSH.c.id.in_(pushes), EVALUATION.c.results_rating.is_not(None))
    return [_of_period(row) for row in await session.execute(query)]


def _of_period(row: Any) -> _Rated:
    period = months(Every(row.policy["periods"]["every"]), row.last_day)
    return _Rated(row.push, row.year, row.nip, row.id, *_ratings(row), row.supervisor_id, period, row.last_day)


def _columns(table: Any, *more: str) -> tuple[Any, ...]:
    return tuple(table.c[name] for name in ("id", "results_rating", "behaviour_rating", "supervisor_id", *more))


def _ratings(row: Any) -> tuple[Rating, Rating]:
    return Rating(row.results_rating), Rating(row.behaviour_rating)


async def _acts(session: Session, subjects: Sequence[str]) -> dict[str, Act]:
    """The last rating that was given to each."""
    columns = (EVENT.c.subject, EVENT.c.kind, EVENT.c.actor, EVENT.c.on_behalf_of, EVENT.c.at)
    query = select(*columns).where(EVENT.c.subject.in_(subjects), EVENT.c.kind.in_(RATED)).order_by(EVENT.c.revision)
    return {row.subject: Act(*row[1:]) for row in await session.execute(query)}


async def _people(session: Session, who: Collection[str]) -> frozenset[str]:
    """Those who are people; HR officers have accounts alone."""
    return frozenset(await session.scalars(select(PERSON.c.id).where(PERSON.c.id.in_(who))))
