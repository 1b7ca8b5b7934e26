"""Heads speak of the trainings proposed for their people, and HR decides after them, or without them once their time is over."""

from typing import Any

import pytest
from sqlalchemy import select

from adapters.database.announcing import NOTICE
from adapters.policy_files import shipped
from tests.api.scene import acknowledged, refused
from tests.api.test_appraisal_api import launch
from tests.api.test_hr_pages import reviewed, somebody
from tests.stack import Stack

API = "/api/v1/nominations"
PEOPLE = ("ani", "eko")


async def asked(stack: Stack, answer: str = "5 working days") -> str:
    """A cycle whose policy asks heads, with two people of dewi's for whom something is proposed."""
    hr = await stack.visitor(officer="hr")
    document: dict[str, Any] = {**(shipped("open") or {}), "heads": {"answer": answer, "remind": "PT0S before"}}
    body = {"document": document, "based_on": 0, "reason": "Kepala unit ikut menimbang."}
    assert (await hr.put("/api/v1/policies/heads", json=body)).status_code == 200
    cycle = await launch(stack, policy="heads")
    await reviewed(stack, cycle, *PEOPLE)
    await acknowledged(stack, cycle, *PEOPLE)
    assert (await hr.post(f"{API}/{cycle}/proposals")).status_code == 200
    return cycle


def approving(*people: dict[str, Any], reason: str = "") -> dict[str, Any]:
    return {
        "decisions": [
            {"employee": one["employee"], "approve": True, "training": one["training"], "reason": reason}
            for one in people
        ]
    }


@pytest.mark.every_database
async def test_hr_decides_after_the_head_and_against_her_only_with_a_reason(stack: Stack) -> None:
    cycle = await asked(stack)
    hr, dewi, url = await somebody(stack), await stack.visitor("dewi"), f"/nominations/{cycle}/words"
    board = (await dewi.get(f"{API}/{cycle}/words")).json()
    ani, eko = sorted(board["proposals"], key=lambda one: str(one["employee"]))
    assert board["trainings"][ani["training"]]
    async with stack.sessions() as session:
        told = (NOTICE.c.kind == "heads_word_waits", NOTICE.c.recipient == "dewi")
        assert len((await session.execute(select(NOTICE.c.id).where(*told))).all()) == 1
    assert f"{url}" in (await dewi.get("/waiting")).text
    assert (await (await stack.visitor("budi")).get(url)).status_code == 404

    refused(await hr.post(f"{API}/{cycle}/decisions", json=approving(ani)), 409, "head_not_heard")
    assert "2 people are left out" in (await hr.post(f"/nominations/{cycle}/approval")).text
    form = {"p_ani": ani["training"], "d_ani": "object", "p_eko": eko["training"] or "", "rest": "agree"}
    without = await dewi.post(url, data=form)
    assert without.status_code == 422
    assert "w_ani-error" in without.text
    assert (await dewi.post(url, data={**form, "w_ani": "Cuti melahirkan."})).status_code == 303
    assert "Cuti melahirkan." in (await dewi.get(url)).text
    page = (await hr.get(f"/nominations/{cycle}")).text
    assert "Cuti melahirkan." in page
    assert "the head agrees" in page
    confirm = (await hr.post(f"/nominations/{cycle}/approval")).text
    assert "1 people are left out: their head objects" in confirm

    problem = refused(await hr.post(f"{API}/{cycle}/decisions", json=approving(eko, ani)), 422, "missing_reason")
    assert problem["where"] == "decisions[1].reason"
    last = approving(eko, ani, reason="Pelatihan daring.")
    assert (await hr.post(f"{API}/{cycle}/decisions", json=last)).status_code == 200
    words = {"words": [{"employee": "ani", "training": ani["training"], "agrees": True}]}
    refused(await dewi.post(f"{API}/{cycle}/words", json=words), 409, "nothing_to_decide")
    kept = {one["employee"]: one for one in (await hr.get(f"{API}/{cycle}")).json()["proposals"]}
    assert kept["ani"]["word"]["reason"] == "Cuti melahirkan."
    assert kept["ani"]["decision_reason"] == "Pelatihan daring."


async def test_hr_decides_without_a_head_who_says_nothing(stack: Stack) -> None:
    cycle = await asked(stack, "PT1S")
    hr, dewi = await somebody(stack), await stack.visitor("dewi")
    proposals = (await hr.get(f"{API}/{cycle}")).json()["proposals"]
    words = {"words": [{"employee": "ani", "training": proposals[0]["training"], "agrees": True}]}
    refused(await dewi.post(f"{API}/{cycle}/words", json=words), 409, "heads_time_over")
    assert "The head has said nothing until" in (await hr.get(f"/nominations/{cycle}")).text
    assert (await hr.post(f"{API}/{cycle}/decisions", json=approving(*proposals))).status_code == 200
