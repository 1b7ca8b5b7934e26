"""HR edits a policy in a real browser, on a phone and at a desk, with JavaScript and without."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import DESK, PLAIN_PHONE, Site, Visit, seen

pytestmark = pytest.mark.devices(DESK, PLAIN_PHONE)


async def test_hr_changes_a_ladder_sees_what_would_happen_and_saves_it(visit: Visit, site: Site) -> None:
    page = visit.page
    await visit.sign_in(officer="hr")
    await visit.to("/cycles/new")
    await page.locator("main a[href='/policies']").click()
    await seen(visit, "hr-policies")
    await page.locator("main a[href='/policies/annual']").first.click()
    await expect(page.locator("#review_remind")).to_have_value(
        "5 hari kerja sebelum\n1 hari kerja sebelum\n1 hari kerja sesudah"
    )
    await seen(visit, "hr-policy")
    await page.fill("#review_due", "besok")
    await page.locator("main form button.btn-primary").click()
    await expect(page.locator("#review_due-error")).to_contain_text("Ini tidak menyebut waktu.")
    await seen(visit, "hr-policy-refused")
    await page.fill("#review_due", "14 Januari tahun berikutnya")
    await page.fill("#review_after_2", "7 hari kerja")
    await page.locator("main form button.btn-primary").click()
    await expect(page.locator("svg.bar")).to_have_count(7)
    await expect(page.locator("#rings-heading")).to_be_visible()
    await seen(visit, "hr-policy-preview")
    await page.locator("main form button.btn-primary").click()
    await expect(page.locator("#reason-error")).to_be_visible()
    await seen(visit, "hr-policy-no-reason")
    await page.fill("#reason", "Surat edaran Bupati.")
    await page.locator("main form button.btn-primary").click()
    await page.wait_for_url("**/policies")
    await expect(page.locator("main")).to_contain_text("Surat edaran Bupati.")
    await page.locator("main a[href='/policies/annual']").first.click()
    await expect(page.locator("#review_due")).to_have_value("14 Januari tahun berikutnya")
    await expect(page.locator("#review_after_2")).to_have_value("7 hari kerja")
    assert (await site.stack.services.policies.newest())[0].version == 2
