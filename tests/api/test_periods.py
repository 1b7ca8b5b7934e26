"""A year with periods over HTTP: planned, reported with evidence, rated by whoever saw it, and read beside the year."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from adapters.database.columns import table_of
from adapters.database.tables import periods, process
from adapters.policy_files import shipped
from appraisal.vocabulary import Step
from tests.api import scene
from tests.api.test_acting_pages import english
from tests.api.test_appraisal_api import launch
from tests.api.test_hr_pages import hidden
from tests.api.test_parts import transfer
from tests.stack import Stack

EVALUATION, EVENT = table_of(periods.Evaluation), table_of(process.Event)
PERIODS = {
    "every": "quarter",
    "ends": ["P1D", "P90D"],
    "report": "P5D",
    "rate": "P5D",
    "remind": "P1D before",
    "evidence": "required",
}
REPORT: dict[str, Any] = {
    "actions": ["Rapat.", "Kunjungan.", "Laporan <baru>."],
    "realisations": scene.ACCOUNT["realisations"],
}


async def launch_with_periods(stack: Stack, *people: str) -> str:
    """A cycle whose first period has begun for everybody; heads of units are asked about trainings."""
    hr = await stack.visitor(officer="hr")
    heads = {"answer": "5 working days", "remind": "2 working days before"}
    document = {**(shipped("open") or {}), "periods": PERIODS, "heads": heads}
    edit = {"document": document, "based_on": 0, "reason": "Triwulan."}
    saved = await hr.put("/api/v1/policies/quarters", json=edit)
    assert saved.status_code == 200, saved.text
    cycle = await launch(stack, people=list(people), policy="quarters")
    async with asyncio.timeout(60):
        while not (await hr.get(f"/api/v1/cycles/{cycle}/periods")).json():
            await asyncio.sleep(0.1)
    return cycle


async def work_on_periods(stack: Stack, cycle: str) -> None:
    """The first period of ani is planned, that of eko reported; and somebody has said something."""
    path = f"/api/v1/appraisals/{cycle}"
    ani, eko, budi = [await stack.visitor(who) for who in ("ani", "eko", "budi")]
    answers = [
        await ani.post(f"{path}/ani/periods/1/actions", json={"actions": REPORT["actions"]}),
        await eko.post(f"{path}/eko/periods/1/report", json=REPORT),
        await budi.post(f"{path}/ani/feedback", json={"about": "behaviour/KO", "text": "Membantu rekan baru."}),
    ]
    assert [answer.is_success for answer in answers] == [True] * 3, [answer.text for answer in answers]


async def over(stack: Stack, evaluation: str) -> None:
    """The period ended three days ago, as far as the record tells."""
    day = stack.services.today() - timedelta(days=3)
    ended = stack.services.now() - timedelta(days=3)
    async with stack.sessions.begin() as session:
        mine = EVALUATION.c.id == evaluation
        await session.execute(update(EVALUATION).where(mine).values(last_day=day, ends_at=ended))


@pytest.mark.every_database
async def test_a_period_stays_with_the_superior_who_saw_it(stack: Stack) -> None:
    cycle = await launch_with_periods(stack, "ani", "eko")
    path, url = f"/api/v1/appraisals/{cycle}/ani/periods/1", f"/appraisals/{cycle}/ani/periods/1"
    ani, budi, fajar, eko, hr = [await english(stack, who) for who in ("ani", "budi", "fajar", "eko", None)]
    scene.refused(await ani.post(f"{path}/report", json=REPORT), 409, "no_targets_yet")
    await scene.bring(stack, cycle, Step.SELF_ASSESSMENT)
    typed = {f"a{n}": action for n, action in enumerate(REPORT["actions"], start=1)}
    sent = {**typed, "key": hidden((await ani.get(url)).text, "key"), "action": "plan"}
    assert (await ani.post(url, data=sent)).status_code == 303
    form = (await ani.get(url)).text
    assert "Laporan &lt;baru&gt;." in form
    assert "At least one is required" in form
    account = {f"r{n}_value": "11,5" if n > 1 else "11.5" for n in (1, 2, 3)} | {f"r{n}_text": "Ya." for n in (1, 2, 3)}
    wrong = await ani.post(url, data={**sent, **account, "action": "send", "key": hidden(form, "key")})
    assert (wrong.status_code, 'href="#r2_value"' in wrong.text) == (422, True)
    account |= {f"r{n}_value": "11.5" for n in (1, 2, 3)}
    wrong = await ani.post(url, data={**sent, **account, "action": "send", "key": hidden(form, "key")})
    assert (wrong.status_code, 'href="#r1_evidence"' in wrong.text) == (422, True)
    bare = [{**one, "evidence": []} for one in REPORT["realisations"]]
    problem = scene.refused(
        await ani.post(f"{path}/report", json={**REPORT, "realisations": bare}), 422, "evidence_missing"
    )
    assert problem["where"] == "realisations[0].evidence"
    await over(stack, f"period/{cycle}/ani/1")
    assert f"/appraisals/{cycle}/ani/periods/1#form" in (await ani.get("/waiting")).text
    # The employee has moved since the period was over: it stays with the superior who saw it.
    await transfer(stack, cycle, "ani")
    # Who moves while a period lasts takes it along.
    await transfer(stack, cycle, "eko", "dewi", "dinkes")
    lasting = (await hr.get(path.replace("/ani/", "/eko/"))).json()
    assert lasting["evaluation"]["parties"]["line"][0] == "dewi"
    assert "reported by" in (await ani.get(f"/cycles/{cycle}/rules")).text
    key = {"idempotency-key": "once"}
    twice = [await ani.post(f"{path}/report", json=REPORT, headers=key) for _ in range(2)]
    assert [answer.json() for answer in twice] == [{"revision": 2, "step": "rating"}] * 2
    known = (await budi.get(path)).json()
    assert (known["holder"], known["allowed"]) == ("budi", ["rate_period"])
    assert [row["employee_id"] for row in (await budi.get("/api/v1/periods")).json()] == ["ani"]
    scene.refused(await fajar.post(f"{path}/rating", json=scene.REVIEW), 403, "another_superiors_period")
    scene.refused(await ani.post(f"{path}/rating", json=scene.REVIEW), 403, "not_allowed")
    scene.refused(await eko.get(path), 404, "not_found")
    rating = await budi.get(url)
    assert "Laporan &lt;baru&gt;." in rating.text
    draft = await budi.post(f"{url}/draft", data={"results_reason": "Sedang <ditulis>"})
    assert draft.status_code == 200
    assert "Sedang &lt;ditulis&gt;" in (await budi.get(url)).text
    sent = {"key": hidden(rating.text, "key"), "action": "send", "results": "DI_ATAS", "behaviour": "SESUAI"}
    empty = await budi.post(url, data=sent)
    assert (empty.status_code, 'href="#results_reason"' in empty.text) == (422, True)
    sent |= {"results_reason": "Melampaui.", "behaviour_reason": "Konsisten.", "c1": "Pertahankan <ini>."}
    done = await budi.post(url, data=sent)
    assert done.status_code == 303, done.text
    scene.refused(await budi.post(f"{path}/rating", json=scene.REVIEW), 409, "already_closed")
    for reader, page in ((ani, url), (ani, f"/appraisals/{cycle}/ani"), (fajar, f"/appraisals/{cycle}/ani/measured")):
        shown = (await reader.get(page)).text
        assert "Period 1, until" in shown
        assert "Above expectation" in shown
    assert "Pertahankan &lt;ini&gt;." in (await ani.get(url)).text
    assert f"/appraisals/{cycle}/ani/periods/1" in (await ani.get("/inbox")).text
    figures = (await hr.get(f"/api/v1/cycles/{cycle}/periods")).json()
    assert figures == [{"number": 1, "people": 2, "reported": 1, "rated": 1, "open": 1}]
    assert "1 of 2 reported, 1 rated, 1 open" in (await hr.get(f"/cycles/{cycle}")).text
    async with stack.sessions.begin() as session:
        mine = EVENT.c.subject == f"period/{cycle}/ani/1"
        assert await session.scalar(select(func.count()).where(mine)) == 4


async def test_feedback_is_on_record_with_author_and_time_and_the_employee_is_told(stack: Stack) -> None:
    cycle = await launch(stack, people=["ani"])
    path, url = f"/api/v1/appraisals/{cycle}/ani/feedback", f"/appraisals/{cycle}/ani/feedback"
    ani, budi, eko = [await english(stack, who) for who in ("ani", "budi", "eko")]
    said = {"about": "behaviour/KO", "text": "Laporan <rapi>."}
    twice = [await budi.post(path, json=said, headers={"idempotency-key": "once"}) for _ in range(2)]
    assert [(answer.status_code, len(answer.json())) for answer in twice] == [(201, 1)] * 2
    scene.refused(await budi.post(path, json={**said, "about": "target/9"}), 422, "nothing_referred_to")
    scene.refused(await ani.post(path, json=said), 403, "not_allowed")
    scene.refused(await eko.post(path, json=said), 404, "not_found")
    key = hidden((await budi.get(url)).text, "key")
    wrong = await budi.post(url, data={"key": key, "kind": "feedback", "about": "", "text": "Baik."})
    assert (wrong.status_code, 'href="#about"' in wrong.text) == (422, True)
    done = await budi.post(url, data={"key": key, "kind": "coaching", "about": "", "text": "Bimbingan pertama."})
    assert done.status_code == 303, done.text
    page = (await ani.get(url)).text
    assert page.index("Bimbingan pertama.") < page.index("Laporan &lt;rapi&gt;.")
    assert "Budi Contoh" in page
    assert 'name="about"' not in page
    assert (await ani.get("/inbox")).text.count(f"{url}#feedback-") == 2
