"""HR changes the dates of a running cycle in a real browser, on a phone and at a desk, with JavaScript and without."""

from datetime import UTC, datetime

import pytest
from playwright.async_api import expect

from tests.api.test_appraisal_api import launch
from tests.browser.conftest import DESK, PLAIN_PHONE, Site, Visit, seen

pytestmark = pytest.mark.devices(DESK, PLAIN_PHONE)


async def test_hr_looks_at_other_dates_and_changes_them(visit: Visit, site: Site) -> None:
    year, page = datetime.now(UTC).year + 1, visit.page
    cycle = await launch(site.stack, people=["ani", "eko", "citra"], year=year)
    await visit.sign_in(officer="hr")
    await visit.to(f"/cycles/{cycle}")
    await page.get_by_role("link", name="Ubah jadwal").click()
    await page.locator("main form button.btn-primary").click()
    await expect(page.locator(".error-summary")).to_be_visible()
    await seen(visit, "hr-dates-refused")
    await page.select_option("#policy", "annual")
    await page.fill("#reason", "Surat edaran Bupati.")
    await page.locator("main form button.btn-primary").click()
    await expect(page.locator("#change-heading")).to_contain_text("3 penilaian")
    await seen(visit, "hr-dates-preview")
    await page.locator("main form button.btn-primary").click()
    await page.wait_for_url(f"**/cycles/{cycle}")
    await expect(page.locator("#changed")).to_contain_text("Surat edaran Bupati.")
    await seen(visit, "hr-dates-changed")
