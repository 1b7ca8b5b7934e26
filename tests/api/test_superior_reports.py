"""'My superior is wrong' over HTTP: the case goes on, HR is reminded and decides, and the employee is told either way."""

import asyncio
from typing import Any
from uuid import uuid4

import httpx2
import pytest
from sqlalchemy import select
from temporalio.testing import WorkflowEnvironment

from adapters.database.columns import table_of
from adapters.database.reads import entries
from adapters.database.tables import process, superiors
from appraisal.vocabulary import Step
from tests import agency
from tests.agency import SINCE
from tests.api import scene
from tests.api.test_acting import held_by, holder, until
from tests.api.test_appraisal_api import launch
from tests.api.test_superiors import leave, periods, record
from tests.stack import Stack, running
from workflows.superior_report import SuperiorReportWorkflow

EVENT, NOTICE = table_of(process.Event), table_of(process.Notice)
REPORT = table_of(superiors.SuperiorReport)
URL = "/api/v1/superior-reports"
ACCEPT, DECLINE = {"decision": "accept", "superior": "gita"}, {"decision": "decline", "reason": "Sudah benar."}


async def reported(visitor: httpx2.AsyncClient, **wrong: Any) -> dict[str, Any]:
    answer = await visitor.post(URL, json=wrong)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    assert (await visitor.get(answer.headers["location"])).json() == found
    return found


async def kept(stack: Stack) -> tuple[Any, ...]:
    """What a refusal must leave as it is, with all reports."""
    async with stack.sessions() as session:
        rows = (await session.execute(select(REPORT).order_by(REPORT.c.id))).all()
    return (*map(tuple, rows), *await record(stack))


async def told(stack: Stack, report: dict[str, Any]) -> list[tuple[str, str]]:
    """Who has heard what of it, in order."""
    subject = f"superior-report/{report['person_id']}/{report['id']}"
    columns = (NOTICE.c.recipient, NOTICE.c.kind)
    query = select(*columns).where(NOTICE.c.subject == subject).order_by(NOTICE.c.revision, *columns)
    async with stack.sessions() as session:
        assert await entries.broken(session, subject) is None
        return [tuple(row) for row in await session.execute(query)]


async def kinds(stack: Stack, report: dict[str, Any]) -> list[str]:
    subject = f"superior-report/{report['person_id']}/{report['id']}"
    async with stack.sessions() as session:
        query = select(EVENT.c.kind).where(EVENT.c.subject == subject).order_by(EVENT.c.revision)
        return list(await session.scalars(query))


@pytest.mark.every_database
async def test_what_is_accepted_takes_the_waiting_step_to_the_new_superior(stack: Stack) -> None:
    cycle = await launch(stack, people=["ani", "eko"])
    for employee in ("ani", "eko"):
        await scene.bring(stack, cycle, Step.APPROVAL, employee=employee)
    ani, hr = await stack.visitor("ani"), await stack.visitor(officer="hr")
    report = await reported(ani, superior="citra", words="Saya pindah bidang.")
    assert (report["phase"], report["before"], report["proposed"]) == ("open", "Budi Contoh", "Citra Contoh")
    assert await holder(stack, cycle, "ani") == "budi"
    assert [row["id"] for row in (await hr.get(URL)).json()] == [report["id"]]
    answer = await hr.post(f"{URL}/{report['id']}/decision", json=ACCEPT)
    assert answer.status_code == 200, answer.text
    assert (answer.json()["phase"], answer.json()["superior"]) == ("accepted", "Gita Contoh")
    await held_by(stack, cycle, "ani", "gita")
    assert await holder(stack, cycle, "eko") == "budi"
    today = stack.services.today()
    assert await periods(stack, "ani") == [("budi", SINCE, today), ("gita", today, None)]
    assert await kinds(stack, report) == ["superior_reported", "report_accepted"]
    assert await told(stack, report) == [
        ("hr", "superior_reported"),
        ("ani", "superior_report_accepted"),
        ("budi", "reports_lost"),
        ("gita", "reports_gained"),
    ]
    gita = await stack.visitor("gita")
    approved = await gita.post(f"/api/v1/appraisals/{cycle}/ani/approval", json={"decision": "approve"})
    assert approved.status_code == 200, approved.text
    change = (await hr.get(f"/api/v1/superiors/{report['id']}")).json()
    assert [(row["person_id"], row["superior_id"]) for row in change] == [("ani", "gita")]


