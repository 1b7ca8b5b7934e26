"""Other voices in the browser: named and invited by ticks, answered on a phone, and read beside the review."""

import pytest
from playwright.async_api import expect
from sqlalchemy import update

from adapters.database.reads.voice_rounds import ROUND
from appraisal.vocabulary import Step
from tests.api.scene import bring
from tests.api.test_voices import SAID, begun
from tests.browser.conftest import PHONE, Site, Visit, seen


@pytest.mark.devices(PHONE)
async def test_a_round_of_voices(visit: Visit, site: Site) -> None:
    cycle, page = await begun(site.stack), visit.page
    await bring(site.stack, cycle, Step.REVIEW)
    await visit.sign_in("ani")
    await visit.to(f"/appraisals/{cycle}/ani")
    await page.locator("#voices-heading + p + p a").click()
    for name in ("Eko Contoh", "Hani Contoh"):
        await page.get_by_label(name).check()
    await seen(visit, "voices-propose")
    await page.locator("button[value='send']").click()
    await expect(page.locator(".tag.is-soon")).to_have_count(2)
    await seen(visit, "voices-proposed")

    await visit.context.clear_cookies()
    await visit.sign_in("budi")
    await visit.to(f"/voices/{cycle}/ani")
    await page.get_by_label("Ika Contoh").check()
    await page.locator("button[value='send']").click()
    await expect(page.locator(".error-summary")).to_be_visible()
    await seen(visit, "voices-without-reason")
    await page.locator("#reason").fill("Ika satu tim.")
    await page.locator("button[value='send']").click()
    await expect(page.locator("#named-heading + ul > li")).to_have_count(3)

    await visit.context.clear_cookies()
    await visit.sign_in("eko")
    await visit.to("/waiting")
    await seen(visit, "voices-waiting")
    await page.locator("#asked-heading ~ .panel a").click()
    await seen(visit, "voices-question")
    await page.locator("button[value='answer']").click()
    await expect(page.locator(".error-summary")).to_be_visible()
    for radio in ("BP", "AK", "KO", "HA", "LO", "AD"):
        await page.locator(f"input[name='rating_{radio}'][value='3']").check()
    await page.locator("#text").fill(SAID["eko"][1])
    await page.locator("button[value='answer']").click()
    await expect(page.locator("#asked-heading")).to_have_count(0)
    for who in ("hani", "ika"):
        said = {"ratings": {"BP": SAID[who][0], "AK": 4, "KO": 3, "HA": 4}, "text": SAID[who][1]}
        visitor = await site.stack.visitor(who)
        assert (await visitor.post(f"/api/v1/voices/{cycle}/ani/answer", json=said)).status_code == 200
    async with site.stack.sessions.begin() as session:  # the end, without waiting for it
        await session.execute(update(ROUND).values(closed=True))

    await visit.context.clear_cookies()
    await visit.sign_in("budi")
    for path in (f"/voices/{cycle}/ani", f"/waiting/{cycle}/ani", f"/appraisals/{cycle}/ani/measured"):
        await visit.to(path)
        await expect(page.get_by_text(SAID["ika"][1])).to_be_visible()
        await seen(visit, f"voices-told-{path.split('/')[1]}")
