"""A wrong superior in a real browser, on a phone and a desk, with JavaScript and without: reported, decided, replaced for all."""

from playwright.async_api import expect

from appraisal.vocabulary import Step
from tests.api.scene import bring
from tests.api.test_acting import held_by
from tests.api.test_appraisal_api import launch
from tests.browser.conftest import Site, Visit, seen


async def test_an_employee_reports_in_two_clicks_and_hr_accepts(visit: Visit, site: Site) -> None:
    cycle = await launch(site.stack, people=["ani"])
    await bring(site.stack, cycle, Step.APPROVAL)
    page = visit.page
    await visit.sign_in("ani")
    await visit.to("/me")
    await page.get_by_role("link", name="Atasan saya keliru").click()
    await seen(visit, "superior-report-new")
    await page.get_by_role("radio", name="Citra Contoh").check()
    await page.get_by_role("button", name="Laporkan kepada Kepegawaian").click()
    await expect(page.locator("h1")).to_contain_text("atasan keliru")
    await seen(visit, "superior-report-own")
    await visit.to("/me")
    await expect(page.locator("#superior")).to_contain_text("Lihat laporannya")
    await seen(visit, "superior-report-on-case")
    await page.context.clear_cookies()
    await visit.sign_in(officer="hr")
    await visit.to("/board")
    await page.get_by_role("link", name="Laporan bahwa atasan keliru: 1").click()
    await seen(visit, "superior-reports")
    await page.get_by_role("link", name="Ani Contoh").click()
    await seen(visit, "superior-report-hr")
    await page.get_by_role("button", name="Terima: atasan ini mulai hari ini").click()
    await expect(page.get_by_text("Tidak ada laporan yang menunggu Kepegawaian.")).to_be_visible()
    await held_by(site.stack, cycle, "ani", "citra")


async def test_hr_replaces_a_superior_for_all_who_answer_to_him(visit: Visit, site: Site) -> None:
    page = visit.page
    await visit.sign_in(officer="hr")
    await visit.to("/people?search=budi")
    await page.get_by_role("link", name="Ganti atasan semua bawahan Budi Contoh").click()
    await seen(visit, "superiors-new")
    await page.get_by_role("button", name="Tampilkan yang akan berubah").click()
    await expect(page.locator(".error-summary")).to_be_visible()
    await seen(visit, "superiors-new-errors")
    await page.get_by_role("radio", name="Ani Contoh").check()
    await page.fill("#reason", "Budi pensiun.")
    await page.get_by_role("button", name="Tampilkan yang akan berubah").click()
    await expect(page.get_by_text("tidak diikutkan")).to_have_count(1)
    await seen(visit, "superiors-preview")
    await page.get_by_role("button", name="Laksanakan untuk yang dicentang").click()
    await expect(page.locator("h1")).to_have_text("Yang telah diubah")
    await seen(visit, "superiors-changed")
