"""HR looks after the catalogue: finds a course, changes its seats with a reason, sets the limits of a year."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import PHONE, PLAIN_DESK, Site, Visit, seen

pytestmark = [pytest.mark.slow, pytest.mark.devices(PHONE, PLAIN_DESK)]


async def test_hr_changes_a_course_and_the_limits_of_the_year(visit: Visit, site: Site) -> None:
    page = visit.page
    await visit.sign_in(officer="hr")
    await visit.to("/catalogue?year=2027")
    await seen(visit, "catalogue")
    await page.get_by_text("Tetapkan anggaran dan kuota").click()
    await page.locator("#budget").fill("-5")
    await page.locator("#quota_dinkes").fill("3")
    await page.locator("#reason").fill("Efisiensi anggaran.")
    await page.locator("form[action*='/limits'] button").click()
    await expect(page.locator("#budget-error")).to_be_visible()
    await expect(page.locator("#quota_dinkes")).to_have_value("3")
    await seen(visit, "catalogue-refused")
    await page.locator("#budget").fill("25.000.000")
    await page.locator("form[action*='/limits'] button").click()
    await expect(page.get_by_text("Rp25.000.000").first).to_be_visible()
    await page.get_by_role("link", name="Analisis data").click()
    await page.locator("#seats").fill("12")
    await page.locator("#price").fill("750.000")
    await page.locator("form[action$='/terms'] button").click()
    await expect(page.locator(".error-summary")).to_be_visible()
    await seen(visit, "course-refused")
    await page.locator("form[action$='/terms'] textarea").fill("Kelas paralel.")
    await page.locator("form[action$='/terms'] button").click()
    await expect(page.get_by_text("Rp750.000").first).to_be_visible()
    await seen(visit, "course-changed")
    await page.locator(".account-menu > summary").click()
    await page.locator("form[action='/language'] button").first.click()
    await expect(page.locator("html")).to_have_attribute("lang", "en")
    await seen(visit, "course-english")
    await visit.to("/catalogue?year=2027")
    await seen(visit, "catalogue-english")
