"""The employee reads who has looked at the case, and HR finds the same in its list."""

from playwright.async_api import expect

from appraisal.vocabulary import Step
from tests.api.scene import bring
from tests.api.test_appraisal_api import launch
from tests.browser.conftest import Site, Visit, seen


async def test_who_has_looked_is_told_to_the_employee_and_to_hr(visit: Visit, site: Site) -> None:
    cycle, page = await launch(site.stack, people=["ani"]), visit.page
    await bring(site.stack, cycle, Step.APPROVAL)
    budi, hr = await site.stack.visitor("budi"), await site.stack.visitor(officer="hr")
    for visitor, path in ((budi, f"/appraisals/{cycle}/ani"), (hr, f"/appraisals/{cycle}/ani"), (hr, "/board")):
        assert (await visitor.get(path)).status_code == 200
    await site.stack.services.notebook.flush()

    await visit.sign_in("ani")
    await visit.to(f"/appraisals/{cycle}/ani")
    await page.get_by_role("link", name="Siapa yang telah melihat berkas ini").click()
    await expect(page.locator(".case-line")).to_have_count(2)
    await seen(visit, "readings-of-case")

    await visit.context.clear_cookies()
    await visit.sign_in(officer="hr")
    await visit.to("/readings")
    await seen(visit, "readings")
    await page.get_by_role("link", name="Budi Contoh").first.click()
    await expect(page.locator(".case-line")).to_have_count(1)
    await page.locator("#ground").select_option("hr")
    await page.locator("form.filter button").click()
    await expect(page.locator(".case-line")).to_have_count(0)
    await seen(visit, "readings-none")
