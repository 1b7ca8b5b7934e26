"""The pages over HTTP, as a browser without JavaScript sends their forms: nothing typed is lost, and nothing becomes markup."""

import re
from datetime import UTC, datetime

import httpx2
import pytest

from adapters.database.desk.accounts import LINK
from appraisal.vocabulary import Step
from tests.api.scene import bring
from tests.api.test_appraisal_api import launch
from tests.stack import Stack

HOSTILE = "<script>alert(1)</script>"
FROM_HERE = {"origin": "http://jenjang.test"}


async def browser(stack: Stack, person: str | None = None) -> httpx2.AsyncClient:
    """A browser; signed in by a one-time link if this is somebody."""
    client = httpx2.AsyncClient(
        transport=httpx2.ASGITransport(stack.app), base_url="http://jenjang.test", headers=FROM_HERE
    )
    if person:
        answer = await client.post(f"/sign-in/link/{await link(stack, person)}")
        assert (answer.status_code, answer.headers["location"]) == (303, "/account?welcome=1")
    return client


async def link(stack: Stack, person: str) -> str:
    accounts, now = stack.services.accounts, datetime.now(UTC)
    account = await accounts.of_person(person, now)
    assert account
    return await accounts.issue(account, LINK, now)


def targets(**changed: str) -> dict[str, str]:
    """The form of a plan that is accepted, but for what is changed."""
    fields = {"action": "send", "key": "k1"}
    for n, weight in enumerate(("40", "30", "30"), start=1):
        row = (HOSTILE, "unit_indicator|i1", "KUANTITAS", HOSTILE, "12,5", "laporan", weight)
        names = ("title", "support", "aspect", "indicator", "value", "unit", "weight")
        fields |= {f"t{n}_{name}": value for name, value in zip(names, row, strict=True)}
    return fields | changed


async def test_a_look_at_a_link_does_not_use_it_up(stack: Stack) -> None:
    secret, client = await link(stack, "ani"), await browser(stack)
    for _ in range(2):
        page = await client.get(f"/sign-in/link/{secret}")
        assert page.status_code == 200
        assert "Masuk sebagai Ani Contoh" in page.text
    answer = await client.post(f"/sign-in/link/{secret}")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    again = await (await browser(stack)).post(f"/sign-in/link/{secret}")
    assert again.status_code == 404


async def test_another_site_cannot_send_a_form(stack: Stack) -> None:
    client = await browser(stack, "ani")
    answer = await client.post("/language", data={"language": "en"}, headers={"origin": "http://evil.test"})
    assert answer.status_code == 403
    assert "text/html" in answer.headers["content-type"]


async def test_who_is_not_signed_in_comes_back_after_signing_in(stack: Stack) -> None:
    client = await browser(stack)
    answer = await client.get("/waiting")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=%2Fwaiting")
    page = await client.get("/sign-in?next=//evil.test&lang=en")
    assert "evil.test" not in page.text
    assert "<h1>Sign in</h1>" in page.text


@pytest.mark.parametrize(
    "path", ["/nowhere", "/appraisals/nothing/nobody", "/waiting/nothing/nobody", "/appraisals/%00/x"]
)
async def test_what_is_not_there_is_a_page(stack: Stack, path: str) -> None:
    answer = await (await browser(stack, "ani")).get(path)
    assert answer.status_code == 404
    assert "Periksa alamat" in answer.text


async def test_targets_are_handed_in_and_nothing_typed_is_lost_or_becomes_markup(stack: Stack) -> None:
    cycle = await launch(stack, people=["ani", "budi"])
    ani, budi = await browser(stack, "ani"), await browser(stack, "budi")
    url = f"/appraisals/{cycle}/ani"
    wrong = await ani.post(f"{url}/targets", data=targets(t3_weight="29", t2_value="dua belas"))
    assert wrong.status_code == 422
    assert 'href="#t2_value"' in wrong.text
    assert 'value="dua belas"' in wrong.text
    assert HOSTILE not in wrong.text
    assert "&lt;script&gt;" in wrong.text
    uneven = await ani.post(f"{url}/targets", data=targets(t3_weight="29"))
    assert 'href="#weights"' in uneven.text
    for _ in range(2):  # a double click, or a reload of the answer
        done = await ani.post(f"{url}/targets", data=targets())
        assert (done.status_code, done.headers["location"]) == (303, url)
    assert (await budi.get(f"/waiting/{cycle}/ani")).text.count("&lt;script&gt;") == 6
    events = (await ani.get(f"/api/v1{url}/events")).json()
    assert [event["kind"] for event in events] == ["opened", "submit_targets"]


