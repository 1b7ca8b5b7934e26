"""HR opens a closed case again over HTTP and on its page: it walks the rest of the way once more, and the cycle waits."""

import asyncio
from datetime import UTC, datetime
from html import unescape
from typing import Any

import httpx2
import pytest

from activities.reopening import Reopening, ReopeningActivities, StillEnding
from adapters.database.writes.participants import SqlParticipants
from adapters.database.writes.reopening import SqlArchive
from appraisal.access import Actor
from appraisal.case import Case
from appraisal.group import GroupPhase
from appraisal.reopening import Reopen
from appraisal.training.enrolment import Stage
from appraisal.vocabulary import Step
from runtime.processes import TemporalEnrolments
from runtime.watching import TemporalProcesses
from tests.api.dated import CALIBRATION, NOMINATION, events, everything, row, until
from tests.api.scene import REVIEW, bring, refused, set_unit_result
from tests.api.seated import give_seats, seat
from tests.api.test_appraisal_api import PLAN, launch
from tests.api.test_hr_pages import somebody
from tests.stack import Stack
from workflows.cycle import CycleWorkflow
from workflows.identity import calibration_id, cycle_id, nomination_id

pytestmark = pytest.mark.usefixtures("final")
WHY = "Bukti dukung baru ditemukan."
TRAININGS = {"t1": "Analisis data", "t2": "Pelayanan prima"}


async def post(who: httpx2.AsyncClient, path: str, body: dict[str, Any], key: str = "") -> httpx2.Response:
    return await who.post(f"/api/v1/{path}", json=body, headers={"idempotency-key": key} if key else {})


async def given(who: httpx2.AsyncClient, path: str, body: dict[str, Any]) -> None:
    """The order is taken, at once or as soon as the group has told the case."""
    async with asyncio.timeout(20):
        while (answer := await post(who, path, body)).status_code != 200:
            assert answer.json()["code"] in ("wrong_step", "nothing_to_decide", "stale_board"), answer.text
            await asyncio.sleep(0.1)


async def finish(stack: Stack, cycle: str) -> None:
    """From the calibration to the end; both groups are then done."""
    dewi, ani, hr = await stack.visitor("dewi"), await stack.visitor("ani"), await stack.visitor(officer="hr")
    await set_unit_result(stack, cycle)
    await given(dewi, f"calibrations/{cycle}/dinkes/decision", {"members": ["ani"]})
    await given(ani, f"appraisals/{cycle}/ani/acknowledgement", {"comment": "Terima kasih."})
    await given(hr, f"nominations/{cycle}/proposals", {})
    (proposal,) = (await hr.get(f"/api/v1/nominations/{cycle}?undecided=true")).json()["proposals"]
    decision = {"employee": "ani", "approve": True, "training": proposal["training"]}
    await given(hr, f"nominations/{cycle}/decisions", {"decisions": [decision]})
    for process in (calibration_id(cycle, "dinkes"), nomination_id(cycle), f"appraisal/{cycle}/ani"):
        async with asyncio.timeout(20):
            await stack.client.get_workflow_handle(process).result()


async def closed(stack: Stack) -> str:
    """A year in which ani was rated and was offered a seat."""
    cycle = await launch(stack, people=["ani"])
    await bring(stack, cycle, Step.CALIBRATION)
    await finish(stack, cycle)

    async def offered() -> bool:
        return bool(await events(stack, f"enrolment/{cycle}/ani/1"))

    await until(offered)
    return cycle


async def case(stack: Stack, cycle: str) -> dict[str, Any]:
    hr = await stack.visitor(officer="hr")
    return dict((await hr.get(f"/api/v1/appraisals/{cycle}/ani")).json()["case"])


