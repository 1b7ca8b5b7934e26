"""HR compares the two plans for the seats, changes one seat with a reason and approves; an employee reads why."""

import pytest
from playwright.async_api import expect
from sqlalchemy import insert, update

from adapters.database.columns import table_of
from adapters.database.tables import organisation, training
from appraisal.vocabulary import Step
from tests.api.scene import acknowledged, bring
from tests.api.test_appraisal_api import launch
from tests.browser.conftest import DESK, PLAIN_PHONE, Site, Visit, seen
from tests.browser.test_hr_pages import until

pytestmark = pytest.mark.devices(DESK, PLAIN_PHONE)
TRAINING, LIMITS = table_of(organisation.Training), table_of(training.TrainingLimits)
WHY = "Mengelola data imunisasi tahun depan."


async def test_hr_compares_changes_a_seat_and_approves_and_an_employee_reads_why(visit: Visit, site: Site) -> None:
    page, people = visit.page, ("ani", "eko", "budi")
    cycle = await launch(site.stack, people=list(people))
    for employee, supervisor in zip(people, ("budi", "budi", "citra"), strict=True):
        await bring(site.stack, cycle, Step.CALIBRATION, supervisor, employee)
    await acknowledged(site.stack, cycle, *people)
    await _few_seats(site)
    await visit.sign_in(officer="hr")
    await visit.to(f"/nominations/{cycle}")
    await page.get_by_role("link", name="Bandingkan dua rencana kursi").click()
    await seen(visit, "seat-plans-none")
    await page.get_by_role("button", name="Susun kedua rencana").click()
    await until(visit, "#plan-optimum")
    await expect(page.locator("#different-heading ~ * tbody tr")).to_have_count(2)
    await seen(visit, "seat-plans")
    await _change_language(visit, "en")
    await expect(page.locator("#different-heading ~ * tbody tr")).to_have_count(2)
    await seen(visit, "seat-plans-english")
    await _change_language(visit, "id")
    await page.get_by_role("button", name="Ikuti pengoptimal").click()
    await expect(page.get_by_text("kini mengikuti pengoptimal")).to_be_visible()
    await page.select_option("#d_eko", "t2")
    await page.locator(".sticky-actions button").click()
    await expect(page.locator(".error-summary")).to_be_visible()
    await page.fill("#w_eko", WHY)
    await page.locator(".sticky-actions button").click()
    await expect(page.get_by_text(WHY)).to_be_visible()
    await seen(visit, "seat-plans-changed")
    await page.locator("form[method=post][action$=proposals] button").click()
    await page.locator("form[action$=approval] button").click()
    await page.locator("form[action$=all] button").click()
    await expect(page.locator("select[id^=d_]")).to_have_count(0)
    for employee, told in (("eko", WHY), ("budi", "Analisis data berbiaya Rp4.000.000")):
        await visit.context.clear_cookies()
        await visit.sign_in(employee)
        for _ in range(60):
            await visit.to(f"/appraisals/{cycle}/{employee}/measured")
            if await page.get_by_text(told).count():
                break
            await page.wait_for_timeout(200)
        await expect(page.get_by_text(told).first).to_be_visible()
        await seen(visit, f"seat-plans-{employee}")
        await _change_language(visit, "en")
        await seen(visit, f"seat-plans-{employee}-english")


async def _change_language(visit: Visit, language: str) -> None:
    await visit.page.locator(".account-menu > summary").click()
    await visit.page.locator(f"form[action='/language'] button[value='{language}']").click()
    await expect(visit.page.locator("html")).to_have_attribute("lang", language)


async def _few_seats(site: Site) -> None:
    """Money for one dear seat, which the rule gives to the first, or for two cheap ones, which meet more needs in all."""
    cheap = {"topics": "KUANTITAS", "hours": 10, "seats": 2, "price": 2_000_000}
    async with site.stack.sessions.begin() as session:
        await session.execute(update(TRAINING).where(TRAINING.c.id == "t1").values(price=4_000_000))
        await session.execute(update(TRAINING).where(TRAINING.c.id == "t2").values(**cheap))
        budget = {"year": 2027, "budget": 4_000_000, "quotas": {"dinkes": 3}, "revision": 1}
        await session.execute(insert(LIMITS).values(**budget))
