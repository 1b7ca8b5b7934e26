"""An employee's year in a real browser, on a phone and at a desk, with and without JavaScript."""

from typing import Any

from playwright.async_api import expect

from tests.api.scene import REVIEW
from tests.api.test_appraisal_api import launch
from tests.browser.conftest import Site, Visit, seen
from tests.faults.people import until

HOSTILE = '<img src=x onerror="document.title=1"><b>tebal</b>'
WEIGHTS = ("40", "30", "20")


async def case_of_ani(site: Site, cycle: str) -> dict[str, Any]:
    """What the API says of it."""
    ani = await site.stack.visitor("ani")
    case: dict[str, Any] = (await ani.get(f"/api/v1/appraisals/{cycle}/ani")).json()["case"]
    return case


async def until_at(site: Site, cycle: str, step: str) -> None:
    async def arrived() -> bool:
        return bool((await case_of_ani(site, cycle))["step"] == step)

    await until(arrived)


async def order(site: Site, who: str, path: str, body: dict[str, Any], officer: bool = False) -> None:
    """Somebody else does a step, through the API."""
    visitor = await site.stack.visitor(officer=who) if officer else await site.stack.visitor(who)
    answer = await visitor.post(f"/api/v1/{path}", json=body)
    assert answer.status_code == 200, answer.text


async def test_an_employee_from_the_targets_to_the_result(visit: Visit, site: Site, scripted: bool) -> None:
    cycle = await launch(site.stack, people=["ani"])
    await visit.sign_in("ani")
    await _targets(visit, site, cycle, scripted)
    await order(site, "budi", f"appraisals/{cycle}/ani/approval", {"decision": "approve"})
    await _self_assessment(visit, site, cycle, scripted)
    await order(site, "budi", f"appraisals/{cycle}/ani/review", {**REVIEW, "comments": [HOSTILE, "", ""]})

    await visit.to("/me")
    await expect(visit.page.locator("#measured-heading")).to_be_visible()
    assert REVIEW["results_reason"] not in await visit.page.content(), "ratings are not told before the calibration"
    await seen(visit, "employee-reviewed")

    await _calibrate(site, cycle)
    await _acknowledge(visit, site, cycle)


async def _targets(visit: Visit, site: Site, cycle: str, scripted: bool) -> None:
    page = visit.page
    await visit.to("/me")
    await seen(visit, "employee-targets-empty")
    for n, weight in enumerate(WEIGHTS, start=1):
        await page.fill(f"#t{n}_title", HOSTILE if n == 1 else f"Hasil kerja {n}")
        await page.select_option(f"#t{n}_support", index=1)
        await page.select_option(f"#t{n}_aspect", "KUANTITAS")
        await page.fill(f"#t{n}_indicator", "Jumlah laporan tepat waktu")
        await page.fill(f"#t{n}_value", "12,5")
        await page.fill(f"#t{n}_unit", "laporan")
        await page.fill(f"#t{n}_weight", weight)
    if scripted:
        await expect(page.locator("[data-weight-sum]")).to_have_text("90")
        await expect(page.locator(".saved")).to_contain_text("Tersimpan")
        await visit.to("/me")
    else:
        await page.locator("button[value=draft]").click()
        await expect(page.locator(".alert-success")).to_be_visible()
    await expect(page.locator("#t1_title")).to_have_value(HOSTILE)
    await expect(page.locator("#t3_value")).to_have_value("12,5")

    await page.locator("#form button[value=send]").click()
    summary = page.locator(".error-summary")
    await expect(summary.locator("a[href='#weights']")).to_be_visible()
    if scripted:
        await expect(summary).to_be_focused()
    await expect(page.locator("#t1_title")).to_have_value(HOSTILE)
    await expect(page.locator("#t2_weight")).to_have_value("30")
    await seen(visit, "employee-targets-error")
    assert (await case_of_ani(site, cycle))["step"] == "targets"

    await page.fill("#t3_weight", "30")
    await page.locator("#form button[value=send]").click()
    await expect(page.locator(".alert-success")).to_be_visible()
    await expect(page.get_by_text(HOSTILE)).to_be_visible()
    await seen(visit, "employee-targets-sent")
    case = await case_of_ani(site, cycle)
    assert case["step"] == "approval"
    assert [target["weight"] for target in case["plan"]["targets"]] == [40, 30, 30]
    assert float(case["plan"]["targets"][0]["value"]) == 12.5


async def _self_assessment(visit: Visit, site: Site, cycle: str, scripted: bool) -> None:
    page = visit.page
    await visit.to("/me")
    for n in (1, 2, 3):
        await page.fill(f"#r{n}_value", "11")
        await page.fill(f"#r{n}_text", f"Tercapai bersama tim, bagian {n}.")
    await page.fill("#r1_evidence", "javascript:alert(1)")
    await page.locator("#form button[value=send]").click()
    await expect(page.locator(".error-summary a")).to_have_count(2)
    await expect(page.locator("#r3_text")).to_have_value("Tercapai bersama tim, bagian 3.")
    await seen(visit, "employee-account-error")
    await page.fill("#r1_evidence", "https://bukti.example/1\nhttps://bukti.example/2")
    await page.fill("#reflection", HOSTILE)
    await page.locator("#form button[value=send]").click()
    await expect(page.locator(".alert-success")).to_be_visible()
    await expect(page.get_by_text(HOSTILE).last).to_be_visible()
    case = await case_of_ani(site, cycle)
    assert case["step"] == "review"
    assert case["self_assessment"]["realisations"][0]["evidence"] == [
        "https://bukti.example/1",
        "https://bukti.example/2",
    ]


async def _calibrate(site: Site, cycle: str) -> None:
    result = {"result": "BAIK", "reason": "Perjanjian kinerja."}
    await order(site, "hr", f"calibrations/{cycle}/dinkes/unit-result", result, officer=True)
    dewi = await site.stack.visitor("dewi")

    async def listed() -> Any:
        return (await dewi.get(f"/api/v1/calibrations/{cycle}/dinkes")).json()["members"]

    await until(listed)
    await order(site, "dewi", f"calibrations/{cycle}/dinkes/decision", {"members": ["ani"]})
    await until_at(site, cycle, "acknowledgement")


async def _acknowledge(visit: Visit, site: Site, cycle: str) -> None:
    page = visit.page
    await visit.to("/inbox")
    await seen(visit, "employee-inbox")
    await visit.to("/me")
    await expect(page.locator(".matrix .is-own")).to_be_visible()
    await expect(page.get_by_text(REVIEW["results_reason"])).to_be_visible()
    await expect(page.get_by_text(HOSTILE).last).to_be_visible()
    await seen(visit, "employee-result")
    await page.fill("#comment", "Sudah saya baca.")
    await page.locator("#form button[value=send]").click()
    await expect(page.locator(".alert-success")).to_be_visible()
    await seen(visit, "employee-acknowledged")
    case = await case_of_ani(site, cycle)
    assert (case["step"], case["comment"]) == ("nomination", "Sudah saya baca.")
