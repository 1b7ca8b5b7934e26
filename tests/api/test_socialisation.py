"""The rules of a cycle over HTTP: read and confirmed, asked about and answered, followed by unit; and who is refused."""

from typing import Any

import pytest
from sqlalchemy import select

from adapters.database.columns import table_of
from adapters.database.tables import process, socialisation
from appraisal.vocabulary import Step
from tests.api import scene
from tests.api.scene import refused
from tests.api.test_appraisal_api import launch
from tests.stack import Stack

NOTICE = table_of(process.Notice)
TABLES = (socialisation.RulesConfirmation, socialisation.RulesQuestion, socialisation.RulesAnswer)


async def told(stack: Stack, kind: str) -> list[tuple[str, str]]:
    """Who has heard of it, and about what."""
    query = select(NOTICE.c.recipient, NOTICE.c.subject).where(NOTICE.c.kind == kind).order_by(NOTICE.c.recipient)
    async with stack.sessions() as session:
        return [tuple(row) for row in await session.execute(query)]


async def kept(stack: Stack) -> list[Any]:
    async with stack.sessions() as session:
        rows = [(await session.execute(select(table_of(table)))).all() for table in TABLES]
        return [*rows, (await session.execute(select(NOTICE.c.id))).all()]


@pytest.mark.every_database
async def test_the_rules_are_read_confirmed_asked_about_and_followed(stack: Stack) -> None:
    cycle = await launch(stack, people=["ani", "eko", "gita"])
    ani, eko, hr = await stack.visitor("ani"), await stack.visitor("eko"), await stack.visitor(officer="hr")
    url = f"/api/v1/cycles/{cycle}/rules"
    found = (await ani.get(url)).json()
    assert (found["rules"], found["stage"], found["confirmed_at"]) == ("open/1", "open", None)
    assert found["sources"]["predicate_matrix"]["sure"] == "second_hand"

    confirmed = (await ani.post(f"{url}/confirmation", json={"rules": "open/1"})).json()["confirmed_at"]
    assert confirmed
    again = await ani.post(f"{url}/confirmation", json={"rules": "open/1"})
    assert again.json()["confirmed_at"] == confirmed, "the first time counts"

    key = {"idempotency-key": "satu"}
    asked = [await ani.post(f"{url}/questions", json={"text": " Apa arti bobot? "}, headers=key) for _ in range(2)]
    question = asked[0].json()
    assert asked[1].json() == question
    assert (question["text"], question["mine"], question["asker"]) == ("Apa arti bobot?", True, None)
    assert await told(stack, "rules_asked") == [("hr", f"rules/{cycle}/{question['id']}")]
    (seen_by_hr,) = (await hr.get(f"{url}/questions")).json()
    assert seen_by_hr["asker"] == "Ani Contoh"
    for text in ("Yang terpenting.", "Tidak dijumlahkan."):
        assert (await hr.post(f"{url}/questions/{question['id']}/answers", json={"text": text})).status_code == 201
    (seen_by_eko,) = (await eko.get(f"{url}/questions")).json()
    assert [one["text"] for one in seen_by_eko["answers"]] == ["Yang terpenting.", "Tidak dijumlahkan."]
    assert (seen_by_eko["mine"], seen_by_eko["asker"]) == (False, None)
    assert "ani" not in str(seen_by_eko).lower()
    assert [who for who, _ in await told(stack, "rules_answered")] == ["ani", "ani"]

    assert (await hr.post(f"{url}/reminders")).json() == {"people": 2}
    assert [who for who, _ in await told(stack, "rules_reminder")] == ["eko", "gita"]
    refused(await hr.post(f"{url}/reminders"), 409, "already_reminded")
    followed = (await hr.get(f"{url}/confirmations")).json()
    assert [(one["unit"], one["people"], one["confirmed"]) for one in followed["units"]] == [
        ("dinkes", 2, 1),
        ("dinsos", 1, 0),
    ]
    assert [(one["stage"], one["people"]) for one in followed["reminders"]] == [("open", 2)]

    inbox = (await ani.get("/inbox")).text
    assert f"/cycles/{cycle}/rules#question-{question['id']}" in inbox
    await scene.bring(stack, cycle, Step.APPROVAL, employee="eko")  # who has confirmed nothing hands in all the same


