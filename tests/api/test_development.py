"""Development plans over HTTP: proposed from the record, changed by the people of the line, agreed to by both, nothing lost."""

from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest
from sqlalchemy import func, insert, select

from adapters.database.documents import POLICY
from adapters.database.reads.agreed_needs import CYCLE, agreed_needs
from adapters.database.reads.development import ENTRY
from adapters.policy_files import shipped
from appraisal.policy.policy import Policy
from tests import careers
from tests.api.scene import refused
from tests.api.test_pages import browser
from tests.stack import Stack

URL = "/api/v1/development"
YEAR = 2027
BY = f"{YEAR}-11-30"


async def plan(visitor: httpx2.AsyncClient, who: str = "gita") -> dict[str, Any]:
    answer = await visitor.get(f"{URL}/{who}/{YEAR}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def change(
    visitor: httpx2.AsyncClient, deed: str, need: str = "", seen: str = "", order: str = "", **more: Any
) -> httpx2.Response:
    """What this visitor does, as he sees the plan now unless he has `seen` another one."""
    headers = {"idempotency-key": order} if order else {}
    body = {"deed": deed, "seen": seen or (await plan(visitor))["seen"], "key": need, **more}
    return await visitor.post(f"{URL}/gita/{YEAR}/changes", json=body, headers=headers)


async def count(stack: Stack) -> int:
    async with stack.sessions() as session:
        return await session.scalar(select(func.count()).select_from(ENTRY)) or 0


async def asked_of_seats(stack: Stack) -> dict[str, list[tuple[str, ...]]]:
    """What agreed plans ask of the seats of a cycle that counts them: topics of each need, by person."""
    cycle: dict[str, Any] = {"id": "c9", "year": YEAR - 1, "name": "SKP", "phase": "running", "revision": 0}
    policy = POLICY.dump_python(Policy.read(shipped("open") or {}), mode="json")
    started = {"policy": policy, "participants": 0, "started": 0, "starts_at": datetime.now(UTC)}
    async with stack.sessions.begin() as session:
        await session.execute(insert(CYCLE).values(**cycle, **started))
        today = stack.services.today()
        found = await agreed_needs(session, "c9", ("eko", "gita"), YEAR, today)
        assert await agreed_needs(session, "c9", ("gita",), YEAR + 1, today) == {}
    assert {need.weight for needs in found.values() for need in needs} == {3}
    return {who: [need.topics for need in needs] for who, needs in found.items()}


@pytest.mark.every_database
async def test_a_plan_goes_from_proposal_to_agreement(stack: Stack) -> None:
    await careers.years(stack.sessions)
    gita, fajar, hr = await stack.visitor("gita"), await stack.visitor("fajar"), await stack.visitor(officer="hr")
    unit_hr = await stack.visitor(officer="umi", unit="dinsos")
    proposed = await plan(gita)
    keys = [item["need"]["key"] for item in proposed["items"]]
    assert keys == [f"performance/2026/{why}" for why in ("missed_target/1", "missed_target/2", "missed_target/3")] + [
        "career/2026/outstanding",
        "hours",
    ]
    assert (proposed["side"], proposed["adds"]) == ("employee", ["wish", "performance", "career"])
    refused(await change(gita, "agreed"), 409, "not_planned_yet")
    refused(await change(gita, "left_out", "hours"), 422, "missing_reason")
    for visitor in (await stack.visitor("dewi"), await stack.visitor("eko")):
        assert (await visitor.get(f"{URL}/gita/{YEAR}")).status_code == 404
    refused(await hr.post(f"{URL}/gita/{YEAR}/changes", json={"deed": "agreed", "seen": "x"}), 403, "not_allowed")
    assert await count(stack) == 0, "a refusal changes nothing"

    gap = {"kind": "teknis", "assessed": 2, "required": 3}
    entered: dict[str, Any] = {
        "source": "competence",
        "text": "Menyusun anggaran",
        "reason": "Uji kompetensi.",
        "gap": gap,
    }
    assert (await change(unit_hr, "added", **entered)).status_code == 201
    old = (await plan(gita))["seen"]
    how = {"way": "bimbingan", "by": BY}
    sent = [await change(gita, "planned", "hours", old, "satu", **how) for _ in range(2)]
    assert [answer.status_code for answer in sent] == [201, 201]
    assert await count(stack) == 2, "the same order sent again counts once"
    refused(await change(fajar, "planned", "hours", old, way="klasikal", by=BY), 412, "plan_changed")
    refused(await change(fajar, "planned", "hours", way="klasikal", by="2020-01-01"), 422, "invalid_term")
    for item in (await plan(fajar))["items"]:
        if item["need"]["key"] != "hours":
            met = {**how, "way": "klasikal"} if item["need"]["key"] == keys[0] else how
            assert (await change(fajar, "planned", item["need"]["key"], **met)).status_code == 201
    assert (await change(gita, "agreed")).json()["agreed"] == ["employee"]
    agreed = (await change(fajar, "agreed")).json()
    assert agreed["holds"]
    assert [entry["deed"] for entry in agreed["entries"]].count("planned") == 6
    assert await asked_of_seats(stack) == {"gita": [tuple(proposed["items"][0]["need"]["topics"])]}

    (mine,) = (await fajar.get(f"{URL}/line", params={"year": YEAR})).json()
    assert (mine["person"], mine["holds"], mine["side"]) == ("gita", True, "superior")
    listed = (await unit_hr.get(URL, params={"year": YEAR, "source": "competence"})).json()
    assert [(row["name"], row["state"]) for row in listed["rows"]] == [("Gita Contoh", "agreed")]
    assert (await unit_hr.get(URL, params={"year": YEAR, "unit": "dinkes"})).json()["rows"] == []


async def test_what_is_refused_comes_back_as_typed_beside_the_plan_of_now(stack: Stack) -> None:
    await careers.years(stack.sessions)
    gita, fajar = await browser(stack, "gita"), await browser(stack, "fajar")
    url, api = f"/development/gita/{YEAR}", await stack.visitor("gita")
    assert (await gita.get("/development/gita")).headers["location"] == url
    old = (await plan(api))["seen"]
    typed = {"part": "add", "deed": "added", "seen": old, "source": "wish", "text": "<b>Statistik</b>", "reason": ""}
    wrong = await gita.post(url, data=typed)
    assert wrong.status_code == 422
    assert 'href="#p-gita-add-reason"' in wrong.text
    assert 'value="&lt;b&gt;Statistik&lt;/b&gt;"' in wrong.text
    assert (await change(api, "planned", "hours", way="klasikal", by=BY)).status_code == 201
    stale = await gita.post(url, data={**typed, "reason": "Ingin pindah ke data."})
    assert stale.status_code == 412
    assert "Ingin pindah ke data." in stale.text
    assert "klasikal, paling lambat" in stale.text
    fresh = (await plan(api))["seen"]
    done = await gita.post(url, data={**typed, "reason": "Ingin pindah ke data.", "seen": fresh})
    assert (done.status_code, done.headers["location"]) == (303, url)
    seen = (await plan(api))["seen"]
    partial = {"part": "1", "deed": "left_out", "need": "hours", "seen": seen, "reason": "Cuti besar."}
    piece = await fajar.post(url, data=partial, headers={"hx-request": "true"})
    assert piece.status_code == 200
    assert "<h1" not in piece.text
    assert "Cuti besar." in piece.text
