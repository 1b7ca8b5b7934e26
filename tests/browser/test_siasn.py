"""HR sends what a closed year has for SIASN: what arrived, what did not and why, and what was mended goes again."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import expect
from temporalio.testing import WorkflowEnvironment

from demo.siasn import siasn
from tests import agency
from tests.browser.conftest import PHONE, PLAIN_DESK, Site, Visit, seen
from tests.closed_careers import attended, boxed, certified
from tests.closed_results import UNRATED, closed
from tests.stack import Stack, running

pytestmark = [pytest.mark.slow, pytest.mark.devices(PHONE, PLAIN_DESK)]
GIVEN = {"ani": ("budi", "SESUAI", "DI_ATAS"), "budi": ("citra", "DI_BAWAH", "SESUAI"), "gita": UNRATED}


@pytest.fixture
async def stack(server: WorkflowEnvironment, database_url: str) -> AsyncIterator[Stack]:
    """The service with a connection to SIASN's double."""
    async with siasn() as double, running(server.client, database_url, **double.settings()) as service:
        await agency.build(service.sessions)
        yield service


async def test_hr_sends_ratings_courses_and_boxes_and_mends_what_did_not_arrive(visit: Visit, site: Site) -> None:
    page, sessions = visit.page, site.stack.sessions
    cycle = await closed(sessions, GIVEN)
    seat = await attended(sessions, cycle, "ani")
    await boxed(sessions, ("budi", 7))
    await visit.sign_in(officer="hr")
    await visit.to(f"/cycles/{cycle}/siasn")
    await expect(page.locator("#count-new")).to_have_text("5")
    await seen(visit, "siasn-new")
    await page.get_by_role("button", name="Kirim yang belum pernah dikirim (5)").click()
    await _settled(visit, sent=3)
    await seen(visit, "siasn-sent")
    await page.get_by_role("link", name="Sertifikat pelatihan ini belum tercatat.").click()
    await expect(page.get_by_text("Pelatihan: Analisis data")).to_be_visible()
    await seen(visit, "siasn-listed")
    await certified(sessions, seat, "SR/12/2026")
    await page.get_by_label("Ani Contoh").check()
    await page.get_by_role("button", name="Kirim yang dicentang").click()
    await _settled(visit, sent=4)
    await visit.to(f"/cycles/{cycle}/siasn?matter=course")
    await expect(page.locator("#count-sent")).to_have_text("1")
    await page.locator(".account-menu > summary").click()
    await page.locator("form[action='/language'] button").first.click()
    await expect(page.locator("html")).to_have_attribute("lang", "en")
    await page.get_by_role("link", name="All", exact=True).click()
    await expect(page.get_by_text("Box of the talent map")).to_be_visible()
    await seen(visit, "siasn-english")


async def _settled(visit: Visit, sent: int) -> None:
    """Nothing is on its way any more, and so many have arrived."""
    page = visit.page
    for _ in range(60):
        if await page.locator("#count-waiting").inner_text() == "0":
            break
        await page.wait_for_timeout(250)
        await page.reload()
    await expect(page.locator("#count-sent")).to_have_text(str(sent))
