"""Support staff look on: for a reason that whoever is looked at reads, at no more than was asked about, changing nothing."""

import io
import json
import zipfile
from datetime import UTC, datetime
from typing import Any

import httpx2
from fastapi.routing import iter_route_contexts

from adapters.database.desk.accounts import SESSION
from api.description import dependencies
from api.looking import SHOWN, WAYS_OUT
from api.readings import API
from api.security import COOKIE, SAFE, signed_in
from appraisal.people.offices import SUPPORT
from appraisal.vocabulary import Step
from tests.api import scene
from tests.api.test_appraisal_api import launch
from tests.api.test_pages import browser
from tests.stack import Stack, running

ASK_NOBODY = {"/sign-in", "/sign-in/code", "/sign-in/link/{secret}", "/sign-out", f"{API}/tokens"}
"""What changes something without asking who it is: ways in and out, which do nothing in anybody's name."""
REASON, OTHER = "Tiket 4711: hasil tidak tampil", "Tiket 4712"


async def with_support(stack: Stack, person: str) -> tuple[httpx2.AsyncClient, httpx2.AsyncClient]:
    """A program and a browser of this person, whom HR has made one of the support staff."""
    hr = await stack.visitor(officer="hr")
    assert (await hr.put(f"/api/v1/officers/{person}", json={"support": True})).status_code == 204
    return await stack.visitor(person), await browser(stack, person)


async def test_whatever_is_done_in_somebodys_name_asks_whether_support_only_looks(stack: Stack) -> None:
    routes = [*iter_route_contexts(stack.app.routes)]
    asks = {
        (method, context.path): signed_in in dependencies(context.dependant)
        for context in routes
        for method in getattr(context, "methods", None) or ()
        if method not in SAFE
    }
    assert {path for (_, path), asked in asks.items() if not asked} == ASK_NOBODY
    known = {context.path for context in routes}
    assert (SHOWN | WAYS_OUT) - known == set()


async def test_support_sees_what_the_employee_sees_and_changes_nothing(stack: Stack) -> None:
    cycle = await launch(stack, people=["ani", "fajar"])
    await scene.bring(stack, cycle, Step.CALIBRATION)
    program, pages = await with_support(stack, "fajar")
    key = {"name": "Laporan", "scopes": ["read", "act"], "days": 1}
    secret = (await program.post("/api/v1/keys", json=key)).json()["secret"]
    case, plan = f"/appraisals/{cycle}/ani", scene.ORDERS[Step.TARGETS][2]
    await _nothing_is_shown_before_a_reason_is_given(program, pages, case)

    looking = (await program.post("/api/v1/support/look", json={"reason": f"  {REASON} "})).json()
    assert (await program.get("/api/v1/me")).json()["looking"] == looking
    assert looking["reason"] == REASON
    before = await scene.kept(stack, cycle)
    assert before.row["predicate"] is not None, "a review is on record"
    shown = (await program.get(f"/api/v1{case}")).json()
    assert (shown["case"]["review"], shown["allowed"]) == (None, []), "withheld, as from the employee"
    events = (await program.get(f"/api/v1{case}/events")).json()
    assert not [one for one in events if any(change[0] in ("results", "behaviour") for change in one["changes"])]
    refusals: tuple[tuple[str, str, Any], ...] = (
        *(("POST", f"{case}/targets", plan), ("PUT", f"{case}/drafts/targets", {})),
        *(("POST", f"/appraisals/{cycle}/fajar/targets", plan), ("POST", "/keys", key)),
        *(("GET", f"{case}/drafts", None), ("GET", f"/voices/{cycle}/ani", None), ("GET", "/tasks", None)),
        *(("GET", f"{case}/documents/skp.pdf", None), ("GET", "/people", None), ("PUT", "/officers/ani", {})),
    )
    for method, path, body in refusals:
        scene.refused(await program.request(method, f"/api/v1{path}", json=body), 403, "only_looking")
    scene.refused(await program.get(f"/api/v1/appraisals/{cycle}/fajar"), 404, "not_found")
    assert await scene.kept(stack, cycle) == before
    await _it_is_found(program, cycle)
    await _pages(pages, case)

    keyed = await stack.visitor()
    keyed.headers["authorization"] = f"Bearer {secret}"
    assert (await keyed.get(f"/api/v1/appraisals/{cycle}/fajar")).status_code == 200, "a key reads what is its owner's"
    scene.refused(await keyed.post(f"/api/v1/appraisals/{cycle}/fajar/targets", json=plan), 403, "only_looking")
    scene.refused(await keyed.post("/api/v1/support/look", json={"reason": REASON}), 403, "missing_scope")
    assert (await keyed.delete("/api/v1/tokens/current")).status_code == 204

    await _it_is_told(stack, cycle)
    assert (await program.delete("/api/v1/support/look")).status_code == 204
    scene.refused(await program.get(f"/api/v1{case}"), 404, "not_found")
    own = await program.post(f"/api/v1/appraisals/{cycle}/fajar/targets", json=plan)
    assert own.status_code == 200, "the own case goes on as ever"


