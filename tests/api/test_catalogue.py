"""The catalogue over HTTP: what HR changes stands on record with its reason, and what cannot be is refused whole."""

from typing import Any

import pytest
from sqlalchemy import select, update

from adapters.database.columns import table_of
from adapters.database.reads import entries
from adapters.database.reads.limits import limits_of
from adapters.database.tables import organisation, process
from tests.api.scene import refused
from tests.stack import Stack

TRAINING, EVENT = table_of(organisation.Training), table_of(process.Event)
YEAR = "/api/v1/catalogue/2027"
T1, T2 = "/api/v1/courses/t1", "/api/v1/courses/t2"


async def on_record(stack: Stack) -> tuple[list[Any], list[Any]]:
    async with stack.sessions() as session:
        courses = (await session.execute(select(TRAINING).order_by(TRAINING.c.id))).all()
        return list(courses), list((await session.execute(select(EVENT.c.subject, EVENT.c.revision))).all())


def limits(
    budget: object = None, revision: int | None = None, why: str = "Efisiensi.", **quotas: int
) -> dict[str, Any]:
    return {"budget": budget, "quotas": quotas, "reason": why, "revision": revision}


@pytest.mark.every_database
async def test_hr_changes_courses_and_limits_each_with_a_reason(stack: Stack) -> None:
    hr, again = await stack.visitor(officer="hr"), {"idempotency-key": "satu"}
    before = (await hr.get(YEAR)).json()
    assert [(one["code"], one["given"], one["revision"]) for one in before["courses"]] == [("t1", 0, 0), ("t2", 0, 0)]
    assert before["limits"]["limits"] == {"budget": None, "quotas": {}}
    terms = {"seats": 3, "price": "1500000", "reason": "Kelas paralel.", "revision": 0}
    first, second = [await hr.put(f"{T1}/terms", json=terms, headers=again) for _ in range(2)]
    assert (first.status_code, first.json()["revision"]) == (200, 1)
    assert (first.json()["course"]["seats"], float(first.json()["course"]["price"])) == (3, 1_500_000)
    assert second.json() == first.json(), "the same order again changes nothing"
    assert (await hr.post(f"{T2}/withdrawal", json={"reason": "Batal."})).json()["course"]["withdrawn"]
    assert not (await hr.post(f"{T2}/return", json={"reason": "Jadi juga."})).json()["course"]["withdrawn"]
    answer = await hr.put(f"{YEAR}/limits", json=limits("0", 0, dinkes=0))
    assert answer.json()["limits"]["quotas"] == {"dinkes": 0}
    answer = await hr.put(f"{YEAR}/limits", json=limits("2500000", 1, dinkes=2))
    assert answer.json()["revision"] == 2
    kept = await on_record(stack)
    for way, url, body, status, code, where in (
        ("PUT", f"{T1}/terms", terms, 412, "stale_catalogue", ""),
        ("PUT", f"{T1}/terms", {**terms, "revision": 1}, 409, "nothing_changes", ""),
        ("PUT", f"{T1}/terms", {**terms, "revision": 1, "seats": -1}, 422, "invalid_seats", "seats"),
        ("PUT", f"{T1}/terms", {**terms, "revision": 1, "price": "-1"}, 422, "invalid_amount", "price"),
        ("PUT", f"{T1}/terms", {**terms, "revision": 1, "seats": 4, "reason": " "}, 422, "missing_reason", "reason"),
        ("PUT", f"{T1}/terms", {**terms, "price": "murah"}, 422, "invalid_request", "price"),
        ("POST", f"{T2}/return", {"reason": "Ya."}, 409, "withdrawn", ""),
        ("PUT", "/api/v1/courses/none/terms", terms, 404, "not_found", ""),
        ("PUT", f"{YEAR}/limits", limits("-1"), 422, "invalid_amount", "budget"),
        ("PUT", f"{YEAR}/limits", limits("0", 2, dinkes=-1), 422, "invalid_seats", "quotas.dinkes"),
        ("PUT", f"{YEAR}/limits", limits("0", 2, nowhere=1), 422, "unknown_unit", "quotas.nowhere"),
        ("PUT", f"{YEAR}/limits", limits("0", 1, dinkes=1), 412, "stale_catalogue", ""),
        ("PUT", f"{YEAR}/limits", limits("2500000", 2, dinkes=2), 409, "nothing_changes", ""),
    ):
        assert refused(await hr.request(way, url, json=body), status, code)["where"] == where
    assert await on_record(stack) == kept
    async with stack.sessions() as session:
        assert (await limits_of(session, 2027)).quotas == {"dinkes": 2}
        assert (await limits_of(session, 2028)).budget is None
        for subject in ("course/t1", "course/t2", "training-limits/2027"):
            assert await entries.broken(session, subject) is None