async def test_what_is_declined_changes_nothing_and_the_employee_reads_why(stack: Stack) -> None:
    cycle = await launch(stack, people=["ani"])
    ani, hr = await stack.visitor("ani"), await stack.visitor(officer="hr")
    await scene.bring(stack, cycle, Step.APPROVAL)
    report = await reported(ani)
    url = f"{URL}/{report['id']}"
    assert (await hr.post(f"{url}/decision", json=DECLINE)).status_code == 200
    found = (await ani.get(url)).json()
    assert (found["phase"], found["reason"], found["superior"]) == ("declined", "Sudah benar.", None)
    assert await told(stack, report) == [("hr", "superior_reported"), ("ani", "superior_report_declined")]
    assert (await periods(stack, "ani"), await holder(stack, cycle, "ani")) == ([("budi", SINCE, None)], "budi")
    before = await kept(stack)
    scene.refused(await hr.post(f"{url}/decision", json=ACCEPT), 409, "already_closed")
    assert await kept(stack) == before
    assert (await reported(ani))["id"] != report["id"], "whoever was declined may report again"


async def test_hr_is_reminded_as_long_as_it_does_not_decide(server: WorkflowEnvironment, database_url: str) -> None:
    async with running(server.client, database_url, superior_reports_due="PT1S") as stack:
        await agency.build(stack.sessions)
        ani, hr = await stack.visitor("ani"), await stack.visitor(officer="hr")
        report = await reported(ani)

        async def twice() -> bool:
            return int((await hr.get(f"{URL}/{report['id']}")).json()["reminded"]) >= 2

        await until(twice)
        found = (await hr.get(f"{URL}/{report['id']}")).json()
        assert (found["phase"], found["due_at"]) == ("open", report["due_at"]), "late is late, however often reminded"
        assert (await told(stack, report))[1:3] == [("hr", "superior_report_due")] * 2
        assert (await hr.post(f"{URL}/{report['id']}/decision", json=DECLINE)).status_code == 200
        handle = stack.client.get_workflow_handle(f"superior-report/ani/{report['id']}")
        assert (await handle.result())["step"] == "declined"
        reminded = (await kinds(stack, report)).count("report_reminded")
        await asyncio.sleep(1.5)
        assert (await kinds(stack, report)).count("report_reminded") == reminded, "nobody is reminded of what is over"


@pytest.mark.every_database
async def test_a_report_is_one_however_often_it_is_sent_and_one_at_a_time(stack: Stack) -> None:
    ani, eko, key = await stack.visitor("ani"), await stack.visitor("eko"), {"idempotency-key": uuid4().hex}
    both = await asyncio.gather(*(ani.post(URL, json={}, headers=key) for _ in range(2)))
    assert {answer.status_code for answer in both} == {201}
    assert both[0].json() == both[1].json()
    before = await kept(stack)
    scene.refused(await ani.post(URL, json={"superior": "citra"}), 409, "already_reported")
    assert await kept(stack) == before
    await reported(eko)
    gita = await stack.visitor("gita")
    races = await asyncio.gather(*(gita.post(URL, json={}) for _ in range(3)))
    assert sorted(answer.status_code for answer in races) == [201, 409, 409]


async def test_two_officers_at_once_decide_once(stack: Stack) -> None:
    report = await reported(await stack.visitor("ani"))
    one, other = await stack.visitor(officer="hr"), await stack.visitor(officer="hr2")
    url = f"{URL}/{report['id']}/decision"
    answers = await asyncio.gather(one.post(url, json=ACCEPT), other.post(url, json=DECLINE))
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert len(await kinds(stack, report)) == 2


async def test_hr_may_have_changed_it_already(stack: Stack) -> None:
    report, hr = await reported(await stack.visitor("ani")), await stack.visitor(officer="hr")
    order = {"people": ["ani"], "superior": "gita", "reason": "Mutasi."}
    assert (await hr.post("/api/v1/superiors", json=order)).status_code == 201
    assert (await hr.post(f"{URL}/{report['id']}/decision", json=ACCEPT)).status_code == 200
    assert len(await periods(stack, "ani")) == 2
    assert await told(stack, report) == [("hr", "superior_reported"), ("ani", "superior_report_accepted")]


