"""Acting officials over HTTP: cases follow at once and come back by themselves; what is refused changes nothing."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx2
import pytest
from sqlalchemy import func, select, update

from adapters.database.columns import table_of
from adapters.database.reads import entries
from adapters.database.tables import appointments, organisation, process
from appraisal.vocabulary import Step
from tests.api import scene
from tests.api.scene import REVIEW
from tests.api.test_appraisal_api import PLAN, launch
from tests.stack import Stack

APPOINTMENT, APPRAISAL = table_of(appointments.Appointment), table_of(process.Appraisal)
EVENT, NOTICE = table_of(process.Event), table_of(process.Notice)
ASSIGNMENT = table_of(organisation.Assignment)
FAR = "2090-01-01T00:00:00Z"
ABOVE = {"ani": "budi", "citra": "bupati"}


def soon(seconds: float) -> str:
    return (datetime.now(UTC) + timedelta(seconds=seconds)).isoformat()


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(20):
        while not await holds():
            await asyncio.sleep(0.05)


async def holder(stack: Stack, cycle: str, employee: str) -> str | None:
    async with stack.sessions() as session:
        query = select(APPRAISAL.c.holder_id).where(APPRAISAL.c.cycle_id == cycle, APPRAISAL.c.employee_id == employee)
        found: str | None = await session.scalar(query)
        return found


async def held_by(stack: Stack, cycle: str, employee: str, person: str) -> None:
    async def holds() -> bool:
        return await holder(stack, cycle, employee) == person

    await until(holds)


async def appointed(visitor: httpx2.AsyncClient, **wanted: Any) -> dict[str, Any]:
    answer = await visitor.post("/api/v1/appointments", json={"ends_at": FAR, **wanted})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.fixture
async def cycle(stack: Stack) -> str:
    return await launch(stack, people=["ani", "eko", "citra"])


@pytest.mark.every_database
async def test_what_waits_goes_to_the_delegate_at_once_and_back_when_the_time_is_over(stack: Stack, cycle: str) -> None:
    await scene.bring(stack, cycle, Step.REVIEW)
    budi, eko = await stack.visitor("budi"), await stack.visitor("eko")
    made = await appointed(budi, kind="DELEGATE", person="eko", ends_at=soon(4), reason="Cuti.")
    await held_by(stack, cycle, "ani", "eko")
    assert "ani" in [row["employee_id"] for row in (await eko.get("/api/v1/tasks")).json()]
    assert [row["id"] for row in (await eko.get("/api/v1/appointments")).json()] == [made["id"]]
    await held_by(stack, cycle, "ani", "budi")
    assert (await eko.get(f"/api/v1/appraisals/{cycle}/ani")).status_code == 404
    assert (await eko.get("/api/v1/appointments")).json() == []


async def test_whoever_acts_signs_and_the_record_says_for_whom(stack: Stack, cycle: str) -> None:
    await scene.bring(stack, cycle, Step.REVIEW)
    hr, eko = await stack.visitor(officer="hr"), await stack.visitor("eko")
    made = await appointed(hr, kind="DELEGATE", represented="budi", person="eko")
    await held_by(stack, cycle, "ani", "eko")
    answer = await eko.post(f"/api/v1/appraisals/{cycle}/ani/review", json=REVIEW)
    assert answer.status_code == 200, answer.text
    event = (await eko.get(f"/api/v1/appraisals/{cycle}/ani/events")).json()[-1]
    assert (event["kind"], event["actor"], event["on_behalf_of"]) == ("submit_review", "eko", "budi")
    async with stack.sessions() as session:
        subject = f"appointment/{made['id']}"
        kinds = (await session.scalars(select(EVENT.c.kind).where(EVENT.c.subject == subject))).all()
        told = (
            await session.execute(select(NOTICE.c.recipient, NOTICE.c.kind).where(NOTICE.c.subject == subject))
        ).all()
        assert await entries.broken(session, subject) is None
    assert kinds == ["appointed"]
    assert sorted(map(tuple, told)) == [("budi", "appointed_for_you"), ("eko", "appointed_to_you")]


async def test_a_delegate_who_only_prepares_returns_targets_but_signs_nothing(stack: Stack, cycle: str) -> None:
    await scene.bring(stack, cycle, Step.APPROVAL)
    budi, eko = await stack.visitor("budi"), await stack.visitor("eko")
    await appointed(budi, kind="DELEGATE", person="eko", signs=False)

    async def offered() -> bool:
        return "ani" in [row["employee_id"] for row in (await eko.get("/api/v1/tasks")).json()]

    await until(offered)
    assert await holder(stack, cycle, "ani") == "budi"
    url, before = f"/api/v1/appraisals/{cycle}/ani/approval", await scene.kept(stack, cycle)
    scene.refused(await eko.post(url, json={"decision": "approve"}), 403, "not_allowed")
    assert await scene.kept(stack, cycle) == before
    answer = await eko.post(url, json={"decision": "return", "reason": "Terlalu umum."})
    assert answer.status_code == 200, answer.text
    event = (await budi.get(f"/api/v1/appraisals/{cycle}/ani/events")).json()[-1]
    assert (event["actor"], event["on_behalf_of"]) == ("eko", "budi")


async def test_nobody_acts_on_the_own_case_which_goes_to_the_next_superior(stack: Stack, cycle: str) -> None:
    await scene.bring(stack, cycle, Step.APPROVAL)
    await scene.bring(stack, cycle, Step.APPROVAL, employee="eko")
    await appointed(await stack.visitor("budi"), kind="DELEGATE", person="ani")
    await held_by(stack, cycle, "eko", "ani")
    await held_by(stack, cycle, "ani", "citra")
    ani, citra = await stack.visitor("ani"), await stack.visitor("citra")
    url, before = f"/api/v1/appraisals/{cycle}/ani/approval", await scene.kept(stack, cycle)
    scene.refused(await ani.post(url, json={"decision": "approve"}), 403, "acts_on_own_case")
    assert await scene.kept(stack, cycle) == before
    assert (await citra.post(url, json={"decision": "approve"})).status_code == 200
    event = (await citra.get(f"/api/v1/appraisals/{cycle}/ani/events")).json()[-1]
    assert (event["actor"], event["on_behalf_of"]) == ("citra", "budi")


async def test_a_plh_leads_the_unit_and_the_superior_may_decide_beside_a_plh_who_is_in_the_pool(
    stack: Stack, cycle: str
) -> None:
    hr, citra = await stack.visitor(officer="hr"), await stack.visitor("citra")
    made = await appointed(hr, kind="PLH", position="dewi-p", person="citra")

    async def leads() -> bool:
        return [row["head_id"] for row in (await citra.get("/api/v1/calibrations")).json()] == ["citra"]

    await until(leads)
    for employee in ("ani", "citra"):
        await scene.bring(stack, cycle, Step.CALIBRATION, employee=employee, supervisor=ABOVE[employee])
    await scene.set_unit_result(stack, cycle)
    bupati, url = await stack.visitor("bupati"), f"/api/v1/calibrations/{cycle}/dinkes/decision"
    both = {"members": ["ani", "citra"]}
    scene.refused(await citra.post(url, json=both), 422, "reviews_himself")
    assert (await bupati.post(url, json=both)).status_code == 200
    await hr.post(f"/api/v1/appointments/{made['id']}/end")

    async def back() -> bool:
        async with stack.sessions() as session:
            calibration = table_of(process.Calibration)
            query = select(calibration.c.head_id, calibration.c.escalated_to).where(calibration.c.cycle_id == cycle)
            head, stand_in = (await session.execute(query)).one()
            return (head, stand_in) == ("dewi", None)

    await until(back)


async def test_the_record_names_the_head_for_whom_a_plh_calibrated(stack: Stack, cycle: str) -> None:
    hr, fajar = await stack.visitor(officer="hr"), await stack.visitor("fajar")
    await appointed(hr, kind="PLH", position="dewi-p", person="fajar")

    async def leads() -> bool:
        return "fajar" in [row["head_id"] for row in (await fajar.get("/api/v1/calibrations")).json()]

    await until(leads)
    await scene.bring(stack, cycle, Step.CALIBRATION)
    await scene.set_unit_result(stack, cycle)
    answer = await fajar.post(f"/api/v1/calibrations/{cycle}/dinkes/decision", json={"members": ["ani"]})
    assert answer.status_code == 200, answer.text

    async def calibrated() -> bool:
        return str((await scene.kept(stack, cycle)).events[-1]["kind"]) == "calibrate"

    await until(calibrated)
    event = (await scene.kept(stack, cycle)).events[-1]
    assert (event["actor"], event["on_behalf_of"]) == ("fajar", "dewi")


async def test_hr_ends_it_now_and_the_same_request_twice_is_one_appointment(stack: Stack, cycle: str) -> None:
    await scene.bring(stack, cycle, Step.REVIEW)
    hr, key = await stack.visitor(officer="hr"), {"idempotency-key": "plh-1"}
    body = {"kind": "DELEGATE", "represented": "budi", "person": "eko", "ends_at": FAR}
    both = await asyncio.gather(*(hr.post("/api/v1/appointments", json=body, headers=key) for _ in range(2)))
    assert {answer.status_code for answer in both} == {201}
    assert both[0].json() == both[1].json()
    await held_by(stack, cycle, "ani", "eko")
    url = f"/api/v1/appointments/{both[0].json()['id']}"
    scene.refused(await (await stack.visitor("eko")).post(f"{url}/end"), 403, "not_allowed")
    assert (await hr.post(f"{url}/end")).status_code == 200
    await held_by(stack, cycle, "ani", "budi")
    scene.refused(await hr.post(f"{url}/end"), 409, "already_closed")
    assert (await hr.get("/api/v1/appointments")).json() == []
    assert (await (await stack.visitor("gita")).get(url)).status_code == 404


async def test_what_comes_goes_to_whoever_acts_and_a_new_cycle_knows_him_from_the_start(stack: Stack) -> None:
    await appointed(await stack.visitor("budi"), kind="DELEGATE", person="eko")
    cycle = await launch(stack, people=["ani"])
    ani = await stack.visitor("ani")
    assert (await ani.post(f"/api/v1/appraisals/{cycle}/ani/targets", json=PLAN)).status_code == 200
    assert await holder(stack, cycle, "ani") == "eko"


REFUSALS = [
    ("a delegate for another", "budi", {"represented": "citra", "person": "eko"}, 403, "not_allowed"),
    ("a Plh by a superior", "budi", {"kind": "PLH", "position": "citra-p", "person": "eko"}, 403, "not_allowed"),
    ("oneself", "budi", {"person": "budi"}, 422, "acts_for_himself"),
    ("the holder", "hr", {"kind": "PLT", "position": "dewi-p", "person": "dewi"}, 422, "acts_for_himself"),
    ("nobody known", "budi", {"person": "nobody"}, 422, "unknown_person"),
    ("for nobody known", "hr", {"represented": "nobody", "person": "eko"}, 422, "unknown_person"),
    ("for nobody", "hr", {"person": "eko"}, 422, "unknown_person"),
    ("no position", "hr", {"kind": "PLT", "position": "none", "person": "eko"}, 422, "unknown_position"),
    ("no leading position", "hr", {"kind": "PLT", "position": "budi-p", "person": "eko"}, 422, "unknown_position"),
    (
        "reversed",
        "budi",
        {"person": "eko", "begins_at": FAR, "ends_at": "2089-01-01T00:00:00Z"},
        422,
        "period_reversed",
    ),
    (
        "over",
        "budi",
        {"person": "eko", "begins_at": "2020-01-01T00:00:00Z", "ends_at": "2020-02-01T00:00:00Z"},
        422,
        "period_is_over",
    ),
    ("somebody who has left", "budi", {"person": "gita"}, 409, "has_left"),
    ("two at once", "hr", {"kind": "PLT", "position": "dewi-p", "person": "fajar"}, 409, "appointed_twice"),
]


@pytest.mark.parametrize(("who", "body", "status", "code"), [row[1:] for row in REFUSALS], ids=[r[0] for r in REFUSALS])
async def test_a_refused_appointment_changes_nothing(
    stack: Stack, who: str, body: dict[str, Any], status: int, code: str
) -> None:
    hr = await stack.visitor(officer="hr")
    await appointed(hr, kind="PLT", position="dewi-p", person="citra")
    async with stack.sessions.begin() as session:
        gone = update(ASSIGNMENT).where(ASSIGNMENT.c.person_id == "gita").values(valid_to=date(2021, 1, 1))
        await session.execute(gone)
    visitor = hr if who == "hr" else await stack.visitor(who)
    answer = await visitor.post("/api/v1/appointments", json={"kind": "DELEGATE", "ends_at": FAR, **body})
    scene.refused(answer, status, code)
    async with stack.sessions() as session:
        assert await session.scalar(select(func.count()).select_from(APPOINTMENT)) == 1
        assert await session.scalar(select(func.count()).select_from(EVENT)) == 1
