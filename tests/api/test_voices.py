"""Other voices over HTTP, from the first name to what is told; and that nothing on the way leads back to anybody."""

import logging
from typing import Any

import httpx2
import pytest
from sqlalchemy import insert, select

from adapters.database.columns import table_of
from adapters.database.reads import entries
from adapters.database.tables import organisation, process
from adapters.database.tables.metadata import METADATA
from adapters.policy_files import shipped
from tests.agency import SINCE
from tests.api.scene import refused
from tests.api.test_acting import until
from tests.api.test_appraisal_api import launch
from tests.stack import Stack
from workflows.identity import voices_id

NOTICE = table_of(process.Notice)
TEAM = ("eko", "hani", "ika", "joko")
"""Who answers to budi beside ani: eko, and three who come for this."""
SAID = {"eko": (4, "Ringan tangan membantu."), "hani": (2, "Terburu menyimpulkan."), "ika": (1, "Mau mendengar.")}
"""Of ani: each with another rating and other words, so that any trace of one can be found."""
OF_EKO = {"ani": (3, "Teliti sekali bekerja."), "hani": (1, "Jarang menyapa orang.")}
"""Of eko: too few."""
WORDS = {words: about for about, said in (("ani", SAID), ("eko", OF_EKO)) for _, words in said.values()}


def asking(due: str, end: str) -> dict[str, Any]:
    voices = {"peers": 4, "subordinates": 0, "shown_from": 3, "texts": True, "opens": "P0D"}
    return {**(shipped("open") or {}), "voices": {**voices, "remind": ["PT1S before"], "due": due, "end": end}}


async def begun(stack: Stack, due: str = "P20D", end: str = "P30D") -> str:
    """A cycle with ani and eko that asks peers, until so long after its start; their team has grown."""
    rows: dict[Any, list[dict[str, Any]]] = {organisation.Person: [], organisation.Position: []}
    rows[organisation.Assignment] = []
    for number, who in enumerate(TEAM[1:]):
        person = {
            "id": who,
            "nip": f"9{number:017d}",
            "name": f"{who.title()} Contoh",
            "email": f"{who}@contoh.example",
        }
        rows[organisation.Person].append({**person, "employment": "PNS", "grade": None})
        place = {"id": f"{who}-p", "unit_id": "p2p", "title": f"Staf {number}", "kind": "PELAKSANA", "echelon": None}
        rows[organisation.Position].append(place)
        post = {"id": f"{who}-a", "person_id": who, "position_id": f"{who}-p", "supervisor_id": "budi"}
        rows[organisation.Assignment].append({**post, "kind": "DEFINITIF", "valid_from": SINCE, "valid_to": None})
    async with stack.sessions.begin() as session:
        for table, found in rows.items():
            await session.execute(insert(table_of(table)), found)
    hr = await stack.visitor(officer="hr")
    policy = {"document": asking(due, end), "based_on": 0, "reason": "Suara lain."}
    saved = await hr.put("/api/v1/policies/voices", json=policy)
    assert saved.status_code == 200, saved.text
    return await launch(stack, people=["ani", "eko"], policy="voices")


async def good(answer: httpx2.Response) -> Any:
    assert answer.status_code == 200, answer.text
    return answer.json()


async def told(stack: Stack, cycle: str, kind: str) -> list[str]:
    """Who has heard this about ani's round."""
    query = select(NOTICE.c.recipient).where(NOTICE.c.subject == voices_id(cycle, "ani"), NOTICE.c.kind == kind)
    async with stack.sessions() as session:
        assert await entries.broken(session, voices_id(cycle, "ani")) is None
        return list(await session.scalars(query.order_by(NOTICE.c.revision, NOTICE.c.recipient)))


async def kept(stack: Stack, cycle: str) -> dict[str, str]:
    """Every row of every table, and the histories of the processes."""
    found: dict[str, str] = {}
    async with stack.sessions() as session:
        for table in METADATA.sorted_tables:
            rows = (await session.execute(select(table))).mappings()
            found |= {f"{table.name} {number}": str(dict(row)) for number, row in enumerate(rows)}
    for about in ("ani", "eko"):
        history = await stack.client.get_workflow_handle(voices_id(cycle, about)).fetch_history()
        found[f"history {about}"] = str(history.events)
    return found


