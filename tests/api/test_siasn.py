"""HR sends the results of a closed cycle to SIASN's double: the order, the list with its reasons, sending again, the files."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from temporalio.testing import WorkflowEnvironment

from api.routes.siasn import RESULTS
from appraisal.siasn.push import Failure, Matter
from demo.siasn import Double, Faults, siasn
from demo.siasn_records import COURSE, TALENT
from tests import agency
from tests.api.dated import until
from tests.api.scene import refused
from tests.api.test_appraisal_api import launch
from tests.closed_careers import attended, boxed
from tests.closed_results import UNRATED, closed
from tests.stack import Stack, running

GIVEN = {
    "ani": ("budi", "SESUAI", "DI_ATAS"),
    "eko": ("budi", "DI_ATAS", "DI_ATAS"),
    "budi": ("citra", "DI_BAWAH", "SESUAI"),
    "dewi": ("bupati", "SESUAI", "SESUAI"),
    "gita": UNRATED,
}
DEWI, BUDI, ANI, EKO = (f"{n:018d}" for n in (1, 3, 4, 5))
Stands = dict[str, tuple[str | None, str | None, str | None]]


@dataclass
class Sending:
    """The service with a connection to SIASN's double, and cycles that have closed."""

    stack: Stack
    double: Double
    cycle: str = ""

    async def year(self, year: int) -> None:
        """From now on everything is about a closed cycle of this year."""
        self.cycle = await closed(self.stack.sessions, GIVEN, year)
        self.double.faults, self.double.unknown = Faults(), set()

    @property
    def url(self) -> str:
        return f"/api/v1/cycles/{self.cycle}/siasn"

    async def ask(self, key: str = "", **wanted: Any) -> Any:
        hr = await self.stack.visitor(officer="hr")
        answer = await hr.post(self.url, json=wanted, headers={"idempotency-key": key} if key else {})
        assert answer.status_code == 202, answer.text
        return answer.json()

    async def stands(self) -> Stands:
        """By person: how the result stands, why, and whose turn it is."""
        hr = await self.stack.visitor(officer="hr")
        found = (await hr.get(self.url)).json()["results"]
        return {one["person_id"]: (one["stand"], one["failure"], one["owner"]) for one in found}

    async def settled(self) -> Stands:
        async def holds() -> bool:
            return all(stand != "waiting" for stand, _, _ in (await self.stands()).values())

        await until(holds)
        return await self.stands()


@pytest.fixture(scope="module")
async def sending(
    server: WorkflowEnvironment, migrated_file: Any, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Sending]:
    file = tmp_path_factory.mktemp("siasn") / "jenjang.db"
    file.write_bytes(migrated_file.read_bytes())
    url = f"sqlite+aiosqlite:///{file}"
    async with siasn() as double, running(server.client, url, **double.settings()) as stack:
        await agency.build(stack.sessions)
        yield Sending(stack, double)


async def test_each_result_arrives_once_or_stands_on_the_list_with_its_reason(sending: Sending) -> None:
    await sending.year(2026)
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
    assert (kept["penilaiJabatan"], kept["penilaiGolongan"]) == ("Pengawas Imunisasi", "34")
    assert sending.double.of(DEWI, 2026)[0]["statusPenilai"] == "NON ASN"
    sending.double.unknown = set()
    assert (await sending.ask(chosen=[{"employee": "eko"}]))["waiting"] == 1
    assert (await sending.settled())["eko"] == ("sent", None, None)
    await sending.ask(which="all")
    await sending.settled()
    assert set(sending.double.writes.values()) == {1}
    hr = await sending.stack.visitor(officer="hr")
    story = (await hr.get(f"{sending.url}/eko/0")).json()
    kinds = [(event["kind"], event["actor"] == "siasn") for event in story["events"]]
    asked, sent = ("push_ordered", False), ("push_sent", True)
    assert kinds == [asked, ("push_listed", True), asked, sent, asked, sent]
    assert story["events"][3]["changes"][0] == ["digest", "", story["push"]["digest"]]
    found = (await hr.get(sending.url, params={"stand": "listed"})).json()
    assert [one["person_id"] for one in found["results"]] == ["gita"]
    assert found["figures"] == {"new": 0, "waiting": 0, "sent": 4, "listed": 1, "reasons": [["listed", "unrated", 1]]}


