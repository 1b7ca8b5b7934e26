"""Nobody is decided on by a machine alone: what no named human has confirmed is found, on both databases. Rule: human_decides."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import delete, insert

from adapters.database.columns import table_of
from adapters.database.engine import Sessions
from adapters.database.reads.confirmations import Confirmations
from adapters.database.tables import career, desk, organisation, process
from adapters.database.writes.records import SqlRecords
from appraisal.confirmation import Effect, Unconfirmed
from tests.adapters.test_writes import year

AT = datetime(2026, 11, 29, 3, tzinfo=UTC)
PERSON, ACCOUNT = table_of(organisation.Person), table_of(desk.Account)
PROPOSAL, CAREER = table_of(process.Proposal), table_of(career.CareerDecision)
ANI = "appraisal/c1/ani"


def proposal(employee: str, decision: str | None, by: str | None, training: str | None = "t1") -> dict[str, Any]:
    said: dict[str, Any] = {
        "decision": decision,
        "decided_by": by,
        "decided_at": AT,
        "parameters": [],
        "reason": "-",
        "rank": 1,
    }
    return {"cycle_id": "c1", "employee_id": employee, "training_id": training, "round": 1} | said


def box(number: int, by: str, member: str | None) -> dict[str, Any]:
    seen = {
        "verdict": "accepted",
        "value": "9",
        "proposed": "9",
        "mark": "m",
        "grounds": [],
        "reason": "",
        "about": "2026",
    }
    who = {"person_id": "ani", "kind": "box", "decided_by": by, "member_id": member, "decided_at": AT}
    return {"id": f"d{number}", "order_id": "o1", "number": number, **seen, **who}


@pytest.fixture
async def decided(sessions: Sessions) -> Sessions:
    """A year that budi has rated; hr, an account, has decided on a box and on two proposals; one lapsed, one is open."""
    await SqlRecords(sessions).store_case(year()[-1])
    async with sessions.begin() as session:
        people = [{"id": who, "nip": who, "name": who, "employment": "PNS"} for who in ("ani", "budi", "dewi")]
        await session.execute(insert(PERSON), people)
        officer = {"id": "hr", "login": "hr", "hr": True, "disabled": False, "language": "id", "created_at": AT}
        await session.execute(insert(ACCOUNT), [officer])
        rows = [proposal("ani", "approved", "hr"), proposal("eko", "refused", "hr", None), proposal("gita", None, None)]
        await session.execute(insert(PROPOSAL), [*rows, proposal("hadi", "lapsed", "clock", None)])
        await session.execute(insert(CAREER), [box(1, "hr", "dewi"), box(2, "hr", None)])
    return sessions


async def found(sessions: Sessions) -> tuple[list[Unconfirmed], dict[Effect, int]]:
    async with sessions() as session:
        look = Confirmations(session)
        return [one async for one in look.missing()], look.seen


async def test_a_year_of_people_holds(decided: Sessions) -> None:
    seen = {Effect.PREDICATE: 1, Effect.PERIOD: 0, Effect.CAREER: 2, Effect.NOMINATION: 3}
    assert await found(decided) == ([], seen)


async def test_whatever_a_machine_decided_is_named(decided: Sessions) -> None:
    async with decided.begin() as session:
        await session.execute(delete(PERSON).where(PERSON.c.id.in_(("budi", "dewi"))))
        machine = [proposal("joko", "approved", "nomination"), proposal("kiki", "lapsed", "clock")]
        await session.execute(insert(PROPOSAL), machine)
        await session.execute(insert(CAREER), [box(3, "clock", None)])
    told, _ = await found(decided)
    assert told[:1] == [Unconfirmed(Effect.PREDICATE, ANI)], "who has rated is nobody on record"
    assert {one.subject for one in told if one.effect is Effect.CAREER} == {"d1", "d3"}
    assert {one.subject for one in told if one.effect is Effect.NOMINATION} == {
        "nomination/c1/joko",
        "nomination/c1/kiki",
    }
    assert len(told) == 5


async def test_a_predicate_that_is_in_no_event_is_named(decided: Sessions) -> None:
    case = table_of(process.Appraisal)
    async with decided.begin() as session:
        await session.execute(case.update().values(predicate="sangat_baik"))
    assert (await found(decided))[0] == [Unconfirmed(Effect.PREDICATE, ANI)]
