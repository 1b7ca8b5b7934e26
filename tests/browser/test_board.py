"""HR watches the board while people work: it changes by itself, and works as a plain page without JavaScript."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import expect
from sqlalchemy import update

from adapters.database.columns import table_of
from adapters.database.tables import process
from adapters.database.writes.troubles import SqlWatched
from appraisal.vocabulary import Step
from appraisal.watch import Kind, Trouble
from tests.api.scene import bring
from tests.api.test_appraisal_api import launch
from tests.browser.conftest import DESK, PLAIN_PHONE, Site, Visit, seen

pytestmark = pytest.mark.devices(DESK, PLAIN_PHONE)

APPRAISAL = table_of(process.Appraisal)


async def test_the_board_follows_what_a_supervisor_does_in_another_window(
    visit: Visit, site: Site, scripted: bool
) -> None:
    cycle = await launch(site.stack, people=["ani", "eko"])
    await bring(site.stack, cycle, Step.APPROVAL)
    await visit.sign_in(officer="hr")
    await visit.to("/board?step=approval")
    page = visit.page
    line = page.locator(f"#line-{cycle}-ani")
    await expect(line).to_contain_text("menunggu Budi Contoh")
    await expect(page.locator("#count-open")).to_have_text("2")
    await page.locator(f"#pick-{cycle}-ani").check()
    budi = await site.stack.visitor("budi")
    answer = await budi.post(f"/api/v1/appraisals/{cycle}/ani/approval", json={"decision": "approve"})
    assert answer.status_code == 200, answer.text
    if not scripted:
        await expect(line).to_be_visible()
        await page.reload()
    await expect(line).to_have_count(0)
    await expect(page.get_by_text("Tidak ada penilaian yang cocok")).to_be_visible()
    await seen(visit, "board-followed")


@pytest.mark.devices(DESK)  # without it nothing changes by itself
async def test_what_was_ticked_stays_ticked_when_the_rows_change(visit: Visit, site: Site) -> None:
    cycle = await launch(site.stack, people=["ani", "eko"])
    await visit.sign_in(officer="hr")
    await visit.to("/board")
    page = visit.page
    await page.locator(f"#pick-{cycle}-eko").check()
    await bring(site.stack, cycle, Step.APPROVAL)
    await expect(page.locator(f"#line-{cycle}-ani")).to_contain_text("menunggu Budi Contoh")
    await expect(page.locator(f"#pick-{cycle}-eko")).to_be_checked()
    await expect(page.locator(f"#pick-{cycle}-ani")).not_to_be_checked()
    assert site.stack.services.live.watched
    await visit.to("/inbox")
    async with asyncio.timeout(20):
        while site.stack.services.live.watched:
            await asyncio.sleep(0.1)


async def test_what_is_broken_is_seen_and_mended_from_the_board(visit: Visit, site: Site) -> None:
    cycle = await launch(site.stack, people=["ani", "eko", "gita"])
    now, gone = datetime.now(UTC), f"appraisal/{cycle}/ani"
    async with site.stack.sessions.begin() as session:
        late = {"since": now - timedelta(days=9), "due_at": now - timedelta(days=2), "updated_at": now}
        await session.execute(update(APPRAISAL).where(APPRAISAL.c.employee_id == "gita").values(**late))
    failing = Trouble(f"appraisal/{cycle}/eko", Kind.ACTIVITY_FAILS, "store_case: database or disk is full", 12)
    await SqlWatched(site.stack.sessions).keep((failing,), now)
    await site.stack.client.get_workflow_handle(gone).terminate()
    await visit.sign_in(officer="hr")
    await visit.to("/board")
    page = visit.page
    await expect(page.locator("#count-machine")).to_have_text("1")
    await seen(visit, "board")
    await page.get_by_role("button", name="Periksa sistem sekarang").click()
    await expect(page.locator("#count-disagree")).to_have_text("1")
    await expect(page.locator("#count-late")).to_have_text("1")
    await seen(visit, "board-broken")
    await page.get_by_role("link", name="Proses dan catatan tidak cocok").click()
    await page.get_by_role("button", name="Pulihkan penilaian ini").click()
    await expect(page.get_by_role("status").filter(has_text="dimulai lagi dari catatan: 1")).to_be_visible()
    await expect(page.locator("#count-disagree")).to_have_text("0")
    await visit.to("/board/figures")
    await seen(visit, "board-figures")
