"""A development plan in the browser: the superior plans it in place, the employee adds a wish, both agree, HR lists it."""

from playwright.async_api import Page, expect

from tests import careers
from tests.browser.conftest import Site, Visit, seen

YEAR, BY = 2027, "2027-11-30"


async def plan(page: Page, number: int, way: str) -> None:
    """Say of this need how it is met and by when."""
    need = page.locator(f"#p-gita-{number}")
    await need.locator("summary").click()
    await need.locator("[name='way']").select_option(way)
    await need.locator("[name='by']").fill(BY)
    await need.locator("button[value='planned']").click()
    await expect(page.locator(".alert-success")).to_be_visible()
    await expect(need.get_by_text("paling lambat")).to_be_visible()


async def test_a_plan_is_made_by_two(visit: Visit, site: Site) -> None:
    await careers.years(site.stack.sessions)
    page = visit.page
    await visit.sign_in("fajar")
    await visit.to(f"/development/line?year={YEAR}")
    await seen(visit, "plans-of-line")
    item = page.locator("#plan-gita")
    await item.locator("> summary").click()
    if not await page.evaluate("document.documentElement.classList.contains('has-js')"):
        await item.get_by_role("link", name="Buka Gita").click()
    await expect(page.locator("#p-gita-1")).to_be_visible()
    await seen(visit, "plan-opened")
    for number, way in enumerate(("bimbingan", "klasikal", "e_learning", "tugas_belajar"), start=1):
        await plan(page, number, way)
    hours = page.locator("#p-gita-5")
    await hours.locator("summary").click()
    await hours.locator("button[value='left_out']").click()
    await expect(page.locator("#p-gita-5-reason-error")).to_be_visible()
    await seen(visit, "plan-refused")
    await hours.locator("[name='reason']").fill("Cuti besar sampai akhir tahun.")
    await hours.locator("button[value='left_out']").click()
    await expect(hours.get_by_text("tidak dimasukkan")).to_be_visible()
    await page.locator("button[value='agreed']").click()
    await expect(page.locator("button[value='agreed']")).to_have_count(0)
    await seen(visit, "plan-agreed-by-one")

    await visit.context.clear_cookies()
    await visit.sign_in("gita")
    await visit.to("/my-career")
    await page.get_by_role("link", name="Rencana pengembangan saya").click()
    await seen(visit, "plan-own")
    add = page.locator("details", has=page.locator("input[value='add']"))
    await add.locator("summary").click()
    await page.locator("#p-gita-add-source").select_option("wish")
    await page.locator("#p-gita-add-text").fill("Belajar statistik")
    await page.locator("#p-gita-add-reason").fill("Ingin pindah ke pengelolaan data.")
    await page.locator("#p-gita-add-way").select_option("e_learning")
    await page.locator("#p-gita-add-by").fill(BY)
    await seen(visit, "plan-adding")
    await add.locator("button").click()
    await expect(page.locator(".alert-success")).to_be_visible()
    await expect(page.get_by_text("menyetujui rencana ini,")).to_have_count(0)
    await page.locator("button[value='agreed']").click()
    await expect(page.get_by_text("menyetujui rencana ini,")).to_have_count(1)
    await page.locator("details > summary").last.scroll_into_view_if_needed()
    await page.get_by_text("Siapa mengubah apa").click()
    await seen(visit, "plan-own-agreed")
    await page.locator(".account-menu > summary").click()
    await page.locator("form[action='/language'] button").first.click()
    await expect(page.locator("h1")).to_have_text(f"My development plan {YEAR}")
    await seen(visit, "plan-own-english")

    await visit.context.clear_cookies()
    await visit.sign_in(officer="hr")
    await visit.to(f"/development?year={YEAR}&source=wish")
    await expect(page.locator(".case-line")).to_have_count(1)
    await seen(visit, "needs")
    await page.locator(".case-line a").click()
    gap = page.locator("details", has=page.locator("input[value='gap']"))
    await gap.locator("summary").click()
    await page.locator("#p-gita-gap-competence").select_option("teknis")
    await page.locator("#p-gita-gap-text").fill("Menyusun anggaran")
    await page.locator("#p-gita-gap-assessed").select_option("3")
    await page.locator("#p-gita-gap-required").select_option("3")
    await page.locator("#p-gita-gap-reason").fill("Uji kompetensi 4 Mei 2026.")
    await gap.locator("button").click()
    await expect(page.locator("#p-gita-gap-assessed-error")).to_be_visible()
    await seen(visit, "plan-gap-refused")
    await page.locator("#p-gita-gap-assessed").select_option("2")
    await gap.locator("button").click()
    await expect(page.get_by_text("Menyusun anggaran (teknis)").first).to_be_visible()
