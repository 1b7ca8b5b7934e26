"""HR says over HTTP that somebody is not there: own cases as decided, others' steps with whoever follows, and back again."""

from datetime import date, timedelta
from typing import Any

import httpx2
import pytest
from sqlalchemy import func, select

from adapters.database.columns import table_of
from adapters.database.reads import entries
from adapters.database.tables import departures, process
from appraisal.vocabulary import Step
from tests.agency import SINCE
from tests.api import scene
from tests.api.test_acting import held_by, holder, until
from tests.api.test_appraisal_api import launch
from tests.api.test_superiors import periods
from tests.stack import Stack

DEPARTURE, RESULT = table_of(departures.Departure), table_of(departures.DepartureResult)
EVENT, NOTICE = table_of(process.Event), table_of(process.Notice)
URL = "/api/v1/departures"


async def gone(hr: httpx2.AsyncClient, **wanted: Any) -> dict[str, Any]:
    """The order once all that follows from it has been done."""
    answer = await hr.post(URL, json={"reason": "Surat keputusan.", **wanted})
    assert answer.status_code == 201, answer.text
    place, found = answer.headers["location"], {}

    async def settled() -> bool:
        found.update((await hr.get(place)).json())
        return all(row["settled_at"] for row in found["people"])

    await until(settled)
    return found


async def case_of(stack: Stack, cycle: str, employee: str) -> dict[str, Any]:
    return (await scene.kept(stack, cycle, employee)).row


@pytest.mark.every_database
async def test_a_leave_passes_to_the_next_superior_and_comes_back(stack: Stack) -> None:
    cycle = await launch(stack, people=["ani", "budi"])
    await scene.bring(stack, cycle, Step.APPROVAL)
    hr = await stack.visitor(officer="hr")
    leave = {"people": ["budi"], "cause": "on_leave", "own_cases": "hold"}
    seen = (await hr.post(f"{URL}/preview", json={**leave, "reason": "Cuti."})).json()["people"][0]
    assert (seen["handed"], [case["step"] for case in seen["cases"]]) == (
        [{"to_id": "citra", "to": "Citra Contoh", "steps": 1, "unit": None}],
        ["targets"],
    )
    found = await gone(hr, **leave)
    assert [(one["person_id"], one["treatment"], one["refused"]) for one in found["results"]] == [("budi", "hold", "")]
    await held_by(stack, cycle, "ani", "citra")
    own = await case_of(stack, cycle, "budi")
    assert (own["held"], own["held_until"], own["supervisor_id"]) == (True, None, "citra")
    assert await periods(stack, "budi") == [("citra", SINCE, None)], "an absence ends no assignment"
    again = await hr.post(URL, json={**leave, "reason": "Lagi."})
    scene.refused(again, 409, "away_already")
    order = found["people"][0]["order_id"]
    assert [row["person_id"] for row in (await hr.get(URL)).json()] == ["budi"]
    back = await hr.post(f"{URL}/{order}/return", json={"people": ["budi"], "reason": "Kembali."})
    assert back.status_code == 200, back.text
    await held_by(stack, cycle, "ani", "budi")
    assert not (await case_of(stack, cycle, "budi"))["held"]
    assert (await hr.get(URL)).json() == []
    async with stack.sessions() as session:
        assert await entries.broken(session, f"departure/{order}") is None


async def test_several_have_gone_for_good_and_each_case_and_appointment_has_a_result(stack: Stack) -> None:
    """budi and gita have died; budi acted for citra, and reviewed ani."""
    cycle = await launch(stack, people=["ani", "budi", "gita"])
    await scene.bring(stack, cycle, Step.APPROVAL)
    hr, today = await stack.visitor(officer="hr"), stack.services.today()
    acting = {"kind": "DELEGATE", "person": "budi", "represented": "citra", "ends_at": "2090-01-01T00:00:00Z"}
    appointed = (await hr.post("/api/v1/appointments", json=acting)).json()["id"]
    found = await gone(hr, people=["budi", "gita"], cause="deceased", own_cases="close")
    assert sorted((one["person_id"], one["treatment"], one["refused"]) for one in found["results"]) == [
        ("budi", "close", ""),
        ("budi", "end_acting", ""),
        ("gita", "close", ""),
    ]
    assert await periods(stack, "budi") == [("citra", SINCE, today)]
    await held_by(stack, cycle, "ani", "citra")
    for person in ("budi", "gita"):
        assert (await case_of(stack, cycle, person))["exit"] == "unrateable"
    ended = (await hr.get(f"/api/v1/appointments/{appointed}")).json()["ends_at"]
    assert ended < "2090"


