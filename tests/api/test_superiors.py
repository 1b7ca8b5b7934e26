"""HR names another superior over HTTP: what waits follows at once, nothing is overwritten, what is refused changes nothing."""

import asyncio
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import httpx2
import pytest
from sqlalchemy import func, select, update

from adapters.database.columns import table_of
from adapters.database.reads import entries
from adapters.database.tables import organisation, process, superiors
from appraisal.vocabulary import Step
from tests.agency import SINCE
from tests.api import scene
from tests.api.test_acting import held_by, holder
from tests.api.test_appraisal_api import launch
from tests.stack import Stack

ASSIGNMENT, CHANGE = table_of(organisation.Assignment), table_of(superiors.SuperiorChange)
EVENT, NOTICE = table_of(process.Event), table_of(process.Notice)
URL = "/api/v1/superiors"
WHY = {"reason": "Budi pensiun."}


@pytest.fixture
async def cycle(stack: Stack) -> str:
    return await launch(stack, people=["ani", "eko"])


async def leave(stack: Stack, person: str) -> None:
    """The person holds no position since 2021."""
    async with stack.sessions.begin() as session:
        gone = update(ASSIGNMENT).where(ASSIGNMENT.c.person_id == person).values(valid_to=date(2021, 1, 1))
        await session.execute(gone)


async def periods(stack: Stack, person: str) -> list[tuple[str | None, date, date | None]]:
    """To whom the person has answered, from when to when."""
    columns = (ASSIGNMENT.c.supervisor_id, ASSIGNMENT.c.valid_from, ASSIGNMENT.c.valid_to)
    query = select(*columns).where(ASSIGNMENT.c.person_id == person).order_by(ASSIGNMENT.c.valid_from)
    async with stack.sessions() as session:
        return [tuple(row) for row in await session.execute(query)]


async def record(stack: Stack) -> tuple[Any, ...]:
    """What a refusal must leave as it is: all assignments, and how much was noted, happened and told."""
    async with stack.sessions() as session:
        rows = (await session.execute(select(ASSIGNMENT).order_by(ASSIGNMENT.c.id))).all()
        counted = [await session.scalar(select(func.count()).select_from(table)) for table in (CHANGE, EVENT, NOTICE)]
    return (*map(tuple, rows), *counted)


async def changed(hr: httpx2.AsyncClient, **wanted: Any) -> list[dict[str, Any]]:
    answer = await hr.post(URL, json={**WHY, **wanted})
    assert answer.status_code == 201, answer.text
    found: list[dict[str, Any]] = answer.json()
    assert (await hr.get(answer.headers["location"])).json() == found
    return found


@pytest.mark.every_database
async def test_all_who_answered_to_somebody_who_left_go_to_the_next_at_once(stack: Stack, cycle: str) -> None:
    for employee in ("ani", "eko"):
        await scene.bring(stack, cycle, Step.APPROVAL, employee=employee)
    await leave(stack, "budi")
    hr, today = await stack.visitor(officer="hr"), stack.services.today()
    wanted = {"reports_of": "budi", "superior": "gita"}
    before = await record(stack)
    preview = (await hr.post(f"{URL}/preview", json=wanted)).json()
    assert await record(stack) == before
    assert [(line["person_id"], line["before"], line["hindrance"]) for line in preview["people"]] == [
        ("ani", "Budi Contoh", None),
        ("eko", "Budi Contoh", None),
    ]
    done = await changed(hr, **wanted, seen=preview["seen"])
    assert [(row["person_id"], row["before_id"], row["superior_id"]) for row in done] == [
        ("ani", "budi", "gita"),
        ("eko", "budi", "gita"),
    ]
    for employee in ("ani", "eko"):
        await held_by(stack, cycle, employee, "gita")
        assert await periods(stack, employee) == [("budi", SINCE, today), ("gita", today, None)]
    gita = await stack.visitor("gita")
    decided = await gita.post(f"/api/v1/appraisals/{cycle}/ani/approval", json={"decision": "approve"})
    assert decided.status_code == 200, decided.text
    subject = f"superiors/{done[0]['order_id']}"
    async with stack.sessions() as session:
        events = (await session.execute(select(EVENT).where(EVENT.c.subject == subject))).all()
        told = select(NOTICE.c.recipient, NOTICE.c.kind).where(NOTICE.c.subject == subject)
        assert sorted(map(tuple, await session.execute(told))) == [
            ("ani", "superior_changed"),
            ("budi", "reports_lost"),
            ("eko", "superior_changed"),
            ("gita", "reports_gained"),
        ]
        assert await entries.broken(session, subject) is None
    assert [(event.kind, event.reason) for event in events] == [("superiors_replaced", "Budi pensiun.")]


async def test_a_day_ahead_changes_nothing_before_it_comes(stack: Stack, cycle: str) -> None:
    await scene.bring(stack, cycle, Step.APPROVAL)
    hr, day = await stack.visitor(officer="hr"), stack.services.today() + timedelta(days=3)
    await changed(hr, people=["ani"], superior="citra", effective_on=day.isoformat())
    assert await periods(stack, "ani") == [("budi", SINCE, day), ("citra", day, None)]
    await asyncio.sleep(1)
    assert await holder(stack, cycle, "ani") == "budi"
    before = await record(stack)
    scene.refused(await hr.post(URL, json={"people": ["ani"], "superior": "dewi", **WHY}), 409, "later_change")
    assert await record(stack) == before


