"""Seeing inside the API: is it alive, is it ready, how fast does it answer, and which log lines belong together."""

import re
import time
import uuid

import structlog
from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Histogram, generate_latest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from temporalio.service import RPCError

from api.readings import route_of
from api.services import Jenjang
from runtime.telemetry import bound

router = APIRouter(tags=["operation"])
log = structlog.get_logger(__name__)

REQUESTS = Counter("jenjang_http_requests_total", "Requests answered", ("method", "route", "status"))
SECONDS = Histogram("jenjang_http_request_seconds", "Time to the answer", ("method", "route"))
GIVEN_ID = re.compile(r"[A-Za-z0-9_.:-]{1,80}")
QUIET = ("/healthz", "/readyz", "/metrics")
REFUSED = (401, 403, 404)
NAMED, KEY = ("cycle", "employee", "unit", "person"), re.compile(r"[0-9a-z]{1,12}")
"""What a refused request was about, as far as an id in its address says it. Nothing else of an address is logged: it could
be a name, a NIP or a secret that somebody typed there."""


@router.get("/healthz")
async def healthz() -> dict[str, str]:
    """This process is alive."""
    return {"status": "ok"}


@router.get("/readyz", response_model=dict[str, str], responses={503: {"model": dict[str, str]}})
async def readyz(jenjang: Jenjang) -> Response:
    """Database and Temporal answer; 503 names the one that does not."""
    checks = {"database": await _database(jenjang), "temporal": await _temporal(jenjang)}
    return JSONResponse(checks, 200 if all(state == "ok" for state in checks.values()) else 503)


@router.get("/metrics", response_class=PlainTextResponse)
async def metrics(jenjang: Jenjang) -> Response:
    """Figures for Prometheus: of this process, and of the whole installation."""
    installation = await jenjang.vitals.figures(jenjang.now())
    return Response(generate_latest() + generate_latest(installation), media_type=CONTENT_TYPE_LATEST)


async def _database(jenjang: Jenjang) -> str:
    try:
        async with jenjang.reading() as session:
            await session.execute(text("select 1"))
    except (SQLAlchemyError, OSError):
        return "does not answer"
    return "ok"


async def _temporal(jenjang: Jenjang) -> str:
    try:
        serving = await jenjang.temporal.service_client.check_health()
    except RPCError:
        return "does not answer"
    return "ok" if serving else "does not serve"


class Observed:
    """Times each request, counts it by its route, and puts its id on every log line.

    Plain ASGI: the convenient kind of middleware costs as much as a small request does.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id, started, status = _request_id(scope), time.perf_counter(), 500

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-Id"] = request_id
            await send(message)

        with bound(request_id=request_id):
            try:
                await self._app(scope, receive, answer)
            finally:
                _count(scope, status, time.perf_counter() - started)


def _request_id(scope: Scope) -> str:
    given = Headers(scope=scope).get("x-request-id", "")
    return given if GIVEN_ID.fullmatch(given) else uuid.uuid4().hex


def _count(scope: Scope, status: int, seconds: float) -> None:
    route = route_of(scope)
    REQUESTS.labels(scope["method"], route, status).inc()
    SECONDS.labels(scope["method"], route).observe(seconds)
    if scope["path"] not in QUIET:
        told = {"method": scope["method"], "route": route, "status": status, "seconds": round(seconds, 4)}
        log.info("request", **told, **_who_and_what(scope, status))


def _who_and_what(scope: Scope, status: int) -> dict[str, str]:
    """Whose request it was, by id; and where it was refused, what it was about."""
    visitor, found = scope.get("state", {}).get("visitor"), scope.get("path_params", {})
    about = {name: found[name] for name in NAMED if KEY.fullmatch(str(found.get(name)))} if status in REFUSED else {}
    return {"who": visitor.id, **about} if visitor else about
