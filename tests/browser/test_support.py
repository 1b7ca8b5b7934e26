"""Support says why, finds a case and looks on; whoever was looked at reads it. HR has given the right."""

import pytest
from playwright.async_api import expect

from appraisal.vocabulary import Step
from tests.api.scene import bring
from tests.api.seated import give_seats
from tests.api.test_periods import launch_with_periods
from tests.browser.conftest import DESK, PHONE, Site, Visit, seen

pytestmark = [pytest.mark.slow, pytest.mark.devices(PHONE, DESK)]


async def test_support_looks_on_and_changes_nothing(visit: Visit, site: Site) -> None:
    cycle, page = await launch_with_periods(site.stack, "ani", "fajar"), visit.page
    await bring(site.stack, cycle, Step.REVIEW)
    await give_seats(site.stack, cycle, "ani")
    await visit.sign_in(officer="hr")
    await visit.to("/people/officers?person=fajar")
    await page.get_by_label("Fajar Contoh").check()
    await page.locator("#unit").select_option("support")
    await page.get_by_role("button", name="Beri hak").click()
    await expect(page.locator(".case-list")).to_contain_text("Fajar Contoh")
    await seen(visit, "support-officers")

    await visit.context.clear_cookies()
    await visit.sign_in("fajar")
    await visit.to("/me")
    await page.get_by_role("link", name="Dukungan teknis").click()
    await seen(visit, "support-why")
    await page.get_by_role("button", name="Mulai melihat").click()
    await expect(page.get_by_role("alert")).to_be_visible()
    await seen(visit, "support-why-not")
    await page.locator("#reason").fill("Tiket 4711: pegawai tidak menemukan tombol")
    await page.get_by_role("button", name="Mulai melihat").click()
    await page.locator("#search").fill("ani")
    await page.get_by_role("button", name="Cari").click()
    await seen(visit, "support-search")
    await page.get_by_role("link", name="Ani Contoh").click()
    await expect(page.locator("main form")).to_have_count(1)
    await seen(visit, "support-case")
    case = f"/appraisals/{cycle}/ani"
    for number, path in enumerate(
        (f"{case}/measured", f"/enrolments/{cycle}/ani", "/development/ani/2027", "/waiting")
    ):
        await visit.to(path)
        await seen(visit, f"support-other-{number}")
    await page.get_by_role("button", name="Akhiri melihat").click()
    await expect(page.get_by_text("Melihat sudah diakhiri.")).to_be_visible()

    account = await site.stack.services.accounts.of_person("fajar", site.stack.services.now())
    assert account is not None
    await site.stack.services.accounts.choose_language(account, "en")
    await visit.to("/support")
    await seen(visit, "support-why-english")
    await page.locator("#reason").fill("Ticket 4712")
    await page.get_by_role("button", name="Begin to look").click()
    await visit.to(case)
    await seen(visit, "support-case-english")

    await site.stack.services.notebook.flush()
    await visit.context.clear_cookies()
    await visit.sign_in("ani")
    await visit.to(f"{case}/readings")
    await expect(page.locator(".case-line")).to_have_count(2)
    await expect(page.locator("main")).to_contain_text("Tiket 4711")
    await seen(visit, "support-readings")
