"""A span for each request: the beginning of a trace."""

from fastapi.telemetry import TelemetryConfig
from opentelemetry.context import Context
from opentelemetry.trace import SpanKind, Status, StatusCode, use_span
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from adapters.spans import TRACER
from api.observe import QUIET
from api.readings import route_of

THEIRS: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False, "auto_configure": False}
"""What FastAPI tells by itself: nothing. Its spans hold whole addresses, and those hold names that somebody searched for and
the secrets of sign-in links."""


class Traced:
    """Begins a trace. Nobody outside continues one of his own here: he would decide how much is kept.

    A live page is answered with its first byte; what follows, nobody waits for.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in QUIET:
            await self._app(scope, receive, send)
            return
        status, request_id = 500, ""

        async def answer(message: Message) -> None:
            nonlocal status, request_id
            if message["type"] == "http.response.start":
                headers = Headers(scope=message)
                status, request_id = message["status"], headers.get("x-request-id", "")
                if headers.get("content-type", "").startswith("text/event-stream"):
                    end()
            await send(message)

        def end() -> None:
            if span.is_recording():
                route = route_of(scope)
                span.update_name(f"{scope['method']} {route}")
                about = {"http.request.method": scope["method"], "http.route": route, "jenjang.request_id": request_id}
                span.set_attributes({**about, "http.response.status_code": status})
                if status >= 500:
                    span.set_status(Status(StatusCode.ERROR))
                span.end()

        span = TRACER.start_span(scope["method"], Context(), SpanKind.SERVER)
        with use_span(span, record_exception=False, set_status_on_exception=False):
            try:
                await self._app(scope, receive, answer)
            finally:
                end()