async def test_what_does_not_fit_is_refused_and_nothing_is_kept(stack: Stack) -> None:
    cycle, other = await launch(stack, people=["ani"]), await launch(stack, people=["eko"])
    ani, hr, gita = await stack.visitor("ani"), await stack.visitor(officer="hr"), await stack.visitor("gita")
    url = f"/api/v1/cycles/{cycle}/rules"
    question = (await ani.post(f"{url}/questions", json={"text": "Kapan?"})).json()["id"]
    before = await kept(stack)
    stale = refused(await ani.post(f"{url}/confirmation", json={"rules": "annual/1"}), 412, "stale_rules")
    assert stale["where"] == "rules"
    for text in (" ", "x" * 2001, "a\u0007b"):
        assert refused(await ani.post(f"{url}/questions", json={"text": text}), 422, "invalid_text")["where"] == "text"
        answers = f"{url}/questions/{question}/answers"
        assert refused(await hr.post(answers, json={"text": text}), 422, "invalid_text")["where"] == "text"
    refused(await hr.post(f"{url}/confirmation", json={"rules": "open/1"}), 403, "not_allowed")
    refused(await hr.post(f"{url}/questions", json={"text": "Kapan?"}), 403, "not_allowed")
    elsewhere = f"/api/v1/cycles/{other}/rules/questions/{question}/answers"
    refused(await hr.post(elsewhere, json={"text": "Besok."}), 404, "not_found")
    for path in ("", "/questions"):
        refused(await gita.get(f"{url}{path}"), 404, "not_found")
    assert await kept(stack) == before


async def test_the_page_confirms_asks_answers_and_says_what_is_wrong(stack: Stack) -> None:
    cycle = await launch(stack, people=["ani", "eko"])
    ani, hr, site = await stack.visitor("ani"), await stack.visitor(officer="hr"), {"sec-fetch-site": "same-origin"}
    url = f"/cycles/{cycle}/rules"
    for visitor in (ani, hr):
        visitor.headers.update(site)
    assert url in (await ani.get(f"/appraisals/{cycle}/ani")).text, "the case says what is still to be read"
    stale = await ani.post(f"{url}/confirm", data={"rules": "annual/9"})
    assert (stale.status_code, "error-summary" in stale.text) == (412, True)
    assert (await ani.post(f"{url}/confirm", data={"rules": "open/1"})).status_code == 303
    assert "unread-heading" not in (await ani.get(f"/appraisals/{cycle}/ani")).text
    empty = await ani.post(f"{url}/ask", data={"text": " ", "key": "a"})
    assert (empty.status_code, 'id="text-error"' in empty.text) == (422, True)
    sent = await ani.post(f"{url}/ask", data={"text": "Mengapa <b>matriks</b>?", "key": "b"})
    question = sent.headers["location"].partition("#question-")[2]
    assert "&lt;b&gt;" in (await hr.get(url)).text
    wrong = await hr.post(f"{url}/answer", data={"question": question, "text": "", "key": "c"})
    assert (wrong.status_code, f'id="answer-{question}-error"' in wrong.text) == (422, True)
    answered = await hr.post(f"{url}/answer", data={"question": question, "text": "Menurut lampiran.", "key": "d"})
    assert answered.status_code == 303
    page = await ani.get(url)
    assert "Menurut lampiran." in page.text
    assert "share-heading" not in page.text, "how many have confirmed is HR's business"
    assert (await hr.post(f"{url}/remind")).status_code == 303
    assert (await hr.post(f"{url}/remind")).status_code == 409
    assert (await ani.post(f"{url}/remind")).status_code == 403