REPORTS: list[tuple[str, dict[str, Any], int, str, str]] = [
    ("himself", {"superior": "ani"}, 422, "answers_to_himself", "superior"),
    ("nobody known", {"superior": "nobody"}, 422, "unknown_person", "superior"),
    ("who has left", {"superior": "fajar"}, 409, "has_left", "superior"),
    ("whom he has", {"superior": "budi"}, 409, "answers_already", "superior"),
    ("words without end", {"words": "x" * 5000}, 422, "invalid_request", "words"),
    ("a control character", {"words": "a\u0007"}, 422, "invalid_text", "words"),
    ("a mistyped field", {"word": "x"}, 422, "invalid_request", "word"),
]


@pytest.mark.parametrize(("body", "status", "code", "where"), [row[1:] for row in REPORTS], ids=[r[0] for r in REPORTS])
async def test_a_refused_report_changes_nothing(
    stack: Stack, body: dict[str, Any], status: int, code: str, where: str
) -> None:
    await leave(stack, "fajar")
    ani, before = await stack.visitor("ani"), await kept(stack)
    assert scene.refused(await ani.post(URL, json=body), status, code)["where"] == where
    assert await kept(stack) == before


async def test_a_superior_who_stands_below_or_whoever_has_left_is_refused(stack: Stack) -> None:
    citra, before = await stack.visitor("citra"), await kept(stack)
    scene.refused(await citra.post(URL, json={"superior": "ani"}), 422, "reporting_loop")
    assert await kept(stack) == before
    await leave(stack, "ani")
    before = await kept(stack)
    scene.refused(await (await stack.visitor("ani")).post(URL, json={}), 409, "has_left")
    scene.refused(await (await stack.visitor(officer="hr")).post(URL, json={}), 403, "not_allowed")
    assert await kept(stack) == before


DECISIONS: list[tuple[str, str, dict[str, Any], int, str, str]] = [
    ("no officer", "ani", ACCEPT, 403, "not_allowed", ""),
    ("somebody else", "eko", ACCEPT, 404, "not_found", ""),
    ("the superior himself", "budi", DECLINE, 404, "not_found", ""),
    ("who has left", "hr", ACCEPT | {"superior": "fajar"}, 409, "has_left", "superior"),
    ("himself", "hr", ACCEPT | {"superior": "ani"}, 422, "answers_to_himself", "superior"),
    ("nobody known", "hr", ACCEPT | {"superior": "nobody"}, 422, "unknown_person", "superior"),
    ("nobody", "hr", {"decision": "accept"}, 422, "unknown_person", "superior"),
    ("no reason", "hr", {"decision": "decline", "reason": " "}, 422, "missing_reason", "reason"),
    ("declined with a superior", "hr", DECLINE | {"superior": "gita"}, 422, "invalid_request", "superior"),
    ("maybe", "hr", {"decision": "maybe"}, 422, "invalid_request", "decision"),
]


@pytest.mark.parametrize(
    ("who", "body", "status", "code", "where"), [row[1:] for row in DECISIONS], ids=[row[0] for row in DECISIONS]
)
async def test_a_refused_decision_changes_nothing_and_the_report_still_waits(
    stack: Stack, who: str, body: dict[str, Any], status: int, code: str, where: str
) -> None:
    await leave(stack, "fajar")
    report = await reported(await stack.visitor("ani"))
    visitor = await (stack.visitor(officer="hr") if who == "hr" else stack.visitor(who))
    url, before = f"{URL}/{report['id']}", await kept(stack)
    assert scene.refused(await visitor.post(f"{url}/decision", json=body), status, code)["where"] == where
    assert await kept(stack) == before
    handle = stack.client.get_workflow_handle(f"superior-report/ani/{report['id']}")
    assert (await handle.query(SuperiorReportWorkflow.report)).open
    if status == 404:
        scene.refused(await visitor.get(url), 404, "not_found")
        assert (await visitor.get(URL)).json() == []


async def test_a_loop_is_refused_and_another_superior_accepted_afterwards(stack: Stack) -> None:
    report, hr = await reported(await stack.visitor("citra")), await stack.visitor(officer="hr")
    url, before = f"{URL}/{report['id']}/decision", await kept(stack)
    scene.refused(await hr.post(url, json=ACCEPT | {"superior": "ani"}), 422, "reporting_loop")
    assert await kept(stack) == before
    assert (await hr.post(url, json=ACCEPT | {"superior": "fajar"})).status_code == 200
