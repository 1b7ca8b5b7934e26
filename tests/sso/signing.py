"""A Jenjang that trusts a provider, and browsers that go there and come back."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
from sqlalchemy import delete, func, select, update

from adapters.database.columns import table_of
from adapters.database.tables import desk, sign_on, signing_in
from tests.sso.forger import KEYS, Forger, unchanged
from tests.stack import Stack

SITE = "http://jenjang.test"
ANI, BUDI = f"{4:018d}", f"{3:018d}"
"""Their NIPs, as tests.agency writes them."""
FORM = {"sec-fetch-site": "same-origin"}
PASSWORD = "kereta api malam"
CREDENTIAL, IDENTITY, WAY = table_of(desk.Credential), table_of(sign_on.Identity), table_of(sign_on.SignOnWay)
SECOND_STEP = table_of(signing_in.RecoveryCode), table_of(signing_in.SecondStep)
OPENED = table_of(sign_on.SignOnSession)


@dataclass
class Signing:
    """A Jenjang and the provider that it trusts."""

    stack: Stack
    forger: Forger

    async def there(self, browser: httpx2.AsyncClient, query: str = "") -> dict[str, str]:
        """What Jenjang asks of the provider, which remembers the nonce."""
        sent = await browser.get(f"/sign-in/sso{query}")
        assert sent.status_code == 303, sent.text
        url = urlsplit(sent.headers["location"])
        assert f"{url.scheme}://{url.netloc}{url.path}" == f"{self.forger.issuer}/auth"
        asked = {name: value for name, (value,) in parse_qs(url.query).items()}
        self.forger.nonce = asked["nonce"]
        return asked

    async def back(self, browser: httpx2.AsyncClient, state: str, code: str = "c", **more: str) -> httpx2.Response:
        given = {"state": state, "code": code, "iss": self.forger.issuer, **more}
        return await browser.get("/sign-in/sso/return", params={name: text for name, text in given.items() if text})

    async def through(self, query: str = "", **person: Any) -> tuple[httpx2.AsyncClient, httpx2.Response]:
        """A new browser goes there and comes back as this person."""
        browser = await self.stack.visitor()
        asked = await self.there(browser, query)
        self.forger.person = person
        return browser, await self.back(browser, asked["state"], code=asked["state"])

    async def opened(self) -> tuple[int, int]:
        """How many sessions and how many links there are."""
        async with self.stack.sessions() as session:
            counts = [await session.scalar(select(func.count()).select_from(one)) for one in (CREDENTIAL, IDENTITY)]
        return counts[0] or 0, counts[1] or 0

    def forget(self) -> None:
        """As after a restart: the provider is asked again what it is."""
        provider = self.stack.services.provider
        assert provider
        provider._read = None

    async def anew(self) -> None:
        """As if nobody had ever signed in, and with an honest provider."""
        async with self.stack.sessions.begin() as session:
            for table in (OPENED, IDENTITY, CREDENTIAL, WAY, *SECOND_STEP):
                await session.execute(delete(table))
            await session.execute(
                update(table_of(desk.Account)).values(disabled=False, language="id", second_step_at=None)
            )
        double = self.forger
        double.token, double.other, double.told, double.keys, double.down = unchanged, {}, {}, KEYS, False
        self.forget()


def no_session(answer: httpx2.Response, browser: httpx2.AsyncClient, status: int, words: str) -> None:
    """The sign-in page with these words, by which nobody is signed in, and where a password still opens."""
    assert answer.status_code == status, answer.text
    assert words in answer.text
    assert 'name="password"' in answer.text
    assert browser.cookies.get("jenjang") is None
