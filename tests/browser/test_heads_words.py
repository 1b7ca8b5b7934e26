"""The head of a unit speaks of the trainings proposed for her people on the phone; HR reads it and decides."""

import pytest
from playwright.async_api import expect

from tests.api.test_heads_words import asked
from tests.browser.conftest import DESK, PLAIN_PHONE, Site, Visit, seen

pytestmark = pytest.mark.devices(DESK, PLAIN_PHONE)
WHY = "Sedang memimpin imunisasi massal."


async def test_a_head_objects_with_a_reason_and_hr_reads_it(visit: Visit, site: Site) -> None:
    cycle = await asked(site.stack)
    page = visit.page
    await visit.sign_in("dewi")
    await visit.to("/waiting")
    await seen(visit, "heads-waiting")
    await page.get_by_role("link", name="Setujui atau nyatakan keberatan").click()
    await seen(visit, "heads-words")
    await page.select_option("#d_ani", "object")
    await page.locator("button[name=rest]").click()
    await expect(page.locator(".error-summary")).to_be_visible()
    await seen(visit, "heads-words-refused")
    await page.fill("#w_ani", WHY)
    await page.locator("button[name=rest]").click()
    await expect(page.get_by_text(WHY)).to_be_visible()
    await expect(page.get_by_text("kepala unit setuju")).to_be_visible()
    await page.locator(".account-menu > summary").click()
    await page.locator("form[action='/language'] button").first.click()
    await seen(visit, "heads-words-english")

    await visit.context.clear_cookies()
    await visit.sign_in(officer="hr")
    await visit.to(f"/nominations/{cycle}")
    await expect(page.get_by_text(WHY)).to_be_visible()
    await seen(visit, "heads-words-hr")
    await page.locator("form[action$=approval] button").click()
    await expect(page.get_by_text("kepala unitnya keberatan")).to_be_visible()
    await seen(visit, "heads-words-approval")
    await visit.to("/policies/heads")
    await expect(page.locator("#heads_answer")).to_have_value("5 hari kerja")
    await seen(visit, "heads-policy")