@pytest.mark.every_database
async def test_a_closed_case_walks_on_from_the_review_and_its_groups_with_it(stack: Stack) -> None:
    cycle = await closed(stack)
    hr, budi, path = await stack.visitor(officer="hr"), await stack.visitor("budi"), f"appraisals/{cycle}/ani"
    order = {"step": "review", "reason": WHY}
    answers = [await post(hr, f"{path}/reopening", order, "k1") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200], answers[0].text
    assert answers[0].json() == answers[1].json()
    refused(await post(hr, f"{path}/reopening", order, "k2"), 409, "not_closed")
    found = await case(stack, cycle)
    assert (found["step"], found["outcome"], found["exit"], found["review"]) == ("review", None, None, None)
    assert found["revision"] == answers[0].json()["revision"]
    assert "ani" in [one["employee_id"] for one in (await budi.get("/api/v1/tasks")).json()]
    told = [event for event in await events(stack, path.replace("appraisals", "appraisal")) if event.kind == "reopen"]
    assert [(event.reason, event.command_id.endswith("/k1")) for event in told] == [(WHY, True)]
    for table, process in ((CALIBRATION, calibration_id(cycle, "dinkes")), (NOMINATION, nomination_id(cycle))):
        assert (await row(stack, table, process)).phase == GroupPhase.OPEN
        assert [event.kind for event in await events(stack, process)].count("reopen") == 1
    assert (await post(budi, f"{path}/review", {**REVIEW, "results": "DI_ATAS"})).status_code == 200
    await finish(stack, cycle)
    after = await case(stack, cycle)
    assert (after["step"], after["outcome"], after["review"]["results"]) == ("closed", "rated", "DI_ATAS")
    shown = await (await stack.visitor("ani")).get(f"/appraisals/{cycle}/ani")
    assert TRAININGS[after["nominated"]["training"]] in shown.text, (
        "by its name, also as one of the next year's catalogue"
    )
    assert (await hr.get(f"/api/v1/cycles/{cycle}")).json()["phase"] == "running"


class Dying(TemporalProcesses):
    """Starts a process and dies before it can say so."""

    async def restart(self, case: Case, over: bool) -> bool:
        await super().restart(case, over)
        raise ConnectionError("the worker has died")


async def test_a_worker_that_dies_between_the_start_and_its_report_opens_the_case_once(stack: Stack) -> None:
    cycle, queue = await closed(stack), stack.settings.task_queue
    state = await stack.client.get_workflow_handle(cycle_id(cycle)).query(CycleWorkflow.cycle)
    order = Reopen("ani", Step.REVIEW, WHY, Actor("olga", hr=True))
    wish = Reopening(cycle, f"appraisal/{cycle}/ani", order, state.dates, datetime.now(UTC), "olga/k1")
    archive, people = SqlArchive(stack.sessions), SqlParticipants(stack.sessions, stack.services.today)
    seats = TemporalEnrolments(stack.client, queue)
    await give_seats(stack, cycle, "ani")
    with pytest.raises(ConnectionError):
        await ReopeningActivities(archive, people, Dying(stack.client, queue), seats).reopen_case(wish)
    again = ReopeningActivities(archive, people, TemporalProcesses(stack.client, queue), seats)
    assert await until_found(again, wish) == await again.reopen_case(wish)
    for subject in (wish.case, calibration_id(cycle, "dinkes"), nomination_id(cycle)):
        async with asyncio.timeout(10):
            while not (found := [one for one in await events(stack, subject) if one.kind == "reopen"]):
                await asyncio.sleep(0.05)
        assert len(found) == 1
    assert (await case(stack, cycle))["step"] == "review"
    taken = await seat(stack, cycle, "ani")
    assert (taken.stage, taken.closed) == (Stage.WITHDRAWN, True), "the training is taken back with the result"


async def until_found(again: ReopeningActivities, wish: Reopening) -> int:
    """What the server does with an activity whose case is still being stored: it tries once more."""
    while True:
        try:
            return await again.reopen_case(wish)
        except StillEnding:
            await asyncio.sleep(0.1)


