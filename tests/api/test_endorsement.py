"""The look of the second level over HTTP: switched on in the policy, sent back, amended, endorsed, and told when it is time."""

from html import unescape
from typing import Any

from adapters.policy_files import shipped
from appraisal.vocabulary import STAGES, Step
from tests.api.scene import bring, kept, refused
from tests.api.test_appraisal_api import launch
from tests.api.test_policies import WHY
from tests.api.test_policy_pages import sent
from tests.stack import Stack

FIELDS = {"opens": "0 days", "remind": "3 days before", "due": "60 days", "end": "65 days", "end_rule": "take_over"}
WORDS = "Alasan perilaku belum menyebut contoh."


async def launch_looked_at(stack: Stack, *people: str) -> str:
    """A cycle of these people under the open policy with the step."""
    hr, document = await stack.visitor(officer="hr"), shipped("open") or {}
    look = {**document["steps"]["review"], "due": "P60D", "end": "P65D", "end_rule": "take_over"}
    document = {**document, "name": "looked-at", "steps": {**document["steps"], "endorsement": look}}
    body = {"document": document, "based_on": 0, "reason": WHY}
    assert (await hr.put("/api/v1/policies/looked-at", json=body)).status_code == 200
    return await launch(stack, people=people, policy="looked-at")


async def switched_on(stack: Stack) -> str:
    """A cycle under a policy that HR has switched the step on in, on its page; the policy is the open one otherwise."""
    hr = await stack.visitor(officer="hr")
    form = sent((await hr.get("/policies/open")).text)
    assert form["endorsement_on"] == ""
    form |= {"endorsement_on": "yes", "save_as": "looked-at", "reason": WHY}
    empty = await hr.post("/policies/open/preview", data=form)
    assert (empty.status_code, 'id="endorsement_due-error"' in empty.text) == (422, True)
    form |= {f"endorsement_{name}": value for name, value in FIELDS.items()}
    preview = await hr.post("/policies/open/preview", data=form)
    assert (preview.status_code, "Pengesahan penilaian" in preview.text) == (200, True), preview.text
    saved = await hr.post("/policies/open", data={**sent(preview.text), "reason": WHY})
    assert saved.status_code == 303, saved.text
    again = sent((await hr.get("/policies/looked-at")).text)
    assert (again["endorsement_on"], again["endorsement_due"]) == ("yes", "60 hari")
    return await launch(stack, people=["ani", "eko"], policy="looked-at")


async def waiting(stack: Stack, who: str) -> list[tuple[str, str]]:
    rows = (await (await stack.visitor(who)).get("/api/v1/tasks")).json()
    return [(row["employee_id"], row["step"]) for row in rows]


async def test_sent_back_amended_and_endorsed(stack: Stack) -> None:
    cycle = await switched_on(stack)
    url, api = f"/appraisals/{cycle}/ani", f"/api/v1/appraisals/{cycle}/ani"
    ani, budi, citra = [await stack.visitor(who) for who in ("ani", "budi", "citra")]
    await bring(stack, cycle, Step.CALIBRATION)
    assert await waiting(stack, "citra") == [("ani", "endorsement")]
    board = (await (await stack.visitor("dewi")).get(f"/api/v1/calibrations/{cycle}/dinkes")).json()
    assert (len(board["members"]), board["to_come"]) == (0, 2), "eko, and ani at her endorsement"

    before = await kept(stack, cycle)
    refused(await budi.post(f"{api}/endorsement", json={"decision": "endorse"}), 403, "not_allowed")
    refused(await ani.post(f"{api}/endorsement", json={"decision": "endorse"}), 403, "not_allowed")
    refused(await citra.post(f"{api}/endorsement", json={"decision": "return"}), 422, "missing_reason")
    assert await kept(stack, cycle) == before

    item = (await citra.get(f"/waiting/{cycle}/ani")).text
    assert "Konsisten." in item
    assert f'action="{url}/endorsement"' in item
    unsaid = await citra.post(f"{url}/endorsement", data={"decision": "return", "reason": " ", "place": "waiting"})
    assert (unsaid.status_code, "field-error" in unsaid.text) == (422, True)
    back = {"decision": "return", "reason": WORDS, "place": "waiting", "key": "k1"}
    assert (await citra.post(f"{url}/endorsement", data=back)).headers["location"] == "/waiting"
    assert "review_returned" in [one["kind"] for one in (await budi.get("/api/v1/notices")).json()]

    form = (await budi.get(f"/waiting/{cycle}/ani")).text
    assert WORDS in form
    amended: dict[str, Any] = sent(form) | {
        "results": "SESUAI",
        "behaviour": "DI_ATAS",
        "place": "waiting",
        "key": "k2",
    }
    assert (amended["behaviour_reason"], amended["c1"]) == ("Konsisten.", "Baik."), "his text stays to be amended"
    assert (await budi.post(f"{url}/review", data=amended)).headers["location"] == "/waiting"
    for told in (
        await ani.get(url),
        await ani.get(f"{url}/measured"),
        await ani.get(api),
        await ani.get(f"{api}/events"),
    ):
        assert told.status_code == 200
        assert not any(word in told.text for word in (WORDS, "Konsisten.", "DI_ATAS"))
    endorsed = await citra.post(f"{api}/endorsement", json={"decision": "endorse", "reason": "Sudah lengkap."})
    assert (endorsed.status_code, endorsed.json()["step"]) == (200, "calibration")

    dewi = await stack.visitor("dewi")
    for page in (await dewi.get(url), await dewi.get(f"{url}/measured")):
        assert WORDS in unescape(page.text)
        assert "Sudah lengkap." in page.text
    over = await kept(stack, cycle)
    assert [event["kind"] for event in over.events if "review" in event["kind"]] == [
        *("submit_review", "return_review", "submit_review", "endorse_review")
    ]
    hr = await stack.visitor(officer="hr")
    found = (await hr.get(f"/api/v1/cycles/{cycle}")).json()["steps"]
    assert {str(step) for step in STAGES} < {row["step"] for row in found}
    without = await hr.get(f"/api/v1/cycles/{cycle}/dates/preview", params={"policy": "open"})
    assert [one["after"] for one in without.json()["steps"] if one["step"] == "endorsement"] == [None]


async def test_where_no_cycle_has_it_no_list_names_it(stack: Stack) -> None:
    cycle, hr = await launch(stack, people=["ani"]), await stack.visitor(officer="hr")
    assert "endorsement" not in (shipped("open") or {})["steps"]
    found = (await hr.get(f"/api/v1/cycles/{cycle}")).json()["steps"]
    assert "endorsement" not in {row["step"] for row in found}
    for path in ("/board", "/board/figures", f"/cycles/{cycle}", f"/appraisals/{cycle}/ani"):
        assert "endorsement" not in (await hr.get(path)).text
