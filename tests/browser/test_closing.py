"""HR looks at the end of a cycle and signs it in a real browser, on a phone and at a desk, with JavaScript and without."""

import pytest
from playwright.async_api import expect

from appraisal.vocabulary import Step
from tests.api.scene import bring
from tests.api.test_appraisal_api import launch
from tests.browser.conftest import DESK, PLAIN_PHONE, Site, Visit, seen

pytestmark = pytest.mark.devices(DESK, PLAIN_PHONE)


async def test_hr_looks_at_the_list_and_signs_it(visit: Visit, site: Site) -> None:
    cycle, page = await launch(site.stack, people=["ani", "eko", "citra", "gita"]), visit.page
    await bring(site.stack, cycle, Step.CALIBRATION)
    await visit.sign_in(officer="hr")
    await visit.to(f"/cycles/{cycle}")
    await page.get_by_role("link", name="Penutupan").click()
    await expect(page.locator("#count-unfinished")).to_have_text("3")
    await expect(page.locator("#count-completed")).to_have_text("1")
    await seen(visit, "hr-closing")
    await bring(site.stack, cycle, Step.APPROVAL, employee="eko")
    await page.fill("#remark", "Sudah dibahas.")
    await page.locator("#signature button").click()
    await expect(page.locator(".error-summary")).to_contain_text("Daftar ini sudah berubah")
    await seen(visit, "hr-closing-stale")
    await page.locator("#signature button").click()
    await expect(page.locator("#signed")).to_contain_text("hr menandatangani")
    await expect(page.locator("#signature blockquote")).to_have_text("Sudah dibahas.")
    await seen(visit, "hr-closing-signed")
