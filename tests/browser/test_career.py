"""A career in the browser: HR sets the cut-offs, a member of the committee is named, and the employee reads the reasons."""

from playwright.async_api import expect

from tests import careers
from tests.browser.conftest import Site, Visit, seen


async def test_from_cut_offs_to_the_own_career(visit: Visit, site: Site) -> None:
    await careers.years(site.stack.sessions)
    page = visit.page
    await visit.sign_in(officer="hr")
    await visit.to("/career/rules")
    await page.locator("#high").fill("101")
    await page.locator("#middle").fill("61")
    await page.locator("#search").fill("Dewi")
    await page.locator("button[value='search']").click()
    await page.get_by_label("Dewi Lestari").check()
    await page.locator("#reason").fill("SK Bupati 12/2027.")
    await page.locator("main form > section:last-of-type button.btn-primary").click()
    await expect(page.locator("#high-error")).to_be_visible()
    await seen(visit, "career-rules-refused")
    await page.locator("#high").fill("81")
    await page.locator("main form > section:last-of-type button.btn-primary").click()
    await expect(page.locator(".alert-success")).to_be_visible()
    await seen(visit, "career-rules")

    await visit.to("/career/map")
    await expect(page.locator(".talent .box-people")).to_have_count(9)
    await seen(visit, "career-map")
    await page.locator(".talent .box-people").nth(2).click()
    await expect(page.locator(".chosen")).to_have_count(1)
    await page.get_by_label("Gita Contoh").check()
    await page.get_by_label("Kotak lain, dengan alasan").check()
    await page.locator("#value").select_option("8")
    await page.locator("#reason").fill("Baru setahun di jenjang ini.")
    await page.locator("#choices ~ section button").click()
    await expect(page.locator("#member-error")).to_be_visible()
    await seen(visit, "career-boxes-refused")
    await page.locator("#member").select_option("dewi")
    await page.locator("#choices ~ section button").click()
    await expect(page.locator(".alert-success")).to_be_visible()

    await visit.to("/career?kind=credit")
    await seen(visit, "career-credits")
    await page.locator("#all").check()
    await page.locator("#choices ~ section button").click()
    await expect(page.locator("p#choices")).to_be_visible()
    for kind in ("award", "succession"):
        await visit.to(f"/career?kind={kind}")
        await seen(visit, f"career-{kind}")
    await visit.to("/career/people/gita")
    await page.locator("#what").select_option("event")
    await page.locator("#reason").fill("Upacara 17 Agustus.")
    await page.locator("#give-heading ~ form button").click()
    await expect(page.locator(".alert-success")).to_be_visible()
    await seen(visit, "career-of-gita")

    await visit.context.clear_cookies()
    await visit.sign_in("gita")
    await visit.to("/my-career")
    await expect(page.get_by_text("Baru setahun di jenjang ini.")).to_be_visible()
    await expect(page.get_by_text("Kotak 8")).to_have_count(0)
    await expect(page.get_by_text("Menghadiri acara resmi")).to_be_visible()
    await seen(visit, "career-own")
    await page.locator(".account-menu > summary").click()
    await page.locator("form[action='/language'] button").first.click()
    await expect(page.locator("h1")).to_have_text("My career")
    await seen(visit, "career-own-english")
