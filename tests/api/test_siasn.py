"""HR sends the results of a closed cycle to SIASN's double: the order, the list with its reasons, sending again, the files."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update
from temporalio.testing import WorkflowEnvironment

from adapters.database.siasn import SqlPushes
from appraisal.access import Actor
from appraisal.siasn_push import LOST, Failure, PushOrder, Which
from demo.siasn import Double, Faults, siasn
from tests import agency
from tests.api.dated import until
from tests.api.scene import refused
from tests.api.test_appraisal_api import launch
from tests.closed_results import APPRAISAL, UNRATED, closed
from tests.stack import Stack, running

GIVEN = {
    "ani": ("budi", "SESUAI", "DI_ATAS"),
    "eko": ("budi", "DI_ATAS", "DI_ATAS"),
    "budi": ("citra", "DI_BAWAH", "SESUAI"),
    "dewi": ("bupati", "SESUAI", "SESUAI"),
    "gita": UNRATED,
}
ANI, EKO = f"{4:018d}", f"{5:018d}"


@dataclass
class Sending:
    """The service with a closed cycle and a connection with SIASN's double."""

    stack: Stack
    double: Double
    cycle: str

    @property
    def url(self) -> str:
        return f"/api/v1/cycles/{self.cycle}/siasn"

    async def ask(self, key: str = "", **wanted: Any) -> Any:
        hr = await self.stack.visitor(officer="hr")
        answer = await hr.post(self.url, json=wanted, headers={"idempotency-key": key} if key else {})
        assert answer.status_code == 202, answer.text
        return answer.json()

    async def stands(self) -> dict[str, tuple[str | None, str | None, str | None]]:
        """By person: how the result stands, why, and whose turn it is."""
        hr = await self.stack.visitor(officer="hr")
        found = (await hr.get(self.url)).json()["results"]
        return {one["person_id"]: (one["stand"], one["failure"], one["owner"]) for one in found}

    async def settled(self) -> dict[str, tuple[str | None, str | None, str | None]]:
        async def holds() -> bool:
            return all(stand != "waiting" for stand, _, _ in (await self.stands()).values())

        await until(holds)
        return await self.stands()


@pytest.fixture
async def sending(server: WorkflowEnvironment, database_url: str) -> AsyncIterator[Sending]:
    async with siasn() as double, running(server.client, database_url, **double.settings()) as stack:
        await agency.build(stack.sessions)
        yield Sending(stack, double, await closed(stack.sessions, GIVEN))


@pytest.mark.every_database
async def test_each_result_arrives_once_or_stands_on_the_list_with_its_reason(sending: Sending) -> None:
    sending.double.unknown = {EKO}
    first = await sending.ask("satu", which="new")
    assert first == await sending.ask("satu", which="new")
    assert first["waiting"] == len(GIVEN)
    assert await sending.settled() == {
        "ani": ("sent", None, None),
        "budi": ("sent", None, None),
        "dewi": ("sent", None, None),
        "eko": ("listed", Failure.PERSON_UNKNOWN, "data"),
        "gita": ("listed", Failure.UNRATED, "hr"),
    }
    (kept,) = sending.double.of(ANI, 2026)
    assert (kept["hasilKinerjaNilai"], kept["perilakuKerjaNilai"], kept["kuadranKinerjaNilai"]) == (2, 1, 2)
    assert (kept["penilaiNama"], kept["penilaiJabatan"], kept["penilaiGolongan"]) == (
        *("Budi Contoh", "Pengawas Imunisasi", "34"),
    )
    assert sending.double.of(f"{1:018d}", 2026)[0]["statusPenilai"] == "NON ASN"
    sending.double.unknown = set()
    assert (await sending.ask(chosen=[{"employee": "eko"}]))["waiting"] == 1
    assert (await sending.settled())["eko"] == ("sent", None, None)
    await sending.ask(which="all")
    await sending.settled()
    assert set(sending.double.writes.values()) == {1}
    hr = await sending.stack.visitor(officer="hr")
    story = (await hr.get(f"{sending.url}/eko/0")).json()
    kinds = [(event["kind"], event["actor"] == "siasn") for event in story["events"]]
    assert kinds == [
        ("push_ordered", False),
        ("push_listed", True),
        *[("push_ordered", False), ("push_sent", True)] * 2,
    ]
    assert story["events"][3]["changes"][0] == ["digest", "", story["push"]["digest"]]
    assert len(story["push"]["digest"]) == 64
    found = (await hr.get(sending.url, params={"stand": "listed"})).json()
    assert [one["person_id"] for one in found["results"]] == ["gita"]
    assert found["figures"] == {"new": 0, "waiting": 0, "sent": 4, "listed": 1, "reasons": [["listed", "unrated", 1]]}


