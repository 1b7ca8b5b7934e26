"""HR finds the ten oldest stuck cases and frees them from the board, in a handful of clicks."""

import asyncio
import uuid
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path

import pytest
from playwright.async_api import Locator, expect

from adapters import policy_files
from appraisal.vocabulary import Step
from tests.api.scene import bring
from tests.api.test_appraisal_api import launch
from tests.browser.conftest import DESK, PHONE, PLAIN_PHONE, Site, Visit, seen

pytestmark = pytest.mark.devices(DESK, PLAIN_PHONE)

MOST_CLICKS = 12
ALL_TEN = "10 dari 10 penilaian menerimanya."


class Clicks:
    """Counts what a hand does; typing a reason is no click."""

    def __init__(self) -> None:
        self.made = 0

    async def on(self, what: Locator) -> None:
        await what.click()
        self.made += 1

    async def choose(self, what: Locator, option: str) -> None:
        """Opening a list and choosing from it."""
        await what.select_option(option)
        self.made += 2


@pytest.fixture
def due_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A policy by which the targets are due a moment after the launch and end weeks later."""
    text, name = (policy_files.POLICIES / "open.toml").read_text(), f"due-{uuid.uuid4().hex}"
    for days, moment in (('grace = "P3D"', 'grace = "PT1S"'), ('"P3D before"', '"PT1S before"'), ('"P14D"', '"PT2S"')):
        assert days in text
        text = text.replace(days, moment, 1)
    (tmp_path / f"{name}.toml").write_text(text)
    monkeypatch.setattr(policy_files, "POLICIES", tmp_path)
    return name


async def test_ten_stuck_cases_are_found_and_freed_in_at_most_twelve_clicks(
    visit: Visit, site: Site, scripted: bool, due_at_once: str
) -> None:
    """Without JavaScript nobody ticks all of a page at once: there the filter's own button does it."""
    everybody = ["ani", "eko", "citra", "budi", "gita"]
    launched = [await launch(site.stack, people=everybody, policy=due_at_once) for _ in range(2)]
    hr = await site.stack.visitor(officer="hr")
    async with asyncio.timeout(30):
        while (await hr.get("/api/v1/board")).json()["counts"]["late"] < len(launched) * len(everybody):
            await asyncio.sleep(0.2)
    await visit.sign_in(officer="hr")
    page, clicks = visit.page, Clicks()
    await visit.to("/board")
    await clicks.on(page.locator("a[href='/board?stuck=late']"))
    await expect(page.locator(".board-line")).to_have_count(10)
    await clicks.on(page.locator("#free > summary"))
    await clicks.choose(page.locator("#remedy-kind"), "extend")
    await page.locator("#remedy-day").fill((datetime.now(UTC) + timedelta(days=30)).date().isoformat())
    await page.locator("#remedy-reason").fill("Banjir pekan lalu.")
    if scripted:
        await clicks.on(page.locator("#pick-all"))
        await seen(visit, "board-free")
        await clicks.on(page.get_by_role("button", name="Laksanakan untuk yang dicentang"))
    else:
        await clicks.on(page.get_by_role("button", name="Laksanakan untuk semua yang tersaring"))
        async with asyncio.timeout(30):
            while not await page.get_by_text(ALL_TEN).is_visible():
                await page.wait_for_timeout(500)
                await page.reload()
    await expect(page.get_by_text(ALL_TEN)).to_be_visible(timeout=30_000)
    assert clicks.made <= MOST_CLICKS
    await seen(visit, "board-freed")
    await visit.to("/board?stuck=late")
    await expect(page.locator(".board-line")).to_have_count(0)
    for cycle, who in product(launched, everybody):
        events = (await hr.get(f"/api/v1/appraisals/{cycle}/{who}/events")).json()
        kinds = [event["kind"] for event in events if event["kind"] != "reminded"]  # a case that began late is not
        assert kinds == ["opened", "became_due", "extend"]


@pytest.mark.devices(PHONE)
async def test_what_is_missing_is_said_beside_its_field_and_refusals_are_named(visit: Visit, site: Site) -> None:
    cycle = await launch(site.stack, people=["ani", "eko"])
    await bring(site.stack, cycle, Step.APPROVAL)
    await visit.sign_in(officer="hr")
    await visit.to("/board")
    page = visit.page
    await page.locator("#free > summary").click()
    await page.locator("#remedy-kind").select_option("take_over")
    await page.locator("#pick-all").click()
    await page.get_by_role("button", name="Laksanakan untuk yang dicentang").click()
    await expect(page.locator("#remedy-reason-error")).to_be_visible()
    await seen(visit, "board-free-error")
    await page.locator("#remedy-reason").fill("Penilai berhalangan.")
    await page.locator("#pick-all").click()
    await page.get_by_role("button", name="Laksanakan untuk yang dicentang").click()
    await expect(page.get_by_text("1 dari 2 penilaian menerimanya.")).to_be_visible(timeout=30_000)
    await expect(page.get_by_role("link", name="Eko Contoh")).to_be_visible()
    await seen(visit, "board-freed-but-one")


@pytest.mark.devices(PHONE)
async def test_hr_holds_a_case_on_its_own_page_and_everybody_sees_why(visit: Visit, site: Site) -> None:
    cycle = await launch(site.stack, people=["ani"])
    await visit.sign_in(officer="hr")
    await visit.to(f"/appraisals/{cycle}/ani")
    page = visit.page
    await page.locator("#remedy-kind").select_option("hold")
    await page.locator("#remedy-reason").fill("Cuti melahirkan.")
    await page.get_by_role("button", name="Laksanakan").click()
    await expect(page.get_by_text("waktu berhenti berjalan").first).to_be_visible()
    await seen(visit, "case-held")
    await page.locator("#remedy-kind").select_option("release")
    await page.locator("#remedy-reason").fill("Kembali bekerja.")
    await page.get_by_role("button", name="Laksanakan").click()
    await expect(page.get_by_text("mengakhiri penangguhan").first).to_be_visible()
    await seen(visit, "case-released")
