"""Requests about own data over HTTP and on pages: who sees them, HR answers, and the person reads what became of it."""

import asyncio
from typing import Any
from uuid import uuid4

import httpx2
import pytest
from sqlalchemy import insert, select

from adapters.database.columns import table_of
from adapters.database.reads import entries
from adapters.database.tables import desk, privacy
from tests.api import scene
from tests.api.test_acting_pages import english
from tests.api.test_hr_pages import hidden
from tests.stack import Stack
from workflows.data_request import DataRequestWorkflow

REQUEST, DRAFT = table_of(privacy.DataRequest), table_of(desk.Draft)
API, URL = "/api/v1/data-requests", "/data-requests"
WRONG = {"kind": "correction", "area": "identity", "words": "Nama <salah> eja.", "should_be": "Ani Contoh"}
DONE = {"decision": "done", "reason": "Sudah diperbaiki."}
ERASE = {"kind": "erasure", "area": "other", "words": "Saya tidak memerlukannya lagi.", "should_be": ""}
REFUSED = {"decision": "refused", "reason": "Sudah <benar>.", "ground": "Akta kelahiran."}


async def asked(visitor: httpx2.AsyncClient, **more: Any) -> dict[str, Any]:
    answer = await visitor.post(API, json=WRONG | more)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    assert (await visitor.get(answer.headers["location"])).json() == found
    return found


async def kept(stack: Stack) -> list[tuple[Any, ...]]:
    """What a refusal must leave as it is."""
    async with stack.sessions() as session:
        return [tuple(row) for row in await session.execute(select(REQUEST).order_by(REQUEST.c.id))]


