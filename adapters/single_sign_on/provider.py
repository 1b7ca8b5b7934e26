"""The agency's provider (OpenID Connect): sends people there, and asks it who came back.

Every request goes to the configured issuer's host, follows no redirect and uses no proxy of the environment.
"""

import asyncio
import secrets
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx2
from authlib.common.urls import add_params_to_uri
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from joserfc.jwk import KeySet

from adapters.single_sign_on.claims import ClaimNames, Named, named
from adapters.single_sign_on.metadata import Metadata, believed, place
from adapters.single_sign_on.refusals import Refusal, Refused
from adapters.single_sign_on.tokens import Expected, UnknownKey, keys_of, verified

PATIENCE = 10.0  # seconds for all that one page asks of the provider
FRESH = 3600.0
"""Seconds for which a description and its keys are used; a key that is not among them is asked for at once."""


@dataclass(frozen=True, slots=True)
class Registration:
    """What the provider knows Jenjang as. `returns_to` is where it sends people back, `algorithm` how it signs."""

    issuer: str
    client: str
    secret: str = field(repr=False)
    scopes: str
    algorithm: str
    claims: ClaimNames
    returns_to: str


@dataclass(frozen=True, slots=True)
class Way:
    """One way there and back: `state` returns with the person, `nonce` in the token, `verifier` proves that we sent them."""

    state: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    nonce: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48), repr=False)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who came back: `subject` never changes at this issuer, whom the claims name may. `token` is for the way out alone."""

    issuer: str
    subject: str
    named: Named
    token: str = field(repr=False)


class Provider:
    """The provider with what it said of itself last."""

    def __init__(self, registration: Registration) -> None:
        self._ours, self._tls = registration, httpx2.create_ssl_context(trust_env=False)
        self._read: tuple[float, Metadata] | None = None
        self._keys: KeySet | None = None

    async def way_there(self, way: Way, other: bool = False) -> str:
        """The address at which the provider signs people in; as somebody `other` than it would by itself."""
        async with self._asking() as http:
            metadata = await self._metadata(http)
            asked = {"prompt": "login"} if other else {}
            url, _ = http.create_authorization_url(
                metadata.authorization, state=way.state, nonce=way.nonce, code_verifier=way.verifier, **asked
            )
        return str(url)

    async def who(self, code: str, way: Way, issuer: str | None) -> Identity:
        """Who came back with this code; `issuer` is whose answer it says it is.

        Raises:
            Refused: the provider does not answer, does not know the code, or what it says is not to be trusted.
        """
        async with self._asking() as http:
            metadata = await self._metadata(http)
            if issuer != self._ours.issuer and (issuer is not None or metadata.names_itself):
                raise Refused(Refusal.UNTRUSTED, "iss of the answer")
            answer = await self._redeemed(http, metadata, code, way)
            token = answer.get("id_token")
            if not isinstance(token, str):
                raise Refused(Refusal.UNTRUSTED, "no id_token")
            claims = await self._claims(http, metadata, token, way)
            if self._ours.claims.nip not in claims and metadata.userinfo:
                claims = {**await self._told(http, metadata.userinfo, answer, claims["sub"]), **claims}
        return Identity(self._ours.issuer, claims["sub"], named(claims, self._ours.claims), token)

    async def way_out(self, token: str, back: str) -> str | None:
        """The address at which the provider ends its own session and sends people `back`; None where it has none."""
        async with self._asking() as http:
            metadata = await self._metadata(http)
        if metadata.end_session is None:
            return None
        asked = {"id_token_hint": token, "client_id": self._ours.client, "post_logout_redirect_uri": back}
        return str(add_params_to_uri(metadata.end_session, asked.items()))

    @asynccontextmanager
    async def _asking(self) -> AsyncIterator[AsyncOAuth2Client]:
        ours = self._ours
        client = AsyncOAuth2Client(
            ours.client,
            ours.secret,
            scope=ours.scopes,
            redirect_uri=ours.returns_to,
            code_challenge_method="S256",
            timeout=PATIENCE,
            verify=self._tls,
            follow_redirects=False,
            trust_env=False,
        )
        try:
            async with asyncio.timeout(PATIENCE), client as http:
                yield http
        except (httpx2.HTTPError, httpx2.InvalidURL, TimeoutError, ValueError) as silent:
            raise Refused(Refusal.DOWN, type(silent).__name__) from silent

    async def _metadata(self, http: AsyncOAuth2Client) -> Metadata:
        if self._read is None or time.monotonic() >= self._read[0]:
            found = believed(await _document(http, place(self._ours.issuer)), self._ours.issuer)
            self._read, self._keys = (time.monotonic() + FRESH, found), None
        return self._read[1]

    async def _redeemed(self, http: AsyncOAuth2Client, metadata: Metadata, code: str, way: Way) -> Mapping[str, Any]:
        try:
            answer = await http.fetch_token(
                metadata.token, grant_type="authorization_code", code=code, code_verifier=way.verifier
            )
        except OAuthError as refused:
            # The one says that the code is used, old or not ours; every other that the provider does not want Jenjang.
            stale = refused.error == "invalid_grant"
            raise Refused(Refusal.STALE if stale else Refusal.DECLINED, _word(refused.error)) from refused
        return dict(answer)

    async def _claims(self, http: AsyncOAuth2Client, metadata: Metadata, token: str, way: Way) -> dict[str, Any]:
        ours = self._ours
        expected = Expected(ours.issuer, ours.client, ours.algorithm, way.nonce)
        if self._keys is not None:
            try:
                return verified(token, self._keys, expected)
            except UnknownKey:
                pass  # it may have other keys by now
        self._keys = keys_of(await _document(http, metadata.keys))
        try:
            return verified(token, self._keys, expected)
        except UnknownKey as unknown:
            raise Refused(Refusal.UNTRUSTED, "unknown key") from unknown

    async def _told(
        self, http: AsyncOAuth2Client, url: str, answer: Mapping[str, Any], subject: str
    ) -> Mapping[str, Any]:
        """What the provider tells about this person when asked, beside what stands in the token."""
        found = await _document(http, url, {"authorization": f"Bearer {answer.get('access_token')}"})
        if found.get("sub") != subject:
            raise Refused(Refusal.UNTRUSTED, "sub of userinfo")
        return found


async def _document(http: AsyncOAuth2Client, url: str, headers: Mapping[str, str] | None = None) -> dict[str, Any]:
    answer = await http.request("GET", url, headers=headers, withhold_token=True)
    answer.raise_for_status()
    found = answer.json()
    if not isinstance(found, dict):
        raise ValueError("no object")
    return found


def _word(error: Any) -> str:
    """An error code of the provider as it may stand in a log."""
    return error if isinstance(error, str) and error.isidentifier() and len(error) <= 40 else "error"