async def test_whoever_retires_is_finished_by_the_last_superior_and_a_refusal_reaches_hr(stack: Stack) -> None:
    cycle = await launch(stack, people=["ani", "eko"])
    await scene.bring(stack, cycle, Step.APPROVAL)
    hr = await stack.visitor(officer="hr")
    held = await hr.post(f"/api/v1/appraisals/{cycle}/eko/remedy", json={"kind": "hold", "reason": "Banjir."})
    assert held.status_code == 200, held.text
    found = await gone(hr, people=["eko"], cause="suspended", own_cases="hold")
    assert [(one["treatment"], one["refused"]) for one in found["results"]] == [("hold", "OnHold")]
    told = select(NOTICE.c.recipient).where(NOTICE.c.kind == "departure_undone")
    async with stack.sessions() as session:
        assert (await session.scalars(told)).all() == ["hr"]
    await gone(hr, people=["ani"], cause="retired", own_cases="go_on")
    assert await holder(stack, cycle, "ani") == "budi"
    budi = await stack.visitor("budi")
    decided = await budi.post(f"/api/v1/appraisals/{cycle}/ani/approval", json={"decision": "approve"})
    assert decided.status_code == 200, decided.text


async def test_a_day_ahead_changes_nothing_before_it_comes_and_can_be_withdrawn(stack: Stack) -> None:
    cycle = await launch(stack, people=["ani"])
    await scene.bring(stack, cycle, Step.APPROVAL)
    hr, day = await stack.visitor(officer="hr"), stack.services.today() + timedelta(days=3)
    wanted = {"people": ["budi"], "cause": "suspended", "own_cases": "hold", "reason": "SK."}
    made = await hr.post(URL, json={**wanted, "effective_on": day.isoformat()})
    assert made.status_code == 201, made.text
    assert await holder(stack, cycle, "ani") == "budi"
    order = made.json()["people"][0]["order_id"]
    back = await hr.post(f"{URL}/{order}/return", json={"people": ["budi"], "reason": "Batal."})
    assert back.json()["people"][0]["returns_on"] == day.isoformat()
    assert (await hr.get(URL)).json() == []


REFUSALS: list[tuple[str, dict[str, Any], int, str, str]] = [
    ("nobody", {"people": []}, 422, "invalid_people", "people"),
    ("no position", {"people": ["ani", "nobody"]}, 409, "has_left", "people[1]"),
    ("before he came", {"effective_on": "2019-01-01"}, 409, "has_left", "people[0]"),
    ("back too early", {"effective_on": "2026-05-02", "returns_on": "2026-05-01"}, 422, "period_reversed", "returns_on"),
    ("held for good", {"cause": "retired"}, 422, "invalid_departure", "own_cases"),
    ("returns for good", {"cause": "left", "returns_on": "2090-01-01"}, 422, "invalid_departure", "returns_on"),
    ("no reason", {"reason": " "}, 422, "missing_reason", "reason"),
    ("no cause", {"cause": "bored"}, 422, "invalid_request", "cause"),
    ("a mistyped field", {"resaon": ""}, 422, "invalid_request", "resaon"),
]  # fmt: skip


async def test_a_refused_order_changes_nothing_for_anybody(stack: Stack) -> None:
    hr = await stack.visitor(officer="hr")
    valid = {"people": ["ani"], "cause": "on_leave", "own_cases": "hold", "reason": "Cuti."}
    for name, body, status, code, where in REFUSALS:
        problem = scene.refused(await hr.post(URL, json={**valid, **body}), status, code)
        assert problem["where"] == where, name
    assert await periods(stack, "ani") == [("budi", date(2020, 1, 1), None)]
    async with stack.sessions() as session:
        counted = [await session.scalar(select(func.count()).select_from(one)) for one in (DEPARTURE, RESULT, EVENT)]
    assert counted == [0, 0, 0]
