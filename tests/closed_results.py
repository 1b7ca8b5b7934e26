"""A cycle that has closed, written straight into the tables: what goes out to SIASN needs nothing of how it came about."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import insert, update

from adapters.database import chain
from adapters.database.columns import table_of
from adapters.database.engine import Sessions
from adapters.database.tables import organisation, periods, process
from appraisal.predicates import predicate
from appraisal.record import Event
from appraisal.vocabulary import Rating

APPRAISAL, CYCLE, PERSON = table_of(process.Appraisal), table_of(process.Cycle), table_of(organisation.Person)
EVALUATION = table_of(periods.Evaluation)
RATED_AT = datetime(2026, 12, 20, 3, tzinfo=UTC)
UNRATED = ("", "", "")
Given = tuple[str, str, str]
"""Who rated, the results and the behaviour; UNRATED where nobody did."""


async def closed(sessions: Sessions, given: Mapping[str, Given], year: int = 2026) -> str:
    """A cycle of this year with these closed cases; its id. Everybody has a grade, but for the Bupati."""
    cycle = f"c{year}"
    cases = [_case(cycle, who, *ratings) for who, ratings in given.items()]
    rated = [(case, who) for case, (who, *_) in zip(cases, given.values(), strict=True) if who]
    async with sessions.begin() as session:
        await session.execute(insert(CYCLE), [_cycle(cycle, year, len(given))])
        await session.execute(insert(APPRAISAL), cases)
        await chain.begin(session, [(case["id"], _rated(who)) for case, who in rated])
        await session.execute(update(PERSON).where(PERSON.c.id != "bupati").values(grade="III/d"))
    return cycle


async def rated_period(sessions: Sessions, cycle: str, employee: str, supervisor: str, last_day: date) -> None:
    """A quarter of this cycle that was rated beside the year."""
    row = {
        "id": f"period/{cycle}/{employee}/1",
        "cycle_id": cycle,
        "employee_id": employee,
        "number": 1,
        "stage": "closed",
        "unit_id": "dinkes",
        "supervisor_id": supervisor,
        "acting": [],
        "begins_at": RATED_AT,
        "ends_at": RATED_AT,
        "last_day": last_day,
        "reported": True,
        "results_rating": "DI_ATAS",
        "behaviour_rating": "SESUAI",
        "predicate": "BAIK",
        "revision": 1,
        "document": {},
    }
    policy = {"periods": {"every": "quarter"}}
    async with sessions.begin() as session:
        await session.execute(insert(EVALUATION).values(row))
        await session.execute(update(CYCLE).where(CYCLE.c.id == cycle).values(policy=policy))


def _rated(who: str) -> Event:
    return Event(0, "submit_review", who, RATED_AT, "review")


def _case(cycle: str, employee: str, supervisor: str, results: str, behaviour: str) -> dict[str, Any]:
    rated = bool(supervisor)
    return {
        "id": f"appraisal/{cycle}/{employee}",
        "cycle_id": cycle,
        "employee_id": employee,
        "unit_id": "dinkes",
        "supervisor_id": supervisor or None,
        "step": "closed",
        "since": RATED_AT,
        "results_rating": results or None,
        "behaviour_rating": behaviour or None,
        "predicate": predicate(Rating(results), Rating(behaviour)) if rated else None,
        "outcome": "rated" if rated else "unrated",
        "revision": 0,
        "document": {},
        "acting": [],
        "earlier": [],
    }


def _cycle(cycle: str, year: int, participants: int) -> dict[str, Any]:
    return {
        "id": cycle,
        "year": year,
        "name": f"Tahun {year}",
        "phase": "closed",
        "policy": {},
        "participants": participants,
        "started": participants,
        "starts_at": datetime(year, 1, 5, tzinfo=UTC),
        "revision": 0,
    }
