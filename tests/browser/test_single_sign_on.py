"""Somebody signs in at a real provider, lands where he wanted to go, and signs out at both."""

import asyncio
import socket
from collections.abc import AsyncIterator

import pytest
import uvicorn
from playwright.async_api import expect
from temporalio.testing import WorkflowEnvironment

from tests import agency
from tests.browser.conftest import DESK, PHONE, Site, Visit, seen
from tests.sso.provider import provider
from tests.sso.signing import ANI
from tests.stack import running

PEOPLE = {"a-1": {"nip": ANI, "name": "Ani Contoh"}, "x-1": {"nip": "9" * 18}}


@pytest.fixture
async def site(server: WorkflowEnvironment, database_url: str) -> AsyncIterator[Site]:
    """The tiny agency with a provider, which must know its address before it serves: so the port is taken first."""
    listening = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    async with (
        provider(url, PEOPLE, in_token=True) as settings,
        running(server.client, database_url, **settings) as stack,
    ):
        await agency.build(stack.sessions)
        served = uvicorn.Server(uvicorn.Config(stack.app, lifespan="off", log_level="warning"))
        serving = asyncio.create_task(served.serve(sockets=[listening]))
        yield Site(stack, url)
        served.should_exit = True
        await serving


@pytest.mark.slow
@pytest.mark.devices(PHONE, DESK)
async def test_one_signs_in_at_the_agency_and_out_at_both(visit: Visit, site: Site) -> None:
    page, provider_of = visit.page, site.stack.settings.oidc_issuer
    await visit.to("/inbox")
    await page.wait_for_url("**/sign-in?next=%2Finbox")
    await seen(visit, "sso-sign-in")
    await page.get_by_role("link", name="Masuk dengan SSO ASN").click()
    await page.get_by_label("Akun").fill("x-1")
    await page.get_by_role("button", name="Masuk").click()
    await expect(page.get_by_role("alert")).to_contain_text("Tanyakan kepada Kepegawaian")
    await seen(visit, "sso-nobody")
    await page.get_by_role("link", name="English").click()
    await seen(visit, "sso-sign-in-english")
    await visit.to("/sign-in?next=/inbox")
    await page.get_by_role("link", name="Pakai akun lain").click()  # that one would go on by itself
    await page.get_by_label("Akun").fill("a-1")
    await page.get_by_role("button", name="Masuk").click()
    await page.wait_for_url(f"{site.url}/inbox")
    await expect(page.locator(".account-name")).to_have_text("Ani Contoh")
    await page.locator(".account-menu > summary").click()
    await page.get_by_role("button", name="Keluar").click()
    await page.wait_for_url(f"{provider_of}/session/end?**")
    await page.get_by_role("button", name="Ya, keluar").click()
    await page.wait_for_url(f"{site.url}/sign-in**")
    await expect(page.get_by_role("status")).to_have_text("Anda telah keluar.")
    await visit.to("/inbox")
    await page.get_by_role("link", name="Masuk dengan SSO ASN").click()
    await expect(page.get_by_label("Akun")).to_be_visible()  # neither here nor there is anybody signed in
    hr = await site.stack.visitor(officer="hr")
    (link,) = (await hr.get("/api/v1/identities")).json()
    await visit.context.clear_cookies()
    await visit.sign_in(officer="hr")
    for name, path in (("people", "/people"), ("identities", "/people/identities")):
        await visit.to(path)
        await seen(visit, f"sso-{name}")
    await page.get_by_role("button", name="Akhiri hubungan").click()
    await expect(page.get_by_role("status")).to_contain_text("Hubungan itu diakhiri")
    await seen(visit, "sso-unlinked")
    assert link["subject"] == "a-1"