async def read(stack: Stack, cycle: str) -> dict[str, str]:
    """Everything that anybody can be told: answers, pages, exports, notices; and the programs' messages."""
    found: dict[str, str] = {}
    paths = [f"{place}/{cycle}/{about}" for place in ("/api/v1/voices", "/voices") for about in ("ani", "eko")]
    paths += [f"{path}/{last}" for path in paths for last in ("question", "answer")]
    paths += [f"/api/v1/appraisals/{cycle}/{about}{last}" for about in ("ani", "eko") for last in ("", "/events")]
    paths += [f"/appraisals/{cycle}/{about}{last}" for about in ("ani", "eko") for last in ("", "/measured")]
    paths += ["/api/v1/notices", "/inbox", "/waiting", "/api/v1/voices", "/api/v1/board", "/board/export.csv"]
    for who in ("budi", "citra", "dewi", "ani", "eko", "joko", None):
        visitor = await stack.visitor(who, None if who else "hr")
        for path in paths:
            found[f"{who or 'hr'} {path}"] = (await visitor.get(path)).text
    return found


def traces(found: dict[str, str]) -> set[tuple[str, str]]:
    """(first word of the place, about whom) of all words of somebody that stand anywhere."""
    return {
        (place.partition(" ")[0], about)
        for place, text in found.items()
        for words, about in WORDS.items()
        if words in text
    }


async def invited(stack: Stack, cycle: str) -> dict[str, httpx2.AsyncClient]:
    """ani names three, budi adds the fourth with a reason, and asks three about eko by himself; the clients of all."""
    people = {who: await stack.visitor(who) for who in ("ani", "budi", *TEAM)}
    url = f"/api/v1/voices/{cycle}/ani"
    around = await good(await people["ani"].get(f"{url}/candidates"))
    assert {(one["id"], one["kind"]) for one in around} == {(who, "peer") for who in TEAM}
    await good(await people["ani"].post(f"{url}/proposals", json={"people": ["eko"]}))
    seen = await good(await people["ani"].post(f"{url}/proposals", json={"people": list(SAID)}))
    assert [(one["person"], one["asked"]) for one in seen["named"]] == [("eko", False), ("hani", False), ("ika", False)]
    wanted = {"people": list(TEAM), "reason": "Joko satu tim.", "revision": 0}
    refused(await people["budi"].post(f"{url}/invitations", json=wanted), 412, "stale_revision")
    await good(await people["budi"].post(f"{url}/invitations", json=wanted | {"revision": seen["revision"]}))
    of_eko = {"people": ["ani", "hani", "ika"], "reason": "Satu tim."}
    await good(await people["budi"].post(f"/api/v1/voices/{cycle}/eko/invitations", json=of_eko))
    return people