async def test_courses_and_boxes_go_out_each_once_and_what_is_missing_is_listed(sending: Sending) -> None:
    await sending.year(2025)
    sessions = sending.stack.sessions
    for who, certificate in (("ani", "SR/1"), ("eko", "")):
        await attended(sessions, sending.cycle, who, certificate)
    await boxed(sessions, ("budi", 8), year=2025)
    assert (await sending.ask(which="new", matter="course"))["waiting"] == 2
    assert (await sending.ask(chosen=[{"employee": "budi", "matter": "talent"}]))["waiting"] == 1
    await sending.settled()
    hr = await sending.stack.visitor(officer="hr")
    found = (await hr.get(sending.url, params={"matter": "course"})).json()
    stands = {one["person_id"]: (one["course"], one["stand"], one["failure"]) for one in found["results"]}
    assert stands == {
        "ani": ("Analisis data", "sent", None),
        "eko": ("Analisis data", "listed", Failure.NO_CERTIFICATE),
    }
    assert found["figures"] == {
        "new": 0,
        "waiting": 0,
        "sent": 1,
        "listed": 1,
        "reasons": [["listed", "no_certificate", 1]],
    }
    (course,), (box,) = sending.double.of(ANI, 2026, COURSE), sending.double.of(BUDI, 2025, TALENT)
    assert (course["namaKursus"], course["tanggalKursus"], course["jumlahJam"]) == ("Analisis data", "05-10-2026", 20)
    assert (box["box"], box["sumbu_x"], box["sumbu_y"]) == (8, 84.5, 80)
    page = f"/cycles/{sending.cycle}/siasn"
    shown = (await hr.get(page, params={"matter": "course"})).text
    for told in ("Pelatihan: Analisis data", "Sertifikat pelatihan ini belum tercatat", 'value="eko/course/t1"'):
        assert told in shown
    assert (await hr.post(page, data={"result": ["ani/course/t1", "budi/talent"], "key": "k3"})).status_code == 303
    await sending.settled()
    assert set(sending.double.writes.values()) == {1}
    assert len(sending.double.of(ANI, 2026, COURSE)) == 1
    stories = [(await hr.get(f"{sending.url}/{one}")).json() for one in ("ani/courses/t1", "budi/talent")]
    assert [[event["kind"] for event in one["events"]] for one in stories] == [["push_ordered", "push_sent"] * 2] * 2
    for chosen in ({"employee": "ani", "matter": "talent"}, {"employee": "ani", "matter": "course", "course": "t2"}):
        refused(await hr.post(sending.url, json={"chosen": [chosen]}), 422, "invalid_push")
    assert (await hr.get(f"{sending.url}/ani/talent")).status_code == 404


async def test_an_order_that_is_lost_with_temporals_store_goes_on_from_the_record(sending: Sending) -> None:
    await sending.year(2030)
    sending.double.faults = Faults(closed=1)
    order = (await sending.ask(which="new"))["id"]
    hr, process = await sending.stack.visitor(officer="hr"), f"siasn/{order}"
    await sending.stack.client.get_workflow_handle(process).terminate()
    assert (await hr.post("/api/v1/board/look")).json()["disagree"] == 1
    mended = await hr.post("/api/v1/board/repairs", json={"cases": [process]})
    assert mended.json() == {"done": [[process, "restarted"]]}
    sending.double.faults = Faults()
    assert (await sending.settled())["ani"] == ("sent", None, None)
    await sending.stack.client.get_workflow_handle(process).result()
    assert (await hr.post("/api/v1/board/look")).json()["disagree"] == 0
    mended = await hr.post("/api/v1/board/repairs", json={"cases": [process]})
    assert mended.json() == {"done": [[process, "nothing"]]}
    assert set(sending.double.writes.values()) == {1}


async def test_an_outage_is_waited_for_and_told(sending: Sending) -> None:
    await sending.year(2027)
    sending.double.faults = Faults(closed=1)
    await sending.ask(which="new")

    async def told() -> bool:
        return (await sending.stands())["ani"] == ("waiting", Failure.CLOSED, "siasn")

    await until(told)
    assert (await sending.ask(chosen=[{"employee": "ani"}]))["waiting"] == 0
    sending.double.faults = Faults()
    assert (await sending.settled())["ani"] == ("sent", None, None)


async def test_what_cannot_be_sent_is_refused_before_anything_happens(sending: Sending) -> None:
    await sending.year(2028)
    hr, before = await sending.stack.visitor(officer="hr"), sending.double.answers.copy()
    for body, where in (
        ({}, "chosen"),
        ({"which": "all", "chosen": [{"employee": "ani"}]}, "which"),
        ({"chosen": [{"employee": "ani"}, {"employee": "fajar"}]}, "chosen.1"),
        ({"chosen": [{"employee": "ani", "period": 1}]}, "chosen.0"),
        ({"chosen": [{"employee": "ani"}] * 2}, "chosen"),
    ):
        assert refused(await hr.post(sending.url, json=body), 422, "invalid_push")["where"] == where
    refused(await hr.post(sending.url, json={"which": "some"}), 422, "invalid_request")
    open_cycle = await launch(sending.stack)
    refused(await hr.post(f"/api/v1/cycles/{open_cycle}/siasn", json={"which": "all"}), 409, "cycle_still_runs")
    assert {stand for stand, _, _ in (await sending.stands()).values()} == {None}
    assert sending.double.answers == before


async def test_the_page_sends_tells_and_gives_files_and_no_address_holds_a_name(sending: Sending) -> None:
    await sending.year(2029)
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
    second = (await hr.get(page, params={"after": RESULTS.written(("budi", 0, Matter.RATING, ""))})).text
    assert ("Dewi Lestari Contoh" in second, "Ani Contoh" in second) == (True, False)


async def test_without_a_connection_nothing_is_sent_and_the_page_says_so(stack: Stack) -> None:
    cycle = await closed(stack.sessions, GIVEN)
    hr = await stack.visitor(officer="hr")
    refused(await hr.post(f"/api/v1/cycles/{cycle}/siasn", json={"which": "all"}), 409, "not_connected")
    page = await hr.get(f"/cycles/{cycle}/siasn")
    assert "belum terhubung dengan SIASN" in page.text
    assert 'name="which"' not in page.text
