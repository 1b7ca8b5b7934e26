"""SIASN's double, for rehearsals and tests: a real web server that behaves as the real one does, its faults included.

Two tokens that end; histories that are read under other names than they are written; one record for each person and year, or
period, but a new one for each course that names none; refusals in SIASN's own style; and, as far as `Faults` says, errors,
maintenance, too many requests, slowness, and answers that are lost after the record was written. Nobody meets it outside: it
listens on this machine alone. What the records hold: siasn_records.py.
"""

import asyncio
import base64
import secrets
import time
import uuid
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from demo.siasn_records import ANNUAL, PERSON, SAVES, YEAR_OF, Place, given_back, which, wrong_with

BASE, TOKEN, SSO = "/apisiasn/1.0", "/oauth2/token", "/auth/realms/public-siasn/protocol/openid-connect/token"
CODES = Path(__file__).with_name("siasn_codes.toml")
CLIENTS = {TOKEN: ("jenjang", "kunci-mws"), SSO: ("jenjang-sso", "kunci-sso")}
Handler = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True)
class Faults:
    """How often (of 1) a request ends in which way, by the dice of `seed`; how long a token lasts, and an answer takes."""

    broken: float = 0.0
    lost: float = 0.0
    closed: float = 0.0
    busy: float = 0.0
    lasts: float = 3600.0
    slow: float = 0.0
    seed: int = 0


