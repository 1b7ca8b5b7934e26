"""A real, conforming provider in a process of its own: there and back by hand, and nothing of it works twice."""

from urllib.parse import urljoin

import httpx2
from temporalio.testing import WorkflowEnvironment

from tests import agency
from tests.sso.provider import REALM, provider
from tests.sso.signing import ANI, SITE, no_session
from tests.stack import running

PEOPLE = {"a-1": {"nip": ANI}, "x-1": {"nip": "9" * 18}}


async def sign_in_there(url: str, account: str) -> str:
    """A person at the provider; the address that it sends the browser back to."""
    async with httpx2.AsyncClient(trust_env=False) as browser:
        for _ in range(8):
            answer = await browser.get(url)
            if answer.status_code == 200:  # the form
                answer = await browser.post(url, data={"account": account})
            url = urljoin(url, answer.headers["location"])
            if url.startswith(SITE):
                return url
    raise AssertionError(f"the provider never came back, but went to {url}")


async def test_a_conforming_provider_signs_in_once_and_its_end_shuts_nobody_out(
    server: WorkflowEnvironment, database_url: str
) -> None:
    async with provider(SITE, PEOPLE, in_token=False) as settings:
        assert settings["oidc_issuer"].endswith(REALM)
        async with running(server.client, database_url, **settings) as stack:
            await agency.build(stack.sessions)
            browser, another = await stack.visitor(), await stack.visitor()
            there = (await browser.get("/sign-in/sso?next=/inbox")).headers["location"]
            back = await sign_in_there(there, "a-1")
            assert (await another.get("/sign-in/sso")).status_code == 303
            no_session(await another.get(back), another, 400, "masuk ini sudah berakhir")
            answer = await browser.get(back)
            assert (answer.status_code, answer.headers["location"]) == (303, "/inbox")
            assert (await browser.get("/api/v1/me")).json()["id"] == "ani"
            no_session(await another.get(back), another, 400, "masuk ini sudah berakhir")
            # its code again, by whoever has seen it and has a state of his own
            fresh = (await another.get("/sign-in/sso")).headers["location"]
            used, state = httpx2.URL(back).params, httpx2.URL(fresh).params["state"]
            again = await another.get("/sign-in/sso/return", params=used.set("state", state))
            no_session(again, another, 400, "masuk ini sudah berakhir")
            for account, words in (("x-1", "Tanyakan kepada Kepegawaian"), ("nobody", "tidak meloloskan Anda")):
                there = (await another.get("/sign-in/sso")).headers["location"]
                no_session(await another.get(await sign_in_there(there, account)), another, 403, words)
    # the provider has ended
    async with running(server.client, database_url, **settings) as stack:
        browser = await stack.visitor()
        no_session(await browser.get("/sign-in/sso"), browser, 503, "tidak menjawab")