async def test_from_the_first_name_to_what_is_told(stack: Stack, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    cycle = await begun(stack, "PT11S", "PT12S")
    people, url = await invited(stack, cycle), f"/api/v1/voices/{cycle}"
    owed = await good(await people["ika"].get("/api/v1/voices"))
    assert [(one["employee"], one["kind"]) for one in owed] == [("Ani Contoh", "peer"), ("Eko Contoh", "peer")]
    for about, answers in (("ani", SAID), ("eko", OF_EKO)):
        before = [(await people[reader].get(f"{url}/{about}")).text for reader in (about, "budi")]
        for who, (rating, words) in answers.items():
            said = {"ratings": dict.fromkeys(("BP", "KO"), rating), "text": words}
            answered = await good(await people[who].post(f"{url}/{about}/answer", json=said))
            assert (answered["standing"], answered["open"]) == ("answered", False)
        after = [(await people[reader].get(f"{url}/{about}")).text for reader in (about, "budi")]
        assert after == before, "before the end no answer can be told from none"
    assert (await good(await people["ika"].post(f"{url}/eko/refusal")))["standing"] == "declined"
    found = await kept(stack, cycle)
    assert traces(found) == {("voice_tally", "ani"), ("voice_tally", "eko")}
    tallies = " ".join(text for place, text in found.items() if place.startswith("voice_tally"))
    assert not [who for who in TEAM if f"'{who}'" in tallies and who != "eko"]

    async def over() -> bool:
        return all([(await good(await people["budi"].get(f"{url}/{about}")))["closed"] for about in ("ani", "eko")])

    await until(over)
    peers = (await good(await people["ani"].get(f"{url}/ani")))["told"]["peer"]
    assert peers["texts"] == sorted(words for _, words in SAID.values())
    medians = {one["behaviour"]: (one["answers"], one["median"]) for one in peers["heard"]}
    assert (peers["answers"], medians["BP"], medians["HA"]) == (3, (3, "2"), (0, None))
    of_eko = await good(await people["budi"].get(f"{url}/eko"))
    assert (of_eko["told"], of_eko["declined"]) == ({"peer": {"answers": 0, "heard": [], "texts": []}}, 1)
    assert (await good(await people["ani"].get(f"{url}/eko/question")))["standing"] == "answered"
    refused(await people["joko"].post(f"{url}/ani/answer", json={"ratings": {"BP": 1}}), 409, "already_closed")
    refused(await people["ani"].post(f"{url}/ani/proposals", json={"people": ["joko"]}), 409, "already_closed")

    assert traces(await kept(stack, cycle)) == {("voice_tally", "ani"), ("voice_tally", "eko")}
    pages = await read(stack, cycle)
    assert traces(pages) == {("ani", "ani"), ("budi", "ani"), ("dewi", "ani")}, "not HR, not who was asked, not above"
    for page in (f"/voices/{cycle}/ani", f"/appraisals/{cycle}/ani/measured"):
        assert "Mau mendengar." in pages[f"ani {page}"]
    assert not [words for words in WORDS if words in caplog.text]
    assert await told(stack, cycle, "voice_reminded") == ["joko"], "only who owes an answer, and once"
    assert await told(stack, cycle, "voices_closed") == ["ani", "budi"]


async def test_what_does_not_fit_is_refused(stack: Stack) -> None:
    cycle = await begun(stack)
    people, url = await invited(stack, cycle), f"/api/v1/voices/{cycle}/ani"
    ani, eko, budi = (people[who] for who in ("ani", "eko", "budi"))
    for wanted, status, code in (
        (["ani"], 422, "names_himself"),
        (["budi"], 422, "names_superior"),
        (["gita"], 422, "works_elsewhere"),
        (["eko"], 409, "asked_already"),
        (["eko", "eko"], 422, "invalid_people"),
    ):
        assert refused(await ani.post(f"{url}/proposals", json={"people": wanted}), status, code)["where"] == "people"
    refused(await budi.post(f"{url}/answer", json={"ratings": {"BP": 3}}), 403, "not_asked")
    gita, hr = await stack.visitor("gita"), await stack.visitor(officer="hr")
    refused(await gita.post(f"{url}/answer", json={"ratings": {"BP": 3}}), 404, "not_found")
    for nobody in (hr, await stack.visitor("citra")):
        refused(await nobody.get(url), 403, "not_allowed")
    wrong = refused(await eko.post(f"{url}/answer", json={"ratings": {"BP": 5}}), 422, "invalid_answer")
    assert wrong["where"] == "ratings.BP"
    for visitor in (eko, budi):
        visitor.headers.update({"sec-fetch-site": "same-origin"})
    empty = await eko.post(f"/voices/{cycle}/ani/answer", data={"action": "answer"})
    assert (empty.status_code, "error-summary" in empty.text) == (422, True)
    nobody_ticked = await budi.post(f"/voices/{cycle}/ani", data={"action": "send", "reason": "Cukup."})
    assert (nobody_ticked.status_code, 'id="people-error"' in nobody_ticked.text) == (409, True)
    form = {"action": "answer", "rating_BP": "4", "text": SAID["eko"][1]}
    assert (await eko.post(f"/voices/{cycle}/ani/answer", data=form)).status_code == 303
    refused(await eko.post(f"{url}/answer", json={"ratings": {"BP": 3}}), 409, "answered_already")
    refused(await eko.post(f"{url}/refusal"), 409, "answered_already")
    await good(await people["ika"].post(f"{url}/refusal"))
    refused(await people["ika"].post(f"{url}/answer", json={"ratings": {"BP": 3}}), 409, "declined_already")
    assert "Ani Contoh" not in (await eko.get("/waiting")).text, "who has answered owes nothing"
