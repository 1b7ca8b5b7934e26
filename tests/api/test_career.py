"""Careers over HTTP: the agency's rules, proposals decided by named people, and what the employee reads of it."""

import re
from typing import Any

import httpx2
import pytest
from sqlalchemy import func, select

from adapters.database.columns import table_of
from adapters.database.reads.career import DECISION
from adapters.database.tables import process
from tests import careers
from tests.api.scene import refused
from tests.api.test_papers import text_of
from tests.stack import Stack

URL = "/api/v1/career"
NOTICE = table_of(process.Notice)


async def offered(visitor: httpx2.AsyncClient, kind: str, **more: str) -> dict[str, dict[str, Any]]:
    """What waits of this kind, by person and what it is about, as it is sent back to confirm it."""
    answer = await visitor.get(f"{URL}/proposals", params={"kind": kind, **more})
    assert answer.status_code == 200, answer.text
    return {
        f"{row['person']} {row['proposal']['about']}": {
            "kind": kind,
            "person": row["person"],
            "about": row["proposal"]["about"],
            "mark": row["mark"],
            "verdict": "confirmed",
        }
        for row in answer.json()["rows"]
    }


async def decide(visitor: httpx2.AsyncClient, *wishes: dict[str, Any], key: str = "", **more: str) -> httpx2.Response:
    headers = {"idempotency-key": key} if key else {}
    return await visitor.post(f"{URL}/decisions", json={"decisions": wishes, **more}, headers=headers)


async def count(stack: Stack) -> int:
    async with stack.sessions() as session:
        return await session.scalar(select(func.count()).select_from(DECISION)) or 0


async def set_rules(hr: httpx2.AsyncClient, based_on: int, **change: Any) -> httpx2.Response:
    edit = {"rules": {**careers.RULES, **change}, "based_on": based_on, "reason": "SK Bupati."}
    return await hr.put(f"{URL}/rules", json=edit)


@pytest.mark.every_database
async def test_named_people_decide_and_the_employee_reads_why(stack: Stack) -> None:
    await careers.years(stack.sessions)
    hr, dewi, gita = await stack.visitor(officer="hr"), await stack.visitor("dewi"), await stack.visitor("gita")
    assert await offered(hr, "box") == {}, "no cut-offs, no map"
    for change, where in (({"high": "101"}, "high"), ({"middle": "81"}, "middle"), ({"committee": ["x"]}, "committee")):
        assert refused(await set_rules(hr, 0, **change), 422, "invalid_career_policy")["where"] == where
    too_high = refused(await set_rules(hr, 0, high="100.01"), 422, "invalid_career_policy")
    assert too_high["title"] == "A cut-off lies above 0 and is at most 100."
    assert (await hr.get(f"{URL}/rules")).json()["version"] == 0, "nothing of it was kept"
    assert [(await set_rules(hr, 0)).json()["version"] for _ in range(2)] == [1, 1], "the same again is the same"
    refused(await set_rules(hr, 0, high="90"), 412, "stale_policy")

    credits = await offered(hr, "credit")
    assert list(credits) == ["eko 2026", "gita 2025", "gita 2026"]
    refused(await decide(hr, {**credits["gita 2025"], "mark": "0" * 16}), 412, "proposal_changed")
    refused(await decide(hr, *credits.values(), {**credits["eko 2026"], "about": "2019"}), 409, "nothing_proposed")
    refused(await decide(hr, {**credits["gita 2025"], "verdict": "refused"}), 422, "missing_reason")
    assert await count(stack) == 0, "a refusal decides on nobody"
    sent = [await decide(hr, *credits.values(), key="satu") for _ in range(2)]
    assert [answer.json() for answer in sent] == [{"decided": 3}] * 2
    assert await count(stack) == 3
    refused(await decide(hr, credits["gita 2025"]), 412, "proposal_changed")
    own = (await gita.get(f"{URL}/own")).json()
    assert own["progress"] == {"level": "AHLI_PERTAMA", "credit": "37.50"}

    boxes = await offered(hr, "box")
    assert refused(await decide(hr, boxes["gita 2026"]), 422, "names_no_member")["where"] == "member"
    refused(await decide(dewi, boxes["dewi 2026"]), 403, "decides_on_himself")
    refused(await decide(dewi, credits["gita 2025"]), 403, "not_allowed")
    assert (await dewi.get(f"{URL}/proposals", params={"kind": "credit"})).status_code == 403
    assert (await decide(hr, boxes["gita 2026"], member="dewi", reason="Memimpin dua tim.")).status_code == 200
    other = {**boxes["citra 2026"], "verdict": "changed", "value": "9"}
    assert (await decide(dewi, other, reason="Nilainya satu perseratus di bawah batas.")).status_code == 200
    found = (await dewi.get(f"{URL}/map")).json()
    told = {cell["box"]: (cell["people"], cell["confirmed"]) for row in found["rows"] for cell in row if cell["people"]}
    assert told == {9: (2, 2), 5: (1, 0), 1: (1, 0)}
    assert (found["not_rated"], found["not_assessed"]) == (3, 0)
    assert (
        sum(
            cell["people"]
            for row in (await dewi.get(f"{URL}/map", params={"unit": "dinsos"})).json()["rows"]
            for cell in row
        )
        == 1
    )

    own = (await gita.get(f"{URL}/own")).json()
    (box,) = (one for one in own["decisions"] if one["kind"] == "box")
    assert (own["box"], box["value"], box["reason"], box["member_id"]) == (None, "", "Memimpin dua tim.", "dewi")
    assert [one["parameters"][0] for one in box["grounds"]] == [["year", "2026"], ["score", "84.5"]]
    assert "succession" not in {one["kind"] for one in own["waiting"]}
    assert (await set_rules(hr, 1, own_box=True)).status_code == 200
    assert (await gita.get(f"{URL}/own")).json()["box"] == [2026, 9]

    (post,) = [one for one in (await offered(hr, "succession")).values() if one["person"] == "citra"]
    assert post["about"] == "dewi-p", "the post above the one that she holds"
    refused(await decide(hr, post, member="dewi"), 422, "missing_reason")
    assert (await decide(hr, post, member="dewi", reason="Pernah menjadi Plh.")).status_code == 200

    entry = {"what": "event", "reason": "Upacara 17 Agustus."}
    brought = {"what": "carried_over", "amount": "20.5", "reason": "PAK 2024."}
    bad = await hr.post(f"{URL}/people/gita/entries", json={**brought, "amount": "banyak"})
    assert refused(bad, 422, "invalid_number")["where"] == "amount"
    refused(await hr.post(f"{URL}/people/gita/entries", json={**entry, "what": "medali"}), 409, "nothing_proposed")
    for body in (entry, brought):
        assert (await hr.post(f"{URL}/people/gita/entries", json=body)).status_code == 201
    awards = await offered(hr, "award")
    refusal = {**awards["gita very_good_twice/2026"], "verdict": "refused"}
    assert (await decide(hr, refusal, reason="Sudah diberikan.")).status_code == 200
    own = (await gita.get(f"{URL}/own")).json()
    assert own["progress"]["credit"] == "58.00"
    assert {(one["kind"], one["verdict"]) for one in own["decisions"]} == {
        *(("credit", "confirmed"), ("credit", "given"), ("box", "confirmed"), ("award", "given"), ("award", "refused"))
    }
    mine = select(func.count()).where(NOTICE.c.recipient == "gita", NOTICE.c.kind == "career_decided")
    async with stack.sessions() as session:
        assert await session.scalar(mine) == 5, "of credit and awards, once each"