@dataclass
class Double:
    """SIASN as it stands: `records` by place, `writes` of each, people it does not know or does not let be written."""

    faults: Faults = field(default_factory=Faults)
    url: str = ""
    records: dict[Place, dict[str, Any]] = field(default_factory=dict)
    writes: Counter[Place] = field(default_factory=Counter)
    people: dict[str, str] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    answers: Counter[str] = field(default_factory=Counter)
    tokens: dict[str, dict[str, float]] = field(default_factory=lambda: {TOKEN: {}, SSO: {}})
    asked: Counter[str] = field(default_factory=Counter)

    def settings(self, codes: Path | None = CODES) -> dict[str, Any]:
        """What an installation is told to find this SIASN."""
        (manager, key), (sso, secret) = CLIENTS[TOKEN], CLIENTS[SSO]
        return {
            "siasn_loopback": True,
            "siasn_url": f"{self.url}{BASE}",
            "siasn_token_url": f"{self.url}{TOKEN}",
            "siasn_id": manager,
            "siasn_secret": key,
            "siasn_sso_url": f"{self.url}{SSO}",
            "siasn_sso_id": sso,
            "siasn_sso_secret": secret,
            "siasn_codes": codes,
        }

    def person(self, nip: str) -> str:
        """SIASN's own id of somebody."""
        return self.people.setdefault(nip, str(uuid.uuid5(uuid.NAMESPACE_OID, nip)))

    def of(self, nip: str, year: int, kind: str = ANNUAL) -> list[dict[str, Any]]:
        """The records of somebody for a year."""
        mine = [one for (history, who, _), one in self.records.items() if (history, who) == (kind, self.person(nip))]
        return [one for one in mine if str(one[YEAR_OF.get(kind, "tahun")]) == str(year)]

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                *(Route(path, self._token, methods=["POST"]) for path in CLIENTS),
                Route(f"{BASE}/pns/data-utama/{{nip}}", self._guarded(self._main_data)),
                Route(f"{BASE}/pns/{{history}}/{{nip}}", self._guarded(self._history)),
                *(
                    Route(f"{BASE}/{path}", self._guarded(self._saver(kind)), methods=["POST"])
                    for kind, path in SAVES.items()
                ),
            ]
        )

    async def _token(self, request: Request) -> Response:
        path = request.url.path
        given = base64.b64decode(request.headers.get("authorization", "").removeprefix("Basic ")).decode()
        form = await request.form()
        if tuple(given.split(":", 1)) != CLIENTS[path] or form.get("grant_type") != "client_credentials":
            return JSONResponse({"error": "invalid_client", "error_description": "Client Authentication failed."}, 401)
        made = secrets.token_urlsafe(24)
        self.tokens[path][made] = time.monotonic() + self.faults.lasts
        self.answers["tokens"] += 1
        return JSONResponse({"access_token": made, "token_type": "Bearer", "expires_in": self.faults.lasts})

    def _guarded(self, handle: Handler) -> Handler:
        """Look at both tokens, throw the dice, then answer; or answer, and lose it on the way."""

        async def guarded(request: Request) -> Response:
            if not (self._valid(request, "authorization", TOKEN) and self._valid(request, "auth", SSO)):
                return self._said(401, {"fault": {"code": 900901, "message": "Invalid Credentials"}})
            await asyncio.sleep(self.faults.slow)
            fate = await self._fate(request)
            if fate == "closed":
                return self._said(503, {"fault": {"code": 700700, "message": "API blocked"}})
            if fate == "busy":
                return self._said(429, {"fault": {"code": 900802, "message": "Message throttled out"}})
            if fate == "broken":
                return self._said(500, "<html>Internal Server Error</html>")
            answer = await handle(request)
            return self._said(500, "<html>Bad Gateway</html>") if fate == "lost" else answer

        return guarded

    def _valid(self, request: Request, header: str, path: str) -> bool:
        token = request.headers.get(header, "").removeprefix("Bearer ")
        return self.tokens[path].get(token, 0.0) > time.monotonic()

    async def _fate(self, request: Request) -> str:
        """The dice fall by what is asked and how often it was, so that the same seed is the same day in whatever order."""
        asked = f"{request.method} {request.url.path} {(await request.body()).decode()}"
        self.asked[asked] += 1
        dice, faults = Random(f"{self.faults.seed} {asked} {self.asked[asked]}").random(), self.faults
        for name in ("broken", "lost", "closed", "busy"):
            dice -= getattr(faults, name)
            if dice < 0:
                return name
        return ""

    def _said(self, status: int, body: Any) -> Response:
        self.answers[str(status)] += 1
        return JSONResponse(body, status) if isinstance(body, dict) else Response(body, status, media_type="text/html")

    async def _main_data(self, request: Request) -> Response:
        nip = request.path_params["nip"]
        if nip in self.unknown or not nip.isdecimal():
            return self._said(404, {"code": 0, "message": "Data tidak ditemukan"})
        return self._said(200, {"code": 1, "data": {"id": self.person(nip), "nipBaru": nip, "nik": "0" * 16}})

    async def _history(self, request: Request) -> Response:
        kind, who = request.path_params["history"], self.person(request.path_params["nip"])
        found = [one for (history, person, _), one in self.records.items() if (history, person) == (kind, who)]
        if not found:
            return self._said(200, {"code": 0, "message": "Data tidak ditemukan"})
        read = [given_back(kind, one) for one in found]
        return self._said(200, {"code": 1, "count": len(read), "data": read})

    def _saver(self, kind: str) -> Handler:
        async def save(request: Request) -> Response:
            body: dict[str, Any] = await request.json()
            wrong = wrong_with(kind, body, frozenset(self.people.values()))
            if wrong:
                listed = "".join(f"\n\t* {one}" for one in wrong)
                return self._said(200, {"code": 0, "message": f"{len(wrong)} errors occurred:{listed}"})
            who = str(body[PERSON[kind]])
            if who in {self.person(nip) for nip in self.refused}:
                return self._said(400, {"success": False, "message": "Pegawai tidak aktif pada instansi Anda"})
            fresh = str(body.get("id") or uuid.uuid4())
            place = (kind, who, which(kind, body, fresh))
            self.records[place] = {**body, "id": self.records.get(place, {}).get("id") or fresh}
            self.writes[place] += 1
            made = {"rwId": self.records[place]["id"]}
            return self._said(200, {"code": 1, "success": True, "message": "success", "mapData": made})

        return save


@asynccontextmanager
async def siasn(faults: Faults | None = None, port: int = 0) -> AsyncIterator[Double]:
    """SIASN's double on this machine, on a free port unless one is given, for as long as the block lasts."""
    double = Double(faults or Faults())
    config = uvicorn.Config(
        double.app(), host="127.0.0.1", port=port, lifespan="off", log_config=None, access_log=False
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.02)
    double.url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    try:
        yield double
    finally:
        server.should_exit = True
        await serving
