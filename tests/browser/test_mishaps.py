"""What goes wrong between people and pages: double clicks, two tabs, closed tabs, sessions that end. Nothing typed is lost."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.async_api import Locator, expect
from sqlalchemy import update

from adapters.database.columns import table_of
from adapters.database.tables import desk
from appraisal.vocabulary import Step
from tests.api.scene import bring
from tests.api.test_appraisal_api import launch
from tests.browser.conftest import DESK, PHONE, PLAIN_PHONE, Site, Visit, seen

REASON, PASSWORD = "Kurang.", "kereta api malam"


pytestmark = pytest.mark.devices(PHONE, PLAIN_PHONE)
"""Mishaps happen alike on every screen."""


async def approval(visit: Visit, site: Site) -> tuple[str, Locator]:
    """Budi, with the targets of Ani open before him; and the cycle."""
    cycle = await launch(site.stack, people=["ani"])
    await bring(site.stack, cycle, Step.APPROVAL)
    await visit.sign_in("budi")
    return cycle, await opened(visit, cycle)


async def opened(visit: Visit, cycle: str) -> Locator:
    await visit.to(f"/waiting/{cycle}/ani")
    item = visit.page.locator(f"#item-{cycle}-ani")
    await expect(item.locator("[name=reason]")).to_be_visible()
    return item


async def events(site: Site, cycle: str) -> list[dict[str, Any]]:
    budi = await site.stack.visitor("budi")
    found: list[dict[str, Any]] = (await budi.get(f"/api/v1/appraisals/{cycle}/ani/events")).json()
    return found


async def test_a_double_click_counts_once(visit: Visit, site: Site) -> None:
    cycle, item = await approval(visit, site)
    await item.locator("button[value=approve]").dblclick()
    await expect(visit.page.get_by_role("status").filter(has_text="Ani Contoh")).to_be_visible()
    assert [event["kind"] for event in await events(site, cycle)].count("approve_targets") == 1
    await expect(visit.page.get_by_role("alert")).to_have_count(0)


async def test_a_page_out_of_date_is_answered_kindly_and_gives_the_text_back(visit: Visit, site: Site) -> None:
    cycle, item = await approval(visit, site)
    elsewhere = await site.stack.visitor("budi")
    answer = await elsewhere.post(f"/api/v1/appraisals/{cycle}/ani/approval", json={"decision": "approve"})
    assert answer.status_code == 200, answer.text
    before = await events(site, cycle)
    await item.locator("[name=reason]").fill(REASON)
    await item.locator("button[value=return]").click()
    await expect(visit.page.get_by_role("alert")).to_be_visible()
    await expect(visit.page.locator("textarea[readonly]")).to_have_value(REASON)
    await seen(visit, "overtaken")
    assert await events(site, cycle) == before
    await visit.page.get_by_role("alert").get_by_role("link").click()
    await visit.page.wait_for_url("**/waiting")


async def test_a_draft_survives_leaving_the_page(visit: Visit, site: Site, scripted: bool) -> None:
    cycle, item = await approval(visit, site)
    await item.locator("[name=reason]").fill(REASON)
    if scripted:
        await expect(item.locator(".saved")).to_contain_text("Tersimpan")
        await expect(item.locator(".no-js")).to_be_hidden()
    else:
        await item.locator("button[value=draft]").click()
        await expect(visit.page.locator(".alert-success")).to_be_visible()
    item = await opened(visit, cycle)
    await expect(item.locator("[name=reason]")).to_have_value(REASON)
    assert "approve_targets" not in [event["kind"] for event in await events(site, cycle)]


@pytest.mark.devices(PHONE)
async def test_a_session_that_ended_leaves_the_form_where_it_is(visit: Visit, site: Site) -> None:
    cycle, item = await approval(visit, site)
    session = next(cookie for cookie in await visit.context.cookies() if cookie["name"] == "jenjang")
    await site.stack.services.accounts.revoke(str(session["value"]), datetime.now(UTC))
    await item.locator("[name=reason]").fill(REASON)
    await item.locator("button[value=return]").click()
    await expect(visit.page.get_by_role("alert").first).to_be_visible()
    await expect(item.locator("[name=reason]")).to_have_value(REASON)
    await visit.context.new_page()
    tab = Visit(visit.context, visit.context.pages[-1], site)
    await tab.sign_in("budi")
    await item.locator("button[value=return]").click()
    await expect(visit.page.get_by_role("status").filter(has_text="Ani Contoh")).to_be_visible()
    assert (await events(site, cycle))[-1]["reason"] == REASON


@pytest.mark.devices(DESK, PLAIN_PHONE)
async def test_a_form_sent_after_the_time_out_comes_back_after_signing_in(visit: Visit, site: Site) -> None:
    """The page lay open over lunch. Nothing was sent, nothing is lost, and nothing is sent without asking."""
    cycle, page, long_reason = (await approval(visit, site))[0], visit.page, 'Target 2 "luas" & belum terukur.'
    account = await site.stack.services.accounts.of_person("budi", datetime.now(UTC))
    assert account
    await site.stack.services.accounts.set_password(account, PASSWORD, (await mine(site, account)))
    await visit.to(f"/appraisals/{cycle}/ani")
    await page.locator("[name=reason]").fill(long_reason)
    await grow_idle(site, account)
    await page.locator("button[value=return]").click()
    await expect(page.get_by_role("alert").filter(has_text="tersimpan")).to_be_visible()
    await seen(visit, "time-out")
    await page.locator("#login").fill("budi@contoh.example")
    await page.locator("#password").fill(PASSWORD)
    await page.locator("main form button").click()
    await expect(page.locator("blockquote")).to_have_text(long_reason)
    await seen(visit, "send-again")
    assert "return_targets" not in [event["kind"] for event in await events(site, cycle)]
    await page.locator("main form button").click()
    await page.wait_for_url(f"**/appraisals/{cycle}/ani")
    assert (await events(site, cycle))[-1]["reason"] == long_reason


async def mine(site: Site, account: str) -> str:
    (session,) = await site.stack.services.credentials.sign_ins(account, datetime.now(UTC))
    return session.id


async def grow_idle(site: Site, account: str) -> None:
    """As if nobody had clicked for two hours."""
    credential, long_ago = table_of(desk.Credential), datetime.now(UTC) - timedelta(hours=2)
    async with site.stack.sessions.begin() as session:
        change = update(credential).where(credential.c.account_id == account)
        await session.execute(change.values(used_at=long_ago, created_at=long_ago))