async def _nothing_is_shown_before_a_reason_is_given(
    program: httpx2.AsyncClient, pages: httpx2.AsyncClient, case: str
) -> None:
    scene.refused(await program.get("/api/v1/support/cases"), 403, "not_looking")
    scene.refused(await program.delete("/api/v1/support/look"), 404, "not_found")
    scene.refused(await program.get(f"/api/v1{case}"), 404, "not_found")
    empty = scene.refused(await program.post("/api/v1/support/look", json={"reason": " "}), 422, "missing_reason")
    assert empty["where"] == "reason"
    long = await program.post("/api/v1/support/look", json={"reason": "a" * 201})
    assert scene.refused(long, 422, "invalid_request")["where"] == "reason"
    assert (await pages.get("/support/cases")).headers["location"] == "/support"
    again = await pages.post("/support", data={"reason": "\x07 bel"})
    assert (again.status_code, 'id="reason-error"' in again.text) == (422, True)


async def _it_is_found(program: httpx2.AsyncClient, cycle: str) -> None:
    async def names(search: str) -> list[str]:
        found = (await program.get("/api/v1/support/cases", params={"search": search})).json()
        return [one["employee"] for one in found]

    assert await names("aNi con") == ["Ani Contoh"]
    for address in (f"appraisal/{cycle}/ani", f"http://jenjang.test/appraisals/{cycle}/ani/measured"):
        assert await names(address) == ["Ani Contoh"]
    assert [await names(one) for one in ("", "Fajar", "%", f"appraisal/{cycle}/nobody")] == [[], [], [], []]
    assert await names("Contoh") == ["Ani Contoh"], "never the own case"


async def _pages(pages: httpx2.AsyncClient, case: str) -> None:
    """The same in a browser, for another reason."""
    assert (await pages.post("/support", data={"reason": OTHER})).headers["location"] == "/support/cases"
    assert (await pages.get("/")).headers["location"] == "/support/cases"
    assert (await pages.get("/support")).headers["location"] == "/support/cases"
    page = (await pages.get(case)).text
    assert OTHER in page
    assert page.count("<form") == page.count('action="/support/end"') + page.count('action="/sign-out"') == 2
    assert "/documents/" not in page
    for path in (f"{case}/readings", "/waiting", "/people", "/account", f"{case}/part"):
        shut = await pages.get(path)
        assert (shut.status_code, 'action="/support/end"' in shut.text) == (403, True), path
    assert (await pages.post(f"{case}/targets", data={"action": "draft"})).status_code == 403
    assert (await pages.post("/support/end")).headers["location"] == "/"
    assert (await pages.get(case)).status_code == 404
    assert (await pages.get("/waiting")).status_code == 200


async def _it_is_told(stack: Stack, cycle: str) -> None:
    """To whoever was looked at, to HR, and to auditors."""
    await stack.services.notebook.flush()
    ani, hr = await stack.visitor("ani"), await stack.visitor(officer="hr")
    seen = (await ani.get(f"/api/v1/appraisals/{cycle}/ani/readings")).json()
    support = {(one["reader"], one["reason"]) for one in seen if one["ground"] == "support"}
    assert support == {("fajar", REASON), ("fajar", OTHER)}
    page = (await ani.get(f"/appraisals/{cycle}/ani/readings")).text
    assert (REASON in page, OTHER in page, "dukungan teknis" in page) == (True, True, True)
    found = (await hr.get("/api/v1/audit/readings", params={"ground": "support"})).json()
    assert {(one["subject"], one["reason"]) for one in found} >= {("support/cases", REASON)}
    answer = await hr.get("/api/v1/audit/export", params={"cycle": cycle})
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        readings = [json.loads(line) for line in archive.read("readings.jsonl").splitlines()]
    assert {one["reason"] for one in readings if one["ground"] == "support"} == {REASON, OTHER}
    deeds: list[Any] = (await hr.get("/api/v1/security-record", params={"person": "fajar"})).json()
    told = {(one["deed"], one["about"].partition(" ")[0]) for one in deeds}
    assert {("office_given", "support"), ("refused", "look")} <= told
    assert {"look_begun", "look_ended"} <= {one["deed"] for one in deeds}
    assert REASON not in json.dumps(deeds)


async def test_support_needs_the_second_step_as_officers_do(server: Any, database_url: str) -> None:
    async with running(server.client, database_url, second_step="officers") as strict:
        account = await strict.services.accounts.officer("sari", datetime.now(UTC), SUPPORT)
        secret = await strict.services.accounts.issue(account, SESSION, datetime.now(UTC))
        pages = await browser(strict)
        pages.cookies.set(COOKIE, secret)
        assert (await pages.get("/support")).headers["location"] == "/account/second-step"
        scene.refused(await pages.post("/api/v1/support/look", json={"reason": OTHER}), 403, "second_step_missing")
