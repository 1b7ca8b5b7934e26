"""The pages that no walk stops at: for strangers, for those without work, for wrong addresses, in both languages."""

from copy import deepcopy
from datetime import timedelta

import pytest
from playwright.async_api import expect

from appraisal.vocabulary import Step
from tests.adapters.rounds import give_up
from tests.api.scene import bring
from tests.api.seated import begins, give_seats
from tests.api.test_appraisal_api import PLAN
from tests.api.test_parts import transfer
from tests.api.test_periods import launch_with_periods, work_on_periods
from tests.browser.conftest import DESK, PHONE, Site, Visit, seen
from tests.stack import Stack

CASE = ("/appraisals/{cycle}/ani", "/appraisals/{cycle}/ani/measured")
UNIT = (
    *("/units?year=2026", "/units/dinkes/performance?year=2026"),
    *("/cycles/{cycle}/units/dinkes/cascade", "/cycles/{cycle}/units/dinkes/matrix?leader=budi"),
)
YEAR = ("/appraisals/{cycle}/ani/periods/1", "/appraisals/{cycle}/ani/feedback")
EVERYBODY = (
    "/waiting",
    "/trainings",
    "/inbox",
    "/account",
    "/appointments",
    "/appointments/new",
    "/superior-reports",
    "/data-requests",
    "/nowhere",
)


pytestmark = pytest.mark.devices(DESK)
"""Each page is loaded once and looked at on both screens. Without JavaScript these pages look the same."""


async def seen_on_both(visit: Visit, name: str) -> None:
    """This stop on a telephone and on a desk."""
    for device in (PHONE, DESK):
        await visit.page.set_viewport_size(device.screen)
        await seen(visit, name)


async def reach(stack: Stack, cycle: str) -> None:
    """The unit has values, one corrected; budi has targets, and citra waits for those of dewi."""
    dewi, url = await stack.visitor("dewi"), "/api/v1/units/dinkes/indicators/i1/actuals"
    for quarter, value in ((1, "40"), (2, "62.5"), (2, "60"), (3, "88")):
        body = {"quarter": quarter, "value": value, "evidence": "https://bukti.example/1", "remark": "Data menyusul."}
        assert (await dewi.post(url, json=body)).status_code == 201
    plan = deepcopy(PLAN)
    for target in plan["targets"]:
        target["support"] = {"kind": "waiting_upstream", "ref": "", "name": ""}
    citra = await stack.visitor("citra")
    assert (await citra.post(f"/api/v1/appraisals/{cycle}/citra/targets", json=plan)).status_code == 200


async def take_seats(stack: Stack, cycle: str) -> None:
    """ani is invited to a course, eko has been there, and another was refused for want of a seat in it."""
    await begins(stack, "t1", stack.services.today() - timedelta(days=4), seats=2)
    await give_seats(stack, cycle, "ani", "eko", refused=("gita",))
    hr, path = await stack.visitor(officer="hr"), f"/api/v1/enrolments/{cycle}/eko"
    certificate = {"number": "SR/12/2026", "evidence": ["https://bukti.example/sr12"]}
    assert (await hr.post(f"{path}/attendance", json={"attended": True, "certificate": certificate})).is_success
    assert (await hr.post(f"{path}/hours", json={"hours": 16, "reason": "Dua hari."})).is_success


async def test_strangers_meet_no_barrier(visit: Visit, site: Site) -> None:
    used = await site.link("ani")
    for path in (
        "/sign-in",
        "/sign-in?lang=en",
        "/nowhere",
        "/privacy",
        "/privacy?lang=en",
        "/verify",
        "/verify/kurang",
        "/api/docs",
        "/sign-in/link/wrong",
        used.removeprefix(site.url),
    ):
        await visit.to(path)
        await seen_on_both(visit, f"stranger{path[:14].replace('/', '-').replace('?', '-')}")
    await visit.to("/waiting")
    await visit.page.wait_for_url("**/sign-in?next=%2Fwaiting")