async def test_an_outage_is_waited_for_and_told_and_what_waits_is_not_taken_by_another_order(sending: Sending) -> None:
    sending.double.faults = Faults(closed=1)
    await sending.ask(which="new")

    async def told() -> bool:
        return (await sending.stands())["ani"] == ("waiting", Failure.CLOSED, "siasn")

    await until(told)
    assert (await sending.ask(chosen=[{"employee": "ani"}]))["waiting"] == 0
    sending.double.faults = Faults()
    assert (await sending.settled())["ani"] == ("sent", None, None)


async def test_what_a_lost_order_left_waiting_is_taken_over_after_a_day(sending: Sending) -> None:
    pushes = SqlPushes(sending.stack.sessions, ZoneInfo("Asia/Jakarta"))
    at = datetime(2027, 1, 5, tzinfo=UTC)
    orders = [PushOrder(name, Actor("hr", hr=True), sending.cycle, 2026, Which.ALL) for name in ("old", "new", "late")]
    assert await pushes.enlist(orders[0], at) == len(GIVEN)
    assert await pushes.enlist(orders[1], at + LOST) == 0
    assert await pushes.enlist(orders[2], at + LOST + timedelta(seconds=1)) == len(GIVEN)
    assert (len(await pushes.waiting("old")), len(await pushes.waiting("late"))) == (0, len(GIVEN))


async def test_what_cannot_be_sent_is_refused_before_anything_happens(sending: Sending) -> None:
    hr = await sending.stack.visitor(officer="hr")
    for body, where in (
        ({}, "chosen"),
        ({"which": "all", "chosen": [{"employee": "ani"}]}, "which"),
        ({"chosen": [{"employee": "ani"}, {"employee": "fajar"}]}, "chosen.1"),
        ({"chosen": [{"employee": "ani", "period": 1}]}, "chosen.0"),
        ({"chosen": [{"employee": "ani"}] * 2}, "chosen"),
    ):
        problem = refused(await hr.post(sending.url, json=body), 422, "invalid_push")
        assert problem["where"] == where
    refused(await hr.post(sending.url, json={"which": "some"}), 422, "invalid_request")
    running_cycle = await launch(sending.stack)
    answer = await hr.post(f"/api/v1/cycles/{running_cycle}/siasn", json={"which": "all"})
    refused(answer, 409, "cycle_still_runs")
    assert {stand for stand, _, _ in (await sending.stands()).values()} == {None}
    assert dict(sending.double.answers) == {}


async def test_without_a_connection_nothing_is_sent_and_the_page_says_so(stack: Stack) -> None:
    cycle = await closed(stack.sessions, GIVEN)
    hr = await stack.visitor(officer="hr")
    refused(await hr.post(f"/api/v1/cycles/{cycle}/siasn", json={"which": "all"}), 409, "not_connected")
    page = await hr.get(f"/cycles/{cycle}/siasn", params={"lang": "en"})
    assert "belum terhubung dengan SIASN" in page.text
    assert 'name="which"' not in page.text


async def test_the_page_sends_tells_and_gives_files_and_no_address_holds_a_name(sending: Sending) -> None:
    sending.double.unknown = {ANI}
    hr, page = await sending.stack.visitor(officer="hr"), f"/cycles/{sending.cycle}/siasn"
    assert (await hr.get(f"/cycles/{sending.cycle}")).text.count(page) == 1
    answer = await hr.post(page, data={"result": ["ani/0", "gita/0", "x"], "key": "k1"})
    assert (answer.status_code, answer.headers["location"]) == (303, page)
    await sending.settled()
    shown = (await hr.get(page, params={"stand": "listed"})).text
    for told in ("SIASN tidak mengenal NIP", "Giliran: pengelola data kepegawaian", "Ani Contoh", "Gita Contoh"):
        assert told in shown
    assert (await hr.post(page, data={"which": "new"})).status_code == 303
    assert (await hr.post(page, data={"key": "k2"})).status_code == 422
    await sending.settled()
    rows = (await hr.get(f"{page}/export.csv", params={"stand": "sent"})).text.splitlines()
    assert [row.split(";")[0] for row in rows[1:]] == ["Budi Contoh", "Dewi Lestari Contoh", "Eko Contoh"]
    assert (await hr.get(f"{page}/export.xlsx")).content[:2] == b"PK"
    second = (await hr.get(page, params={"after_id": "budi", "after_period": 0})).text
    assert ("Dewi Lestari Contoh" in second, "Ani Contoh" in second) == (True, False)


async def test_an_opened_case_waits_for_its_closing(sending: Sending) -> None:
    case = APPRAISAL.c.id == f"appraisal/{sending.cycle}/ani"
    async with sending.stack.sessions.begin() as session:
        await session.execute(update(APPRAISAL).where(case).values(step="review"))
    await sending.ask(chosen=[{"employee": "ani", "period": 0}])
    assert (await sending.settled())["ani"] == ("listed", Failure.OPEN_AGAIN, "hr")
