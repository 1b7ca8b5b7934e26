"""The two tokens that SIASN wants with each request: one of its API manager (WSO2), one of its sign-in (SSO)."""

import asyncio
import time
from dataclasses import dataclass, field

import httpx2

from adapters.siasn.answers import Failed, body_of
from appraisal.siasn.push import Failure

MARGIN = 60.0
"""A token is renewed so many seconds before it ends, or when a tenth of its life is left, whichever is later."""


@dataclass(frozen=True, slots=True)
class Client:
    """Where a token is asked for, and as whom (OAuth 2, client_credentials)."""

    url: str
    id: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Token:
    """A token, and until when (monotonic seconds) it is used."""

    text: str = field(repr=False)
    until: float


class TokenSource:
    """One client's token, asked for when it is needed; many who need it at once ask once."""

    def __init__(self, client: Client) -> None:
        self._client, self._token, self._lock = client, Token("", 0.0), asyncio.Lock()

    async def get(self, http: httpx2.AsyncClient, refused: str = "") -> str:
        """A token that is valid for a while; another one than the one that was `refused`."""
        async with self._lock:
            if self._token.text == refused or time.monotonic() >= self._token.until:
                self._token = await self._ask(http)
            return self._token.text

    async def _ask(self, http: httpx2.AsyncClient) -> Token:
        form = {"grant_type": "client_credentials"}
        asked = time.monotonic()
        answer = await http.post(self._client.url, data=form, auth=(self._client.id, self._client.secret))
        if answer.status_code in (400, 401, 403):
            raise Failed(Failure.CREDENTIALS)
        found = body_of(answer)
        text, lasts = found.get("access_token"), found.get("expires_in", 0)
        if not (isinstance(text, str) and text and isinstance(lasts, int | float)):
            raise Failed(Failure.UNREADABLE)
        return Token(text, asked + lasts - min(MARGIN, lasts / 10))
