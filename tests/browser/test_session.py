"""The head of a unit runs a whole calibration session: one member by dragging, all else by keyboard alone."""

import pytest
from playwright.async_api import Page, expect

from tests.api.scene import rate, set_unit_result
from tests.api.test_appraisal_api import launch
from tests.browser.conftest import DESK, Site, Visit, seen

RATINGS = {
    "ani": ("budi", "DI_ATAS", "DI_ATAS"),
    "eko": ("budi", "DI_ATAS", "SESUAI"),
    "budi": ("citra", "DI_BAWAH", "SESUAI"),
}
"""Budi is more generous than Citra."""


async def tab_to(page: Page, selector: str) -> None:
    """Press Tab until it has the focus, as somebody without a mouse does."""
    for _ in range(150):
        if await page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        await page.keyboard.press("Tab")
    raise AssertionError(f"{selector} cannot be reached by keyboard on {page.url}")


async def press_on(page: Page, selector: str, *keys: str) -> None:
    await tab_to(page, selector)
    for key in keys:
        await page.keyboard.press(key)


@pytest.mark.devices(DESK)
async def test_a_head_drags_one_and_runs_the_whole_session_by_keyboard_alone(visit: Visit, site: Site) -> None:
    page, cycle = visit.page, await launch(site.stack, people=list(RATINGS))
    await rate(site.stack, cycle, RATINGS)
    await set_unit_result(site.stack, cycle)
    await visit.sign_in("dewi")
    await visit.to(f"/calibrations/{cycle}/dinkes")
    below = page.locator("[data-results=DI_BAWAH][data-behaviour=SESUAI]")
    await page.locator("[data-card=ani]").drag_to(below)
    await expect(below).to_contain_text("Ani Contoh")
    await expect(page.locator("[data-note]")).to_contain_text("Tersimpan")
    await page.reload()  # from here on without a mouse
    await expect(page.locator("#r_ani")).to_have_value("DI_BAWAH")
    await press_on(page, "#w_ani")
    await page.keyboard.type("Dua target tidak tercapai.")
    await expect(page.locator("[data-card=eko] [role=button]")).to_be_visible()
    await press_on(page, "[data-card=eko] [role=button]", "Space", "ArrowDown", "ArrowDown")
    await expect(below).to_contain_text("Eko Contoh")
    await page.keyboard.press("Escape")
    await expect(below).not_to_contain_text("Eko Contoh")
    await press_on(page, "[data-card=eko] [role=button]", "Space", "ArrowDown", "Space")
    await expect(page.locator("[data-note]")).to_contain_text("Tersimpan")
    await press_on(page, "#w_eko")
    await page.keyboard.type("Cakupan dihitung ulang.")
    await press_on(page, "#d_eko", "Space")
    await expect(page.locator("aside")).to_contain_text("1 sudah dibahas")
    await seen(visit, "session-board")
    await press_on(page, "aside button.btn-primary", "Enter")
    await page.wait_for_url("**/confirmation")
    await press_on(page, "form[action$=decision] button.btn-primary", "Enter")
    await expect(page.locator("#decision-heading")).to_be_visible()
    await expect(page.locator("#moving")).to_have_count(0)
    await press_on(page, "details summary:has(+ form[action$=undo])", "Enter")
    await press_on(page, "#undo_reason")
    await page.keyboard.type("Angka dua bidang tertukar.")
    await seen(visit, "session-undo")
    await press_on(page, "form[action$=undo] button", "Enter")
    await expect(page.locator("#undone-heading")).to_be_visible()
    await expect(page.locator("#moving")).to_have_count(0)
    await expect(page.locator("[data-card=eko]")).to_have_class("is-changed is-discussed")
