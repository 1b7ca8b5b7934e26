"""The privacy notice: for anybody, in both languages, and with nothing made up where nothing is set."""

from dataclasses import replace
from html import unescape

import pytest

from api.pages.privacy import TOLD
from api.pages.words import translations
from tests.api.test_acting_pages import english
from tests.stack import Stack

OFFICER, CONTACT = "Pejabat Pelindungan Data: Sekretaris BKPSDM", "pdp@example.go.id, 0274-555-123"


@pytest.mark.parametrize("language", ["id", "en"])
async def test_anybody_reads_what_is_held_why_how_long_and_for_whom(stack: Stack, language: str) -> None:
    page = unescape((await (await stack.visitor()).get("/privacy", params={"lang": language})).text)
    say = translations(language).gettext
    for purpose in TOLD.values():
        for text in (purpose.what, purpose.why, purpose.seen_by):
            assert say(text) in page, text
    assert "Dinas" in page or "Kabupaten" in page, "the topmost unit is the agency, where nothing else is said"
    assert say("Data protection officer") not in page, "what is not set is no hole on the page"


async def test_what_is_set_is_on_the_notice_and_what_is_not_is_told_to_hr(
    stack: Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    hr, ani = await english(stack), await english(stack, "ani")
    missing = (await hr.get("/data-requests")).text
    assert "JENJANG_PRIVACY_OFFICER" in missing
    assert "JENJANG_PRIVACY_CONTACT" in missing
    assert "JENJANG_PRIVACY" not in (await ani.get("/data-requests")).text
    said = {"agency": "Pemerintah Kabupaten Contoh", "privacy_officer": OFFICER, "privacy_contact": CONTACT}
    told = replace(stack.services, settings=stack.settings.model_copy(update=said))
    monkeypatch.setattr(stack.app.state, "services", told)
    page = (await (await stack.visitor()).get("/privacy?lang=en")).text
    assert [text for text in said.values() if text not in page] == []
    assert "JENJANG_PRIVACY" not in (await hr.get("/data-requests")).text


async def test_every_page_and_the_sign_in_lead_to_it(stack: Stack) -> None:
    for client, path in ((await stack.visitor(), "/sign-in"), (await stack.visitor("ani"), "/inbox")):
        assert 'href="/privacy' in (await client.get(path)).text
