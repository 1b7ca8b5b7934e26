"""The span of a request: its route and ids, whatever its address says."""

from collections.abc import AsyncIterator

import httpx2
import pytest
from fastapi import APIRouter, FastAPI, Response
from fastapi.responses import StreamingResponse
from opentelemetry import trace

from api import traced
from api.observe import Observed
from api.traced import THEIRS, Traced
from tests.traces import Kept, Told

FROM_OUTSIDE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


def application(kept: Kept) -> FastAPI:
    app = FastAPI(telemetry=THEIRS)

    @app.get("/sign-in/link/{secret}")
    async def link(secret: str) -> Response:
        return Response(f"{secret} {trace.format_trace_id(trace.get_current_span().get_span_context().trace_id)}")

    router = APIRouter()

    @router.get("/cases/{case}")
    async def case(case: str) -> Response:
        return Response(case)

    app.include_router(router, prefix="/api/v1")

    @app.get("/broken")
    async def broken() -> Response:
        raise RuntimeError("Siti Aminah")

    @app.get("/live")
    async def live() -> Response:
        async def told() -> AsyncIterator[str]:
            yield f"data: {trace.get_current_span().is_recording()}\n\n"

        return StreamingResponse(told(), media_type="text/event-stream")

    @app.get("/healthz")
    async def healthz() -> Response:
        return Response("")

    app.add_middleware(Observed)
    app.add_middleware(Traced)
    return app


async def asked(monkeypatch: pytest.MonkeyPatch, path: str) -> tuple[list[Told], str]:
    kept = Kept()
    monkeypatch.setattr(traced, "TRACER", kept.tracer)
    transport = httpx2.ASGITransport(application(kept), raise_app_exceptions=False)
    headers = {"x-request-id": "click-1", "traceparent": FROM_OUTSIDE}
    async with httpx2.AsyncClient(transport=transport, base_url="http://test", headers=headers) as client:
        answer = await client.get(path)
    return kept.spans(), answer.text


async def test_a_request_begins_a_trace_and_its_address_stays_here(monkeypatch: pytest.MonkeyPatch) -> None:
    (request,), text = await asked(monkeypatch, "/sign-in/link/rahasia?search=Siti+Aminah")
    assert request.name == "GET /sign-in/link/{secret}"
    assert request.about == {
        "http.request.method": "GET",
        "http.route": "/sign-in/link/{secret}",
        "http.response.status_code": 200,
        "jenjang.request_id": "click-1",
    }
    assert text == f"rahasia {trace.format_trace_id(request.trace)}"
    assert not request.parent, "nobody outside decides what is kept"
    assert trace.format_trace_id(request.trace) not in FROM_OUTSIDE


async def test_a_page_and_its_twin_of_the_api_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    (request,), _ = await asked(monkeypatch, "/api/v1/cases/c1")
    assert request.name == "GET /api/v1/cases/{case}"


async def test_a_request_that_breaks_says_so_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    (request,), _ = await asked(monkeypatch, "/broken")
    assert (request.failed, request.about["http.response.status_code"]) == (True, 500)
    assert "Siti" not in repr(request)


async def test_a_live_page_is_answered_with_its_first_byte(monkeypatch: pytest.MonkeyPatch) -> None:
    (request,), text = await asked(monkeypatch, "/live")
    assert (request.name, text) == ("GET /live", "data: False\n\n")


async def test_nobody_waits_for_a_probe(monkeypatch: pytest.MonkeyPatch) -> None:
    assert await asked(monkeypatch, "/healthz") == ([], "")