async def test_hr_of_a_unit_works_the_careers_of_that_unit_and_no_other(stack: Stack) -> None:
    await careers.years(stack.sessions)
    hr, umi = await stack.visitor(officer="hr"), await stack.visitor(officer="umi", unit="dinsos")
    assert (await set_rules(hr, 0)).status_code == 200
    refused(await set_rules(umi, 1), 403, "not_allowed")
    every, own = await offered(hr, "credit"), await offered(umi, "credit")
    assert list(own) == ["gita 2025", "gita 2026"]
    refused(await decide(umi, every["eko 2026"], own["gita 2026"]), 404, "not_found")
    assert await count(stack) == 0, "one of another unit stops all of them"
    assert (await decide(umi, *own.values())).json() == {"decided": 2}
    boxes = await offered(umi, "box")
    assert list(boxes) == ["gita 2026"]
    refused(await decide(umi, boxes["gita 2026"]), 422, "names_no_member")
    assert (await decide(umi, boxes["gita 2026"], member="dewi")).status_code == 200
    found = (await umi.get(f"{URL}/map")).json()
    assert sum(cell["people"] for row in found["rows"] for cell in row) == 1
    for path in ("career", "career/map", "career/people/gita"):
        page = await umi.get(f"/{path}")
        assert page.status_code == 200, path
        assert "Eko Contoh" not in page.text
        assert "Dinas Kesehatan" not in page.text, "only the own units can be chosen"
    assert (await umi.get("/career/people/eko")).status_code == 404
    entry = {"what": "event", "reason": "Upacara 17 Agustus."}
    refused(await umi.post(f"{URL}/people/eko/entries", json=entry), 404, "not_found")
    await the_paper_of_a_year(stack, umi)


async def the_paper_of_a_year(stack: Stack, umi: httpx2.AsyncClient) -> None:
    """PAK: for whoever it is about and HR, once it is confirmed; the same asked again is the same paper."""
    gita, path = await stack.visitor("gita"), f"{URL}/people/gita/credits/2026.pdf"
    paper = await gita.get(path)
    assert paper.status_code == 200, paper.text
    assert paper.headers["content-disposition"] == 'inline; filename="pak-2026-00001-v1.pdf"'
    words = text_of(paper)
    for said in ("PENETAPAN ANGKA KREDIT", "Gita Contoh", "SANGAT BAIK", "150 %", "18,75", "37,50", "Ahli Pertama"):
        assert said in words, said
    assert (await umi.get(path)).content == paper.content
    assert path in (await gita.get("/my-career")).text
    refused(await gita.get(f"{URL}/people/gita/credits/2024.pdf"), 409, "not_issued_yet")
    refused(await gita.get(f"{URL}/people/eko/credits/2026.pdf"), 404, "not_found")
    code = re.search(r"(?:[0-9a-z]{5}-){3}[0-9a-z]{5}", words)
    assert code is not None
    held = await (await stack.visitor()).get(f"/verify/{code[0]}")
    assert "PAK/2026/00001" in held.text