@pytest.mark.parametrize(
    ("who", "officer", "paths"),
    [
        (
            "gita",
            None,
            (
                *(
                    "/me",
                    "/my-career",
                    "/development/gita/2027",
                    "/account/sign-ins",
                    "/account/keys",
                    "/account/calendar",
                ),
                *EVERYBODY,
            ),
        ),
        (
            "ani",
            None,
            (
                *("/me", *CASE, *UNIT, *YEAR, "/cycles/{cycle}/rules", "/enrolments/{cycle}/ani"),
                *(
                    "/superior-reports/new?search=Contoh",
                    "/data-requests/new?kind=erasure",
                    "/data-requests/new?kind=correction",
                    "/my-data",
                    *EVERYBODY,
                ),
            ),
        ),
        (
            "budi",
            None,
            (
                *CASE,
                *YEAR,
                "/appraisals/{cycle}/eko/periods/1",
                "/appraisals/{cycle}/eko/measured",
                "/waiting/{cycle}/ani",
                "/trainings",
                "/enrolments/{cycle}/eko",
                "/development/line",
                "/development/ani/2027",
                "/waiting",
                "/appointments",
            ),
        ),
        (
            "dewi",
            None,
            (
                *("/calibrations", "/calibrations/{cycle}/dinkes", "/appraisals/{cycle}/citra/part", "/waiting"),
                *("/units/dinkes/performance?year=2026", "/cycles/{cycle}/units/dinkes/matrix"),
            ),
        ),
        (
            None,
            "hr",
            (
                "/board",
                "/board/figures",
                "/cycles",
                "/cycles/new",
                "/cycles/{cycle}",
                "/cycles/{cycle}/dates",
                "/cycles/{cycle}/participants",
                "/cycles/{cycle}/standstill",
                "/cycles/{cycle}/closing",
                "/cycles/{cycle}/siasn",
                "/cycles/{cycle}/rules",
                "/calibrations",
                "/calibrations/{cycle}/dinkes",
                "/nominations/{cycle}",
                "/enrolments",
                "/enrolments?training=t1",
                "/enrolments/{cycle}/ani",
                "/enrolments/{cycle}/eko",
                "/catalogue?year=2027",
                "/catalogue/courses/t1",
                "/nominations/{cycle}/plans",
                "/policies",
                "/policies/annual",
                "/policies/rehearsal?version=1",
                "/policies/quarters",
                "/calendar",
                "/webhooks",
                "/webhooks/{hook}",
                "/security",
                "/security/keys",
                "/people/ani/access",
                "/readings",
                "/retention",
                "/appraisals/{cycle}/ani/readings",
                "/career",
                "/career/map",
                "/career/rules",
                "/career/people/ani",
                "/development?year=2027",
                "/development/ani/2027",
                "/people",
                "/people/import",
                "/appointments/new?kind=DELEGATE&represented=budi&search=Contoh",
                "/people/superiors?reports_of=budi",
                "/people/departures",
                "/people/departures/new?person=budi",
                "/people/departures/{departure}",
                "/people/officers?person=ani",
                "/people/unreached",
                "/superior-reports/{report}",
                "/data-requests/{request}",
                "/appraisals/{cycle}/ani",
                "/appraisals/{cycle}/citra",
                *EVERYBODY,
            ),
        ),
    ],
    ids=["without-work", "employee", "supervisor", "head", "hr"],
)
async def test_nobody_meets_a_barrier(
    visit: Visit, site: Site, who: str | None, officer: str | None, paths: tuple[str, ...]
) -> None:
    cycle = await launch_with_periods(site.stack, "ani", "eko", "citra")
    await bring(site.stack, cycle, Step.REVIEW)
    await bring(site.stack, cycle, Step.CALIBRATION, employee="eko")
    await reach(site.stack, cycle)
    gita = await site.stack.visitor("gita")
    report = (await gita.post("/api/v1/superior-reports", json={"superior": "dewi", "words": "Mutasi."})).json()["id"]
    question = {"kind": "erasure", "area": "other", "words": "Saya pindah.", "parts": ["drafts", "contact", "record"]}
    request = (await gita.post("/api/v1/data-requests", json=question)).json()["id"]
    await work_on_periods(site.stack, cycle)
    await transfer(site.stack, cycle, "citra")
    await take_seats(site.stack, cycle)
    hr = await site.stack.visitor(officer="hr")
    leave = {"people": ["fajar"], "cause": "on_leave", "own_cases": "go_on", "reason": "Cuti."}
    departure = (await hr.post("/api/v1/departures", json=leave)).json()["people"][0]["order_id"]
    limits = {"budget": "25000000", "quotas": {"dinkes": 3}, "reason": "Efisiensi anggaran."}
    assert (await hr.put("/api/v1/catalogue/2027/limits", json=limits)).status_code == 200
    terms = {"seats": 4, "price": "1500000", "reason": "Kelas paralel."}
    assert (await hr.put("/api/v1/courses/t1/terms", json=terms)).status_code == 200
    await give_up(site.stack.sessions, "ani", "dewi")
    hook = (await hr.post("/api/v1/webhooks", json={"url": "https://93.184.215.14/jenjang"})).json()["id"]
    assert (await hr.post(f"/api/v1/webhooks/{hook}/secret", json={})).status_code == 201
    ani = await site.stack.visitor("ani")
    await ani.post(f"/api/v1/cycles/{cycle}/rules/questions", json={"text": "Apa arti bobot?"})
    names = {"cycle": cycle, "report": report, "request": request, "departure": departure, "hook": hook}
    await visit.sign_in(who, officer)
    await seen_on_both(visit, f"{who or officer}-welcome")
    for path in paths:
        await visit.to(path.format(**names))
        await expect(visit.page.locator("h1")).to_have_count(1)
        picture = path.format(**{name: name[0] for name in names}).replace("/", "-")
        await seen_on_both(visit, f"{who or officer}{picture}")
    await visit.page.locator(".account-menu > summary").click()
    await seen_on_both(visit, f"{who or officer}-menu")
    await visit.page.locator("form[action='/language'] button").first.click()
    await expect(visit.page.locator("html")).to_have_attribute("lang", "en")
    await seen_on_both(visit, f"{who or officer}-english")
