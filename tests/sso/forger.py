"""A provider that says whatever a test wants: other tokens, other keys, other addresses, or nothing."""

import asyncio
import base64
import hmac
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey
from joserfc.jws import JWSRegistry
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.sso.provider import CLIENT, REALM

OURS = RSAKey.generate_key(2048, {"kid": "rsa", "use": "sig"})
ANOTHER = RSAKey.generate_key(2048, {"kid": "rsa", "use": "sig"})
"""Has the name of ours."""
CURVE = ECKey.generate_key("P-256", {"kid": "ec", "use": "sig"})
KEYS = {"keys": [key.as_dict(private=False) for key in (OURS, CURVE)]}
NEXT_KEYS = {"keys": [{**ANOTHER.as_dict(private=False), "kid": "next"}]}
EVERY = JWSRegistry(algorithms=["RS256", "ES256"], strict_check_header=False)


@dataclass
class Token:
    """A token before it is signed: right, until a test changes it."""

    claims: dict[str, Any]
    header: dict[str, Any] = field(default_factory=lambda: {"alg": "RS256", "kid": "rsa"})
    key: RSAKey | ECKey = field(default_factory=lambda: OURS)
    sign: Callable[[bytes], bytes] | None = None
    """Signs in a way that no honest library offers."""

    def signed(self) -> str:
        if self.sign is None:
            return jwt.encode(self.header, self.claims, self.key, registry=EVERY)
        text = b".".join(_part(json.dumps(part).encode()) for part in (self.header, self.claims))
        return b".".join((text, _part(self.sign(text)))).decode()


def _part(content: bytes) -> bytes:
    return base64.urlsafe_b64encode(content).rstrip(b"=")


Change = Callable[[Token], Any]


def unchanged(_: Token) -> None:
    """The token as it should be."""


@dataclass
class Forger:
    """What it answers. `token` changes the next tokens, `other` single fields of the description or of the token's answer."""

    url: str = ""
    nonce: str = ""
    person: dict[str, Any] = field(default_factory=dict)
    token: Change = unchanged
    other: dict[str, Any] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)
    keys: dict[str, Any] = field(default_factory=lambda: KEYS)
    down: bool = False
    used: set[str] = field(default_factory=set)

    @property
    def issuer(self) -> str:
        return f"{self.url}{REALM}"

    def app(self) -> Starlette:
        routes = {
            "/.well-known/openid-configuration": self._description,
            "/keys": self._keys,
            "/token": self._token,
            "/me": self._me,
        }
        return Starlette(routes=[Route(REALM + path, act, methods=["GET", "POST"]) for path, act in routes.items()])

    async def _description(self, request: Request) -> Response:
        places = {"authorization": "auth", "token": "token", "userinfo": "me", "end_session": "out"}
        said = {f"{name}_endpoint": f"{self.issuer}/{path}" for name, path in places.items()}
        said |= {"issuer": self.issuer, "jwks_uri": f"{self.issuer}/keys"}
        return self._said({**said, "authorization_response_iss_parameter_supported": True, **self.other})

    async def _keys(self, request: Request) -> Response:
        return self._said(self.keys)

    async def _me(self, request: Request) -> Response:
        return self._said(self.told)

    async def _token(self, request: Request) -> Response:
        code = str((await request.form())["code"])
        if code in self.used:
            return JSONResponse({"error": "invalid_grant"}, 400)
        self.used.add(code)
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": self.nonce, **self.person}
        token = Token(claims)
        self.token(token)
        answer = {"access_token": "a", "token_type": "Bearer", "id_token": token.signed()}
        if "moved" in self.other:
            return RedirectResponse(str(self.other["moved"]), 307)
        return self._said({**answer, **self.other.get("answer", {})})

    def _said(self, document: dict[str, Any]) -> Response:
        return Response("<h1>Pemeliharaan</h1>", 503) if self.down else JSONResponse(document)


def unsigned(token: Token) -> None:
    token.header, token.sign = {"alg": "none"}, lambda _: b""


def by_our_public_key(token: Token) -> None:
    """What everybody knows, taken for a secret that two share."""
    token.header = {"alg": "HS256", "kid": "rsa"}
    token.sign = lambda text: hmac.digest(OURS.as_pem(private=False), text, "sha256")


def by_another_kind(token: Token) -> None:
    token.header, token.key = {"alg": "ES256", "kid": "ec"}, CURVE


def by_another(token: Token) -> None:
    token.key = ANOTHER


def by_the_next_key(token: Token) -> None:
    token.header["kid"], token.key = "next", ANOTHER


@asynccontextmanager
async def forger() -> AsyncIterator[Forger]:
    """The forger on this machine, on a free port."""
    made = Forger()
    config = uvicorn.Config(made.app(), host="127.0.0.1", port=0, lifespan="off", log_config=None, access_log=False)
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    async with asyncio.timeout(20):
        while not server.started:
            await asyncio.sleep(0.02)
    made.url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    try:
        yield made
    finally:
        server.should_exit = True
        await serving
