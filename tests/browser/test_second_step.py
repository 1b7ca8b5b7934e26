"""The pages of the second step, one after the other, as an officer sees them."""

import re
from datetime import UTC, datetime

import pytest
from playwright.async_api import expect

from adapters import one_time_codes
from api.services import Services
from tests.browser.conftest import DESK, PHONE, Site, Visit, seen


@pytest.mark.devices(PHONE, DESK)
async def test_the_second_step_is_set_up_and_asked_for_without_a_barrier(
    visit: Visit, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the pages that lie between two forms: the picture for the app, the recovery codes, the code at the door."""
    services, password, now = site.stack.services, "kereta api malam", datetime.now(UTC)
    monkeypatch.setattr(Services, "now", lambda _: now)  # a code lasts half a minute, and the machine may be busy
    account = await services.accounts.officer("hr", now)
    await services.accounts.set_password(account, password)
    await visit.sign_in(officer="hr")
    await visit.to("/account/second-step")
    await seen(visit, "second-step")
    await visit.page.locator("main form button").click()
    await expect(visit.page.locator("main .qr svg")).to_be_visible()
    await seen(visit, "second-step-picture")
    secret = await services.second_steps.unconfirmed(account)
    assert secret
    step = one_time_codes.step_of(now)
    await visit.page.locator("#code").fill(one_time_codes.code_at(secret, step))
    await visit.page.locator("main form button").click()
    await expect(visit.page.locator("main ol code")).to_have_count(8)
    spare = await visit.page.locator("main ol code").first.inner_text()
    await seen(visit, "recovery-codes")
    await visit.to("/account/keys")
    await visit.page.locator("#name").fill("Aplikasi gaji")
    await visit.page.locator("#scope_read").check()
    await visit.page.locator("#days").select_option("90")
    await visit.page.locator("main form.panel button").click()
    await expect(visit.page.locator("#secret")).to_have_value(re.compile("^jenjang_"))
    await seen(visit, "key-made")
    await visit.to("/account/second-step")
    await seen(visit, "second-step-set-up")
    await visit.page.locator(".account-menu > summary").click()
    await visit.page.locator("form[action='/sign-out'] button").click()
    await visit.page.locator("#login").fill("hr")
    await visit.page.locator("#password").fill(password)
    await visit.page.locator("main form button").click()
    await expect(visit.page.locator("#code")).to_be_visible()
    await seen(visit, "code-asked")
    await visit.page.locator("#code").fill(spare)
    await visit.page.locator("main form button").click()
    await visit.page.wait_for_url("**/cycles")