async def test_a_draft_is_kept_restored_and_gone_once_sent(stack: Stack) -> None:
    cycle = await launch(stack, people=["ani"])
    ani, url = await browser(stack, "ani"), f"/appraisals/{cycle}/ani"
    saved = await ani.post(f"{url}/targets/draft", data={"t1_title": HOSTILE}, headers={"hx-request": "true"})
    assert re.search(r"Tersimpan \d\d\.\d\d", saved.text)
    page = await ani.get(url)
    assert 'value="&lt;script&gt;' in page.text
    kept = await ani.post(f"{url}/targets", data={"action": "draft", "t1_title": "Lain"})
    assert kept.status_code == 303
    assert 'value="Lain"' in (await ani.get(url)).text
    await ani.post(f"{url}/targets", data=targets())
    assert await stack.services.drafts.read("ani", f"appraisal/{cycle}/ani") == {}


async def test_a_review_without_a_reason_comes_back_and_a_stale_one_keeps_the_text(stack: Stack) -> None:
    cycle = await launch(stack, people=["ani"])
    await bring(stack, cycle, Step.REVIEW)
    budi, url = await browser(stack, "budi"), f"/appraisals/{cycle}/ani/review"
    review = {
        "results": "DI_ATAS",
        "results_reason": "Melampaui semua sasaran.",
        "behaviour": "SESUAI",
        "place": "waiting",
    }
    missing = await budi.post(url, data=review)
    assert missing.status_code == 422
    assert "behaviour_reason-error" in missing.text
    assert "Melampaui semua sasaran." in missing.text
    stale = await budi.post(url, data={**review, "behaviour_reason": "Konsisten sekali, setiap hari.", "revision": "0"})
    assert stale.status_code == 412
    assert "Konsisten sekali, setiap hari." in stale.text
    done = await budi.post(url, data={**review, "behaviour_reason": "Konsisten."}, headers={"hx-request": "true"})
    assert done.status_code == 200
    assert done.headers["hx-retarget"] == f"#item-{cycle}-ani"


async def test_the_employee_learns_the_ratings_after_calibration(stack: Stack) -> None:
    cycle = await launch(stack, people=["ani"])
    await bring(stack, cycle, Step.CALIBRATION)
    ani, budi = await browser(stack, "ani"), await browser(stack, "budi")
    assert "Sesuai target." not in (await ani.get(f"/appraisals/{cycle}/ani")).text
    assert "Sesuai target." in (await budi.get(f"/appraisals/{cycle}/ani")).text


async def test_the_inbox_leads_to_the_step_and_is_read(stack: Stack) -> None:
    cycle = await launch(stack, people=["ani"])
    await bring(stack, cycle, Step.APPROVAL)
    budi = await browser(stack, "budi")
    page = await budi.get("/inbox")
    assert f'href="/waiting/{cycle}/ani"' in page.text
    assert "Kini: Persetujuan target, tenggat " in page.text, "what is to be done, and by when"
    await budi.post("/inbox/read")
    assert "/inbox/read" not in (await budi.get("/inbox")).text


async def test_every_page_speaks_the_other_language(stack: Stack) -> None:
    ani = await browser(stack, "ani")
    assert 'lang="id"' in (await ani.get("/inbox")).text
    answer = await ani.post("/language", data={"language": "en", "next": "/inbox"})
    assert answer.headers["location"] == "/inbox"
    page = await ani.get("/inbox")
    assert '<html lang="en">' in page.text
    assert "No notices yet" in page.text


async def test_a_form_that_is_too_large_is_a_page_too(stack: Stack) -> None:
    ani = await browser(stack, "ani")
    answer = await ani.post("/language", data={"language": "x" * 10_000_000})
    assert answer.status_code == 413
    assert "text/html" in answer.headers["content-type"]
