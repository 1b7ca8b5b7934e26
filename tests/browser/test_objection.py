"""An objection in a real browser: the employee objects, the supervisor answers, the superior above decides in place."""

import re

from playwright.async_api import expect

from tests.api.test_appraisal_api import launch
from tests.api.test_objections import ANSWER, UPHOLD, WISH, delivered, post
from tests.browser.conftest import Site, Visit, seen
from tests.browser.test_measured import LOOSE, RATED, REASONS

WORDS = "Bukti dukung target pertama belum dilihat."
BETTER, SAME = "Sangat Baik", "Baik"


async def test_an_objection_from_the_result_to_the_decision(visit: Visit, site: Site) -> None:
    cycle = await launch(site.stack, people=["ani", "eko"])
    await delivered(site.stack, cycle, "ani", "eko")
    for who, path, body in (("eko", "objection", WISH), ("budi", "objection/account", ANSWER)):
        assert (await post(site.stack, who, f"{cycle}/eko/{path}", body)).status_code == 200
    page, case = visit.page, f"/appraisals/{cycle}/ani"

    await visit.sign_in("ani")
    await visit.to("/me")
    await seen(visit, "objection-result")
    await page.locator("#objection a").click()
    await page.locator("main form button").first.click()
    await expect(page.locator(".error-summary")).to_be_visible()
    await page.check("#results")
    await page.check("#target_1")
    await page.fill("#reason", WORDS)
    await page.fill("#evidence", "https://bukti.example/9")
    await seen(visit, "objection-form")
    await page.locator("main form button").first.click()
    await expect(page.locator("#objection")).to_contain_text(WORDS)
    await seen(visit, "objection-made")

    await _as(visit, "budi", cycle)
    await seen(visit, "objection-hearing")
    await page.fill("textarea[name=text]", "Dinilai dari laporan bulanan.")
    await page.locator("button[value=send]").click()
    await expect(page.locator("textarea[name=text]")).to_have_count(0)

    await _as(visit, None, cycle, f"{case}/decider?search=Contoh")
    await seen(visit, "objection-decider")
    await _as(visit, "citra", cycle)
    await expect(page.locator(".beside").first).to_contain_text(WORDS)
    await expect(page.locator(".beside").first).to_contain_text("Dinilai dari laporan bulanan.")
    await page.check("input[name=decision][value=change]")
    await page.check("input[name=results][value=DI_ATAS]")
    await page.check("input[name=behaviour][value=DI_ATAS]")
    await page.fill("textarea[name=reason]", "Bukti baru kuat.")
    await seen(visit, "objection-ruling")
    await page.locator("button[value=send]").click()
    await expect(page.locator("textarea[name=reason]")).to_have_count(0)

    await _as(visit, "ani", cycle, case)
    await expect(page.locator("#objection")).to_contain_text("Bukti baru kuat.")
    await seen(visit, "objection-decided")
    await visit.to(f"{case}/measured")
    await expect(page.locator(".rating-line").first).to_contain_text(BETTER)
    pattern = "|".join(("[0-9]", *map(re.escape, RATED)))
    of_objection = LOOSE.replace("'main'", "'[aria-labelledby=objected-heading]'")
    assert await page.evaluate(of_objection, [pattern, REASONS]) == [], "numbers and ratings that lead nowhere"
    await seen(visit, "objection-measured")
    assert (await post(site.stack, "citra", f"{cycle}/eko/objection/decision", UPHOLD)).status_code == 200
    await _as(visit, "eko", cycle, f"/appraisals/{cycle}/eko/measured")
    await expect(page.locator(".rating-line").first).to_contain_text(SAME)
    await expect(page.locator(".rating-line").first).not_to_contain_text(BETTER)
    await seen(visit, "objection-refused")
    await visit.to(f"/cycles/{cycle}/rules")
    await seen(visit, "objection-rules")
    await _as(visit, None, cycle, f"/cycles/{cycle}")
    await seen(visit, "objection-cycle")
    await _as(visit, None, cycle, f"/calibrations/{cycle}/dinkes")
    await expect(page.locator("#objections-heading")).to_be_visible()
    await seen(visit, "objection-figures")
    await visit.to("/policies/open")
    await expect(page.locator("#objection_window")).to_have_value("14 hari")
    await page.locator("main form button").first.click()
    await expect(page.locator("#objections-heading")).to_be_visible()
    await seen(visit, "objection-policy")


async def _as(visit: Visit, who: str | None, cycle: str, path: str = "") -> None:
    """Somebody else at the same device; without a path, where the case waits for them."""
    await visit.context.clear_cookies()
    await visit.sign_in(who, None if who else "hr")
    await visit.to(path or f"/waiting/{cycle}/ani")