@pytest.mark.every_database
async def test_hr_of_the_unit_answers_and_no_other_unit_knows_of_it(stack: Stack) -> None:
    ani, hr = await stack.visitor("ani"), await stack.visitor(officer="hr")
    for person, unit in (("eko", "dinkes"), ("fajar", "dinsos")):
        assert (await hr.put(f"/api/v1/officers/{person}", json={"unit": unit})).status_code == 204
    request, seen = await asked(ani), await asked(ani, kind="access", should_be="")
    assert (request["holder_id"], request["unit_id"], request["phase"]) == ("hr/dinkes", "dinkes", "open")
    eko, fajar, budi = await stack.visitor("eko"), await stack.visitor("fajar"), await stack.visitor("budi")
    for officer in (eko, hr):
        assert {row["id"] for row in (await officer.get(f"{API}/waiting")).json()} == {request["id"], seen["id"]}
    before = await kept(stack)
    for stranger in (fajar, budi):
        assert (await stranger.get(f"{API}/waiting")).json() == []
        scene.refused(await stranger.get(f"{API}/{request['id']}"), 404, "not_found")
        scene.refused(await stranger.post(f"{API}/{request['id']}/decision", json=DONE), 404, "not_found")
    scene.refused(await ani.post(f"{API}/{request['id']}/decision", json=DONE), 403, "not_allowed")
    no_ground = await eko.post(f"{API}/{request['id']}/decision", json=REFUSED | {"ground": " "})
    assert scene.refused(no_ground, 422, "missing_reason")["where"] == "ground"
    assert await kept(stack) == before
    answers = await asyncio.gather(
        *(officer.post(f"{API}/{request['id']}/decision", json=said) for officer, said in ((eko, DONE), (hr, REFUSED)))
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert (await eko.post(f"{API}/{seen['id']}/decision", json=DONE)).json()["officer"] == "Eko Contoh"
    assert (await hr.get(f"{API}/waiting")).json() == []
    assert [row["phase"] for row in (await ani.get(API)).json() if row["id"] == seen["id"]] == ["done"]


@pytest.mark.every_database
async def test_an_erasure_takes_what_may_go_and_tells_what_stays(stack: Stack) -> None:
    ani, hr = await english(stack, "ani"), await english(stack)
    typed = {
        "person_id": "ani",
        "subject": "appraisal/c1/ani",
        "form": "targets",
        "body": {},
        "saved_at": stack.services.now(),
    }
    async with stack.sessions.begin() as session:
        await session.execute(insert(DRAFT), [typed])
    request = await asked(ani, **ERASE, parts=["drafts", "identity"])
    page = f"{URL}/{request['id']}"
    before = (await hr.get(page)).text
    assert "goes with your answer, for good" in before
    assert "stays: the agency keeps it" in before
    assert "goes with your answer" not in (await ani.get(page)).text
    done = await hr.post(f"{API}/{request['id']}/decision", json=DONE)
    assert (done.status_code, done.json()["stays"]) == (200, [["identity", "agency"]])
    async with stack.sessions() as session:
        assert (await session.execute(select(DRAFT))).all() == []
        assert await entries.broken(session, f"erasure/{request['id']}") is None
    told = (await ani.get(page)).text
    assert told.count("stays: the agency keeps it") == 1
    assert "goes with your answer" not in told
    record = await asked(ani, **ERASE, parts=["record"])
    scene.refused(await hr.post(f"{API}/{record['id']}/decision", json=DONE), 409, "nothing_to_erase")
    assert (await hr.post(f"{API}/{record['id']}/decision", json=REFUSED)).json()["phase"] == "refused"


REFUSALS: list[tuple[str, dict[str, Any], str, str]] = [
    ("nothing said", {"words": " "}, "invalid_text", "words"),
    ("nothing to put there", {"should_be": ""}, "invalid_text", "should_be"),
    ("a script for evidence", {"evidence": "javascript:alert(1)"}, "invalid_evidence", "evidence"),
    ("nothing to erase", ERASE, "nothing_named", "parts"),
    ("no kind that is known", {"kind": "revenge"}, "invalid_request", "kind"),
]


@pytest.mark.parametrize(("more", "code", "where"), [row[1:] for row in REFUSALS], ids=[row[0] for row in REFUSALS])
async def test_a_refused_request_changes_nothing(stack: Stack, more: dict[str, Any], code: str, where: str) -> None:
    ani = await stack.visitor("ani")
    assert scene.refused(await ani.post(API, json=WRONG | more), 422, code)["where"] == where
    assert await kept(stack) == []


async def test_a_request_is_one_however_often_it_is_sent(stack: Stack) -> None:
    ani, key = await stack.visitor("ani"), {"idempotency-key": uuid4().hex}
    both = await asyncio.gather(*(ani.post(API, json=WRONG, headers=key) for _ in range(2)))
    assert both[0].json() == both[1].json()
    assert len(await kept(stack)) == 1
    handle = stack.client.get_workflow_handle(f"correction/{both[0].json()['id']}")
    assert (await handle.query(DataRequestWorkflow.request)).open


async def test_pages_without_javascript_lead_from_the_account_to_the_answer(stack: Stack) -> None:
    ani, hr = await english(stack, "ani"), await english(stack)
    assert f'href="{URL}"' in (await ani.get("/account")).text
    assert "You have asked nothing." in (await ani.get(URL)).text
    assert "Waiting for HR" not in (await ani.get(URL)).text
    form = (await ani.get(f"{URL}/new?kind=correction")).text
    empty = await ani.post(f"{URL}/new", data={"kind": "correction", "key": hidden(form, "key")})
    assert (empty.status_code, 'href="#area"' in empty.text) == (422, True)
    nothing = await ani.post(
        f"{URL}/new", data={"kind": "erasure", "words": "Hapus.", "key": hidden(empty.text, "key")}
    )
    assert (nothing.status_code, 'href="#parts"' in nothing.text) == (422, True)
    no_text = await ani.post(f"{URL}/new", data=WRONG | {"should_be": "", "key": hidden(empty.text, "key")})
    assert (no_text.status_code, 'href="#should_be"' in no_text.text) == (422, True)
    done = await ani.post(f"{URL}/new", data=WRONG | {"key": hidden(no_text.text, "key")})
    assert done.status_code == 303, done.text
    page = done.headers["location"]
    assert "Requests about own data: 1" in (await hr.get("/board")).text
    assert f'href="{page}"' in (await hr.get("/inbox")).text
    assert f'href="{page}"' in (await hr.get(URL)).text
    shown = (await hr.get(page)).text
    assert "Nama &lt;salah&gt; eja." in shown
    assert "Your answer" not in (await ani.get(page)).text
    assert (await (await english(stack, "budi")).get(page)).status_code == 404
    refused = await hr.post(page, data=REFUSED | {"ground": "", "key": hidden(shown, "key")})
    assert (refused.status_code, 'href="#ground"' in refused.text) == (422, True)
    assert (await hr.post(page, data=REFUSED | {"key": hidden(refused.text, "key")})).status_code == 303
    read = (await ani.get(page)).text
    assert "Sudah &lt;benar&gt;." in read
    assert "Akta kelahiran." in read
    assert "HR has refused your request" in (await ani.get("/inbox")).text
    assert "No request waits for HR." in (await hr.get(URL)).text
    assert (await hr.get(f"{URL}/new")).status_code == 403, "an officer's account belongs to no employee"
