"""A superior's working day in a real browser, on a phone and at a desk, with and without JavaScript."""

import re

import pytest
from playwright.async_api import Locator, expect

from tests.api.test_appraisal_api import PLAN
from tests.api.test_endorsement import launch_looked_at
from tests.browser.conftest import EVERY_DEVICE, Site, Visit, seen

HOSTILE = '<img src=x onerror="document.title=1"><b>tebal</b>'


@pytest.mark.devices(*EVERY_DEVICE)
async def test_a_superior_approves_returns_and_reviews(visit: Visit, site: Site) -> None:
    cycle = await launch_looked_at(site.stack, "ani", "eko", "budi")
    for employee in ("ani", "eko"):
        visitor = await site.stack.visitor(employee)
        targets = [{**PLAN["targets"][0], "title": HOSTILE}, *PLAN["targets"][1:]]
        answer = await visitor.post(f"/api/v1/appraisals/{cycle}/{employee}/targets", json={"targets": targets})
        assert answer.status_code == 200, answer.text

    await _choose_a_password_and_sign_in_with_it(visit, site)
    await visit.to("/waiting")
    count = visit.page.locator("#waiting-count")
    await expect(count).to_have_text("3")
    await seen(visit, "waiting")

    await _opened(visit, "ani", cycle)
    await expect(visit.page.get_by_text(HOSTILE)).to_be_visible()
    await seen(visit, "approval")
    await visit.page.get_by_role("button", name="Setujui", exact=True).click()
    await expect(visit.page.get_by_role("status").filter(has_text="Ani Contoh")).to_be_visible()
    await expect(count).to_have_text("2")
    await seen(visit, "approved")

    await _return_with_a_reason(visit, cycle)
    await expect(count).to_have_text("1")

    await _account_of_ani(site, cycle)
    await _review(visit, cycle)
    await expect(count).to_have_text("1")
    await visit.to(f"/appraisals/{cycle}/ani")
    await expect(visit.page.get_by_text("Laporan lengkap dan tepat waktu.")).to_be_visible()
    await seen(visit, "measured")
    await _endorse(visit, cycle)


async def _endorse(visit: Visit, cycle: str) -> None:
    """His own superior looks at the review before the calibration, in place as well."""
    await visit.context.clear_cookies()
    await visit.sign_in("citra")
    await visit.to("/waiting")
    item = await _opened(visit, "ani", cycle)
    await expect(item).to_contain_text("Laporan lengkap dan tepat waktu.")
    await seen(visit, "endorsement")
    await item.get_by_role("button", name="Kembalikan dengan alasan").click()
    await expect(visit.page.locator(".error-summary")).to_be_visible()
    await seen(visit, "endorsement-error")
    await visit.page.get_by_role("button", name="Sahkan", exact=True).click()
    await expect(visit.page.get_by_role("status").filter(has_text="Ani Contoh")).to_be_visible()


async def _choose_a_password_and_sign_in_with_it(visit: Visit, site: Site) -> None:
    page = visit.page
    await visit.sign_in("budi")
    await seen(visit, "account")
    for field in ("#password", "#again"):
        await page.fill(field, "sandi yang cukup panjang")
    await page.locator("form[action='/account/password'] button").click()
    await expect(page.locator(".alert-success")).to_be_visible()
    await seen(visit, "own-targets")
    await page.locator(".account-menu > summary").click()
    await page.locator("form[action='/sign-out'] button").click()
    await page.wait_for_url("**/sign-in")
    await seen(visit, "sign-in")
    await page.fill("#login", "budi@contoh.example")
    await page.fill("#password", "salah")
    await page.locator("main form button").click()
    await expect(page.locator(".error-summary")).to_be_visible()
    await seen(visit, "sign-in-error")
    await page.fill("#password", "sandi yang cukup panjang")
    await page.locator("main form button").click()
    await page.wait_for_url("**/appraisals/**")


async def _opened(visit: Visit, employee: str, cycle: str) -> Locator:
    item = visit.page.locator(f"#item-{cycle}-{employee}")
    await item.locator("summary").first.click()
    script = await visit.page.evaluate("typeof htmx !== 'undefined'")
    if not script:
        await item.get_by_role("link", name=re.compile("^Buka")).click()
    await expect(item.locator("form")).to_be_visible()
    return item


async def _return_with_a_reason(visit: Visit, cycle: str) -> None:
    page, item = visit.page, await _opened(visit, "eko", cycle)
    await item.get_by_role("button", name="Kembalikan dengan alasan").click()
    await expect(page.locator(".error-summary")).to_be_visible()
    await seen(visit, "return-error")
    await item.locator("[name=reason]").fill("Sasaran ketiga belum terukur.")
    await item.get_by_role("button", name="Kembalikan dengan alasan").click()
    await expect(page.get_by_role("status").filter(has_text="Eko Contoh")).to_be_visible()


async def _account_of_ani(site: Site, cycle: str) -> None:
    ani = await site.stack.visitor("ani")
    account = {
        "realisations": [
            {"target": n, "value": "11.5", "text": HOSTILE, "evidence": ["https://bukti.example/1"]} for n in (1, 2, 3)
        ],
        "reflection": "Tahun yang padat.",
    }
    answer = await ani.post(f"/api/v1/appraisals/{cycle}/ani/self-assessment", json=account)
    assert answer.status_code == 200, answer.text


async def _review(visit: Visit, cycle: str) -> None:
    await visit.to("/waiting")
    page, item = visit.page, await _opened(visit, "ani", cycle)
    await item.locator("[name=c1]").fill("Laporan lengkap dan tepat waktu.")
    await item.locator("[name=results][value=DI_ATAS]").check()
    await item.locator("[name=behaviour][value=SESUAI]").check()
    await item.locator("[name=results_reason]").fill("Semua sasaran terlampaui.")
    if await page.evaluate("typeof htmx !== 'undefined'"):
        await expect(item.locator(".saved")).to_contain_text("Tersimpan")
        await expect(item.locator(".matrix .is-own")).to_be_visible()
        await page.reload()
        item = await _opened(visit, "ani", cycle)
        await expect(item.locator("[name=results_reason]")).to_have_value("Semua sasaran terlampaui.")
    await seen(visit, "review")
    await item.locator("button[value=send]").click()
    await expect(page.locator(".error-summary")).to_be_visible()
    await expect(item.locator("[name=c1]")).to_have_value("Laporan lengkap dan tepat waktu.")
    await seen(visit, "review-error")
    await item.locator("[name=behaviour_reason]").fill("Konsisten menolong rekan.")
    await item.locator("button[value=send]").click()
    await expect(page.get_by_role("status").filter(has_text="Ani Contoh")).to_be_visible()