async def test_the_pages_list_filter_and_change_and_say_what_is_wrong(stack: Stack) -> None:
    hr = await stack.visitor(officer="hr")
    await hr.post("/language", data={"language": "en", "next": "/"})
    async with stack.sessions.begin() as session:
        row = {"kind": "e_learning", "provider": "LAN RI", "positions": "FUNGSIONAL", "lowest_grades": "III/a;IX"}
        await session.execute(update(TRAINING).where(TRAINING.c.id == "t2").values(row))
    page = (await hr.get("/catalogue?year=2027")).text
    assert "Analisis data" in page
    assert "for: Fungsional; from golongan III/a / IX" in page
    filtered = (await hr.get("/catalogue?year=2027&kind=e_learning&topic=BP")).text
    assert ("Pelayanan prima" in filtered, "Analisis data" in filtered) == (True, False)
    file = (await hr.get("/catalogue/export.csv?year=2027&kind=e_learning")).text
    assert ("Pelayanan prima" in file, "Analisis data" in file) == (True, False)
    wrong = {"key": "a", "revision": "0", "budget": "-5", "quota_dinkes": "2", "reason": "Efisiensi <b>"}
    answer = await hr.post("/catalogue/2027/limits", data=wrong)
    assert (answer.status_code, 'href="#budget"' in answer.text) == (422, True)
    assert "Efisiensi &lt;b&gt;" in answer.text, "nothing typed is lost"
    answer = await hr.post("/catalogue/2027/limits", data={**wrong, "budget": "", "quota_dinkes": "0.5"})
    assert 'href="#quota_dinkes"' in answer.text
    assert (await hr.post("/catalogue/2027/limits", data={**wrong, "budget": "9,000,000"})).status_code == 303
    shown = (await hr.get("/catalogue?year=2027")).text
    assert "Budget: no limit → Rp9.000.000" in shown
    assert "Dinas Kesehatan: no limit → 2" in shown
    url = "/catalogue/courses/t1"
    terms = {"key": "b", "revision": "0", "seats": "4", "price": "banyak", "reason": "Kelas paralel."}
    answer = await hr.post(f"{url}/terms", data=terms)
    assert (answer.status_code, 'href="#price"' in answer.text, "Kelas paralel." in answer.text) == (422, True, True)
    assert (await hr.post(f"{url}/terms", data={**terms, "price": "750,000"})).status_code == 303
    assert "Price of a seat: Rp0 → Rp750.000" in (await hr.get(url)).text
    answer = await hr.post(f"{url}/withdrawal", data={"key": "c", "revision": "1", "reason": ""})
    assert (answer.status_code, 'href="#offer_reason"' in answer.text) == (422, True)
    assert (
        await hr.post(f"{url}/withdrawal", data={"key": "d", "revision": "1", "reason": "Batal."})
    ).status_code == 303
    assert "Offer it again" in (await hr.get(url)).text
    await hr.post("/language", data={"language": "id", "next": "/"})
    stale = await hr.post(f"{url}/return", data={"key": "e", "revision": "1", "reason": "Jadi."})
    assert (stale.status_code, "Orang lain sudah mengubahnya" in stale.text) == (412, True)
    assert (await (await stack.visitor("dewi")).get("/catalogue")).status_code == 403
