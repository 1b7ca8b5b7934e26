"""An objection over HTTP, from the delivery to the decision: by the API, and on the pages of all who take part."""

import asyncio
import re
from datetime import UTC, datetime
from typing import Any

from adapters.policy_files import shipped
from appraisal.vocabulary import Step
from tests.api.scene import bring, kept, refused, set_unit_result
from tests.api.test_appraisal_api import launch
from tests.stack import Stack

WISH: dict[str, Any] = {"results": True, "behaviour": False, "targets": [2], "reason": "Bukti tidak dilihat."}
ANSWER = {"text": "Dinilai dari laporan bulanan."}
UPHOLD = {"decision": "uphold", "reason": "Sudah tepat."}
CHANGE = {"decision": "change", "results": "DI_ATAS", "behaviour": "DI_ATAS", "reason": "Bukti baru kuat."}


async def delivered(stack: Stack, cycle: str, *people: str) -> None:
    """The results of these people are there to be read."""
    for person in people:
        await bring(stack, cycle, Step.CALIBRATION, employee=person)
    await set_unit_result(stack, cycle)
    dewi = await stack.visitor("dewi")
    answer = await dewi.post(f"/api/v1/calibrations/{cycle}/dinkes/decision", json={"members": list(people)})
    assert answer.status_code == 200, answer.text
    async with asyncio.timeout(60):
        for person in people:
            while (await kept(stack, cycle, person)).row["step"] != Step.ACKNOWLEDGEMENT:
                await asyncio.sleep(0.05)


async def post(stack: Stack, who: str, path: str, body: dict[str, Any], key: str = "") -> Any:
    visitor = await stack.visitor(who) if who != "hr" else await stack.visitor(officer="hr")
    return await visitor.post(f"/api/v1/appraisals/{path}", json=body, headers={"Idempotency-Key": key} if key else {})


async def test_refused_objected_answered_and_decided(stack: Stack) -> None:
    cycle = await launch(stack, people=["ani", "eko"])
    await delivered(stack, cycle, "ani", "eko")
    ani, eko = f"{cycle}/ani", f"{cycle}/eko"
    assert (await post(stack, "eko", f"{eko}/acknowledgement/refusal", {"words": "Tidak setuju."})).status_code == 200

    refused(await post(stack, "ani", f"{ani}/objection", {**WISH, "targets": [9]}), 422, "invalid_objection")
    refused(await post(stack, "ani", f"{ani}/objection", {**WISH, "reason": " "}), 422, "missing_reason")
    first = await post(stack, "ani", f"{ani}/objection", WISH, "once")
    again = await post(stack, "ani", f"{ani}/objection", WISH, "once")
    assert (first.status_code, first.json()) == (200, again.json())
    refused(await post(stack, "ani", f"{ani}/objection", WISH, "twice"), 409, "already_objected")
    refused(await post(stack, "citra", f"{ani}/objection/decision", UPHOLD), 409, "not_heard")
    refused(await post(stack, "eko", f"{ani}/objection/account", ANSWER), 404, "not_found")
    assert (await post(stack, "budi", f"{ani}/objection/account", ANSWER)).status_code == 200

    before = await kept(stack, cycle)
    refused(await post(stack, "budi", f"{ani}/objection/decision", UPHOLD), 403, "not_allowed")
    refused(await post(stack, "ani", f"{ani}/objection/decision", UPHOLD), 403, "not_allowed")
    refused(
        await post(stack, "citra", f"{ani}/objection/decision", {**CHANGE, "decision": "uphold"}), 422, "invalid_ruling"
    )
    refused(
        await post(stack, "hr", f"{ani}/objection/decider", {"person": "nobody", "reason": "x"}), 422, "unknown_person"
    )
    refused(
        await post(stack, "hr", f"{ani}/objection/decider", {"person": "budi", "reason": "x"}),
        403,
        "decides_own_rating",
    )
    assert await kept(stack, cycle) == before
    waits = (await (await stack.visitor("citra")).get("/api/v1/tasks")).json()
    assert [(row["employee_id"], row["step"]) for row in waits] == [("ani", "objection")]
    assert (await post(stack, "citra", f"{ani}/objection/decision", CHANGE)).status_code == 200
    over = await kept(stack, cycle)
    assert (over.state.step, over.row["objection"], over.row["predicate"]) == (
        Step.NOMINATION,
        "changed",
        "SANGAT_BAIK",
    )
    assert over.row["predicate_objected"] == "BAIK"
    assert (over.events[-1]["kind"], over.events[-1]["actor"]) == ("decide_objection", "citra")
    refused(await post(stack, "citra", f"{ani}/objection/decision", UPHOLD), 409, "objection_over")
    hr = await stack.visitor(officer="hr")
    found = (await hr.get(f"/api/v1/cycles/{cycle}")).json()["totals"]["objections"]
    assert found == {"open": 0, "upheld": 0, "changed": 1, "withdrawn": 0, "undecided": 0}
    for who, kind in (("ani", "objection_changed"), ("budi", "objection_changed"), ("hr", "objection_changed")):
        visitor = hr if who == "hr" else await stack.visitor(who)
        assert kind in [one["kind"] for one in (await visitor.get("/api/v1/notices")).json()]
    page = await hr.get(f"/calibrations/{cycle}/dinkes")
    assert "Setelah keberatan" in page.text


