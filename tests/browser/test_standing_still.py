"""HR stops the clock of a calibration and of the nomination in the browser, and opens a closed case again."""

import pytest
from playwright.async_api import expect

from appraisal.vocabulary import Step
from tests.api.scene import bring
from tests.api.test_appraisal_api import launch
from tests.browser.conftest import DESK, PHONE, PLAIN_PHONE, Site, Visit, seen

pytestmark = pytest.mark.devices(DESK, PLAIN_PHONE)

FLOOD = "Banjir: kantor ditutup sampai air surut."


@pytest.mark.parametrize("place", ["/calibrations/{cycle}/dinkes", "/nominations/{cycle}"], ids=["unit", "nomination"])
async def test_the_clock_stands_still_and_goes_on(visit: Visit, site: Site, place: str) -> None:
    cycle = await launch(site.stack, people=["ani", "eko", "citra"])
    await bring(site.stack, cycle, Step.CALIBRATION)
    name = place.split("/")[1]
    await visit.sign_in(None, "hr")
    await visit.to(place.format(cycle=cycle))
    await visit.page.get_by_text("Hentikan waktu").first.click()
    await seen(visit, f"hold-{name}-form")
    await visit.page.get_by_role("button", name="Hentikan waktu").click()
    await expect(visit.page.locator("#hold_reason")).to_have_attribute("aria-invalid", "true")
    await seen(visit, f"hold-{name}-refused")
    await visit.page.locator("#hold_reason").fill(FLOOD)
    await visit.page.get_by_role("button", name="Hentikan waktu").click()
    await expect(visit.page.get_by_text("Ditangguhkan sejak").first).to_be_visible()
    await expect(visit.page.get_by_text(FLOOD).first).to_be_visible()
    await seen(visit, f"hold-{name}-held")
    await visit.page.locator("#hold_reason").fill("Air sudah surut.")
    await visit.page.get_by_role("button", name="Akhiri penangguhan").click()
    await expect(visit.page.get_by_text("Ditangguhkan sejak")).to_have_count(0)
    await seen(visit, f"hold-{name}-released")


@pytest.mark.devices(PHONE)
async def test_a_unit_stands_still_by_one_order_and_goes_on_by_one(visit: Visit, site: Site) -> None:
    cycle = await launch(site.stack, people=["ani", "eko"])
    await visit.sign_in(None, "hr")
    await visit.to(f"/cycles/{cycle}")
    await visit.page.get_by_role("link", name="Penghentian sementara").click()
    button = visit.page.get_by_role("button", name="Tampilkan yang akan berhenti")
    await button.click()
    await expect(visit.page.locator("#reason")).to_have_attribute("aria-invalid", "true")
    await seen(visit, "standstill-refused")
    await visit.page.locator("#unit").select_option("dinkes")
    await visit.page.locator("#reason").fill(FLOOD)
    await button.click()
    await expect(visit.page.get_by_text("2 penilaian").first).to_be_visible()
    await seen(visit, "standstill-preview")
    await visit.page.get_by_role("button", name="Hentikan semuanya").click()
    await visit.page.wait_for_url("**/board/remedies/*")
    go_on = visit.page.get_by_role("button", name="Lanjutkan semuanya")
    while not await go_on.count():  # offered once everybody has been told
        await visit.to(f"/cycles/{cycle}/standstill")
    await seen(visit, "standstill-standing")
    await visit.page.get_by_label("Alasan").first.fill("Air sudah surut.")
    await go_on.click()
    await visit.page.wait_for_url("**/board/remedies/*")
    await expect(visit.page.get_by_role("heading", level=1)).to_be_visible()
    await seen(visit, "standstill-released")


async def test_a_closed_case_is_opened_again(visit: Visit, site: Site) -> None:
    cycle = await launch(site.stack, people=["ani"])
    await bring(site.stack, cycle, Step.REVIEW)
    hr = await site.stack.visitor(officer="hr")
    closing = {"kind": "close_unrateable", "reason": "Keliru."}
    assert (await hr.post(f"/api/v1/appraisals/{cycle}/ani/remedy", json=closing)).status_code == 200
    await site.stack.client.get_workflow_handle(f"appraisal/{cycle}/ani").result()
    await visit.sign_in(None, "hr")
    await visit.to(f"/appraisals/{cycle}/ani")
    await seen(visit, "reopen-form")
    button = visit.page.get_by_role("button", name="Buka kembali")
    await button.click()
    await expect(visit.page.locator("#reopen_step")).to_have_attribute("aria-invalid", "true")
    await seen(visit, "reopen-refused")
    await visit.page.locator("#reopen_step").select_option("review")
    await visit.page.locator("#reopen_reason").fill("Keliru ditutup; bukti sudah ada.")
    await button.click()
    await expect(button).to_have_count(0)
    await expect(visit.page.get_by_text("membuka kembali penilaian ini").first).to_be_visible()
    await seen(visit, "reopen-done")