async def test_an_order_from_before_is_not_taken_twice(stack: Stack) -> None:
    cycle = await launch(stack, people=["ani"])
    hr, ani, path = await stack.visitor(officer="hr"), await stack.visitor("ani"), f"appraisals/{cycle}/ani"
    assert (await post(ani, f"{path}/targets", PLAN, "t1")).status_code == 200
    closing = {"kind": "close_unrateable", "reason": "Keliru."}
    assert (await post(hr, f"{path}/remedy", closing)).status_code == 200
    await stack.client.get_workflow_handle(f"appraisal/{cycle}/ani").result()
    assert (await post(hr, f"{path}/reopening", {"step": "targets", "reason": WHY})).status_code == 200
    refused(await post(ani, f"{path}/targets", PLAN, "t1"), 412, "stale_revision")
    assert (await post(ani, f"{path}/targets", PLAN, "t2")).status_code == 200


BAD: list[tuple[str, dict[str, Any], int, str, str]] = [
    ("no reason", {"step": "review", "reason": " "}, 422, "missing_reason", "reason"),
    ("no step", {"reason": WHY}, 422, "invalid_request", "step"),
    ("a step of a group", {"step": "calibration", "reason": WHY}, 409, "wrong_step", "step"),
    ("nowhere", {"step": "closed", "reason": WHY}, 409, "wrong_step", "step"),
]


async def test_what_is_refused_changes_nothing(stack: Stack) -> None:
    cycle, hr = await closed(stack), await stack.visitor(officer="hr")
    before, path = await everything(stack), f"appraisals/{cycle}/ani/reopening"
    for what, body, status, code, where in BAD:
        problem = refused(await post(hr, path, body), status, code)
        assert problem["where"] == where, what
    order = {"step": "review", "reason": WHY}
    refused(await post(await stack.visitor("budi"), path, order), 403, "not_allowed")
    refused(await post(await stack.visitor("fajar"), path, order), 404, "not_found")
    refused(await post(hr, f"appraisals/{cycle}/gita/reopening", order), 404, "not_found")
    await stack.client.get_workflow_handle(cycle_id(cycle)).terminate()
    refused(await post(hr, path, order), 409, "already_closed")
    assert await everything(stack) == before


async def read(who: httpx2.AsyncClient, path: str) -> str:
    answer = await who.get(path)
    assert answer.status_code == 200, answer.text
    return " ".join(unescape(answer.text).split())


async def test_hr_does_it_on_the_page_of_the_case(stack: Stack) -> None:
    cycle, hr = await closed(stack), await somebody(stack)
    ani, url = await somebody(stack, "ani"), f"/appraisals/{cycle}/ani"
    assert "Open this case again" not in await read(ani, url)
    assert "Open this case again" in await read(hr, url)
    missing = await hr.post(f"{url}/reopening", data={"reopen_reason": " "})
    assert missing.status_code == 422
    assert 'href="#reopen_reason"' in missing.text
    assert 'href="#reopen_step"' in missing.text
    wrong = await hr.post(f"{url}/reopening", data={"reopen_step": "nomination", "reopen_reason": WHY})
    assert (wrong.status_code, 'href="#reopen_step"' in wrong.text, WHY in wrong.text) == (409, True, True)
    done = await hr.post(f"{url}/reopening", data={"reopen_step": "acknowledgement", "reopen_reason": WHY, "key": "k1"})
    assert (done.status_code, done.headers["location"]) == (303, url)
    shown = await read(hr, url)
    assert "opened the case again; the outcome is taken back." in shown
    assert WHY in shown
    assert "Open this case again" not in shown
    assert "HR has opened this appraisal again" in await read(ani, "/inbox")
    assert "You must read the result and acknowledge it." in await read(ani, url)
    await ani.post("/language", data={"language": "id", "next": "/"})
    assert "membuka kembali penilaian ini; hasil akhirnya ditarik kembali." in await read(ani, url)