async def test_after_the_last_second(stack: Stack) -> None:
    hr, short = await stack.visitor(officer="hr"), shipped("open") or {}
    short = {**short, "name": "short", "objection": {**short["objection"], "window": "PT1S"}}
    body = {"document": short, "based_on": 0, "reason": "Uji coba."}
    assert (await hr.put("/api/v1/policies/short", json=body)).status_code == 200
    cycle = await launch(stack, people=["ani"], policy="short")
    await delivered(stack, cycle, "ani")
    until = (await kept(stack, cycle)).state.object_by
    await asyncio.sleep(max((until - datetime.now(UTC)).total_seconds() + 0.1, 0))
    before = await kept(stack, cycle)
    refused(await post(stack, "ani", f"{cycle}/ani/objection", WISH), 409, "objection_too_late")
    page = await (await stack.visitor("ani")).get(f"/appraisals/{cycle}/ani/objection")
    assert (page.status_code, "Waktu untuk mengajukan keberatan" in page.text) == (409, True)
    assert await kept(stack, cycle) == before


async def test_the_pages_of_all_who_take_part(stack: Stack) -> None:
    cycle = await launch(stack, people=["ani"])
    await delivered(stack, cycle, "ani")
    url = f"/appraisals/{cycle}/ani"
    ani, budi, citra = [await stack.visitor(who) for who in ("ani", "budi", "citra")]
    hr = await stack.visitor(officer="hr")
    assert f'href="{url}/objection"' in (await ani.get(url)).text
    assert (await budi.get(f"{url}/objection")).status_code == 404
    key = key_in((await ani.get(f"{url}/objection")).text)
    wrong = await ani.post(f"{url}/objection", data={"key": key, "reason": "", "evidence": "bukan alamat"})
    assert (wrong.status_code, wrong.text.count("field-error") >= 2, "bukan alamat" in wrong.text) == (422, True, True)
    nothing = await ani.post(f"{url}/objection", data={"key": key, "reason": "Tidak adil."})
    assert (nothing.status_code, 'id="results-error"' in nothing.text) == (422, True)
    sent = {
        "key": key,
        "behaviour": "yes",
        "target_1": "yes",
        "reason": "Tidak adil.",
        "evidence": "https://bukti.example/7",
    }
    assert (await ani.post(f"{url}/objection", data=sent)).headers["location"] == url
    assert "Tarik" in (await ani.get(url)).text

    assert 'name="text"' in (await budi.get(f"/waiting/{cycle}/ani")).text
    answered = await budi.post(f"{url}/hearing", data={"text": "Dari laporan.", "place": "waiting", "key": "h1"})
    assert answered.headers["location"] == "/waiting"
    ruling = (await citra.get(f"/waiting/{cycle}/ani")).text
    assert ruling.count("Tidak adil.") == ruling.count("Dari laporan.") == 1, "both texts stand side by side, once"
    unsaid = await citra.post(f"{url}/ruling", data={"reason": "Begitu.", "results": "SESUAI", "behaviour": "SESUAI"})
    assert (unsaid.status_code, "Begitu." in unsaid.text) == (422, True)

    assert (await citra.get(f"{url}/decider")).status_code == 404
    nobody = await hr.post(f"{url}/decider", data={"reason": "Cuti.", "action": "name"})
    assert nobody.status_code == 422
    named = await hr.post(f"{url}/decider", data={"person": "dewi", "reason": "Cuti.", "action": "name", "key": "d1"})
    assert named.headers["location"] == url
    late = await citra.post(f"{url}/ruling", data={"decision": "uphold", "reason": "Tetap.", "key": "r0"})
    assert late.status_code in (403, 404, 422)
    dewi = await stack.visitor("dewi")
    done = await dewi.post(f"{url}/ruling", data={"decision": "uphold", "reason": "Tetap saja.", "key": "r1"})
    assert done.headers["location"] == url
    told = (await ani.get(url)).text
    assert "Tetap saja." in told
    assert "Dewi Lestari Contoh" in told


def key_in(text: str) -> str:
    found = re.search(r'name="key" value="(\w+)"', text)
    assert found
    return found[1]