async def test_a_second_change_on_the_same_day_corrects_the_first_and_both_stay_on_record(stack: Stack) -> None:
    hr, today = await stack.visitor(officer="hr"), stack.services.today()
    for superior in ("citra", "dewi"):
        await changed(hr, people=["ani"], superior=superior)
    assert await periods(stack, "ani") == [("budi", SINCE, today), ("dewi", today, None)]
    async with stack.sessions() as session:
        kept = (await session.execute(select(CHANGE.c.before_id, CHANGE.c.superior_id))).all()
    assert sorted(map(tuple, kept)) == [("budi", "citra"), ("citra", "dewi")]


async def test_the_same_request_twice_is_one_order(stack: Stack) -> None:
    hr, key = await stack.visitor(officer="hr"), {"idempotency-key": uuid4().hex}
    body = {"reports_of": "budi", "superior": "citra", **WHY}
    both = await asyncio.gather(*(hr.post(URL, json=body, headers=key) for _ in range(2)))
    assert {answer.status_code for answer in both} == {201}
    again = await hr.post(URL, json=body, headers=key)
    assert both[0].json() == both[1].json() == again.json()
    assert len(await periods(stack, "ani")) == 2


async def test_what_was_seen_must_still_be_so(stack: Stack) -> None:
    hr, wanted = await stack.visitor(officer="hr"), {"reports_of": "budi", "superior": "dewi"}
    seen = (await hr.post(f"{URL}/preview", json=wanted)).json()["seen"]
    await changed(hr, people=["eko"], superior="citra")
    before = await record(stack)
    scene.refused(await hr.post(URL, json={**wanted, **WHY, "seen": seen}), 412, "stale_line")
    assert await record(stack) == before


REFUSALS: list[tuple[str, dict[str, Any], int, str, str]] = [
    ("who has left", {"people": ["ani"], "superior": "gita"}, 409, "has_left", "superior"),
    ("nobody known", {"people": ["ani"], "superior": "nobody"}, 422, "unknown_person", "superior"),
    ("himself", {"people": ["eko", "ani"], "superior": "ani"}, 422, "answers_to_himself", "people[1]"),
    ("a loop at once", {"people": ["budi"], "superior": "ani"}, 422, "reporting_loop", "people[0]"),
    ("a loop through others", {"people": ["eko", "dewi"], "superior": "ani"}, 422, "reporting_loop", "people[1]"),
    ("no position", {"people": ["ani", "gita"], "superior": "citra"}, 409, "has_left", "people[1]"),
    ("nobody known moves", {"people": ["nobody"], "superior": "citra"}, 409, "has_left", "people[0]"),
    ("before he came", {"people": ["ani"], "superior": "citra", "effective_on": "2019-01-01"}, 409, "has_left", ""),
    ("the same superior", {"people": ["ani"], "superior": "budi"}, 409, "answers_already", "people[0]"),
    ("no reason", {"people": ["ani"], "superior": "citra", "reason": " "}, 422, "missing_reason", "reason"),
    ("nobody", {"superior": "citra"}, 422, "invalid_people", "people"),
    ("nobody answers to him", {"superior": "citra", "reports_of": "ani"}, 422, "invalid_people", "people"),
    ("twice", {"people": ["ani"], "superior": "citra", "reports_of": "budi"}, 422, "invalid_people", "people"),
    ("no day", {"people": ["ani"], "superior": "citra", "effective_on": "soon"}, 422, "invalid_request", ""),
    ("a mistyped field", {"people": ["ani"], "superior": "citra", "resaon": ""}, 422, "invalid_request", "resaon"),
]


@pytest.mark.parametrize(
    ("body", "status", "code", "where"), [row[1:] for row in REFUSALS], ids=[row[0] for row in REFUSALS]
)
async def test_a_refused_change_changes_nothing_for_anybody(
    stack: Stack, body: dict[str, Any], status: int, code: str, where: str
) -> None:
    await leave(stack, "gita")
    hr, before = await stack.visitor(officer="hr"), await record(stack)
    problem = scene.refused(await hr.post(URL, json={**WHY, **body}), status, code)
    assert not where or problem["where"] == where
    assert await record(stack) == before


async def test_only_officers_look_and_change(stack: Stack) -> None:
    citra, before = await stack.visitor("citra"), await record(stack)
    body = {"people": ["ani"], "superior": "citra", **WHY}
    for path in (URL, f"{URL}/preview"):
        scene.refused(await citra.post(path, json=body), 403, "not_allowed")
    scene.refused(await citra.get(f"{URL}/{'0' * 12}"), 403, "not_allowed")
    hr = await stack.visitor(officer="hr")
    scene.refused(await hr.get(f"{URL}/{'0' * 12}"), 404, "not_found")
    assert await record(stack) == before
