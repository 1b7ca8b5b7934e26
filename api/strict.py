"""What every JSON request must satisfy before anybody looks at it, and what it is told if it does not."""

from collections.abc import Callable, Coroutine
from dataclasses import fields, is_dataclass
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.params import Form
from fastapi.routing import APIRoute
from pydantic import BaseModel, WrapValidator
from pydantic_core import from_json
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import BAD_INPUT, Problem, render
from api.observe import HEADERS

Handler = Callable[[Request], Coroutine[Any, Any, Response]]
TOO_LARGE = Problem(413, "too_large", "The request is larger than is accepted here.", "", "Shorten the texts.")
NOT_JSON = Problem(
    415, "wrong_content_type", "The body is not declared as JSON.", "content-type", "Send application/json."
)
NULL = Problem(
    BAD_INPUT, "invalid_request", "A text holds the control character NUL.", "", "Remove it or type the text again."
)


class StrictRequest(Request):
    """Reads a body as RFC 8259 means it: UTF-8, no NaN or Infinity, no half characters, no NUL in a text."""

    async def json(self) -> Any:
        if hasattr(self, "_json"):
            return self._json
        body = await self.body()
        try:
            found = from_json(body, allow_inf_nan=False)
        except ValueError as wrong:
            remedy = f"Correct the JSON: {str(wrong)[:200]}."
            raise Problem(BAD_INPUT, "invalid_request", "The body is no valid JSON.", "", remedy) from wrong
        if b"\\u0000" in body and _holds_null(found):
            raise NULL
        self._json = found
        return found


class JsonRoute(APIRoute):
    """A route of the API."""

    def get_route_handler(self) -> Handler:
        proceed, reads_json = super().get_route_handler(), _reads_json(self)

        async def handle(request: Request) -> Response:
            if "%00" in request.url.query:
                raise NULL
            strict = StrictRequest(request.scope, request.receive)
            kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
            if reads_json and await strict.body():
                if kind != "application/json":
                    raise NOT_JSON
                await strict.json()
            return await proceed(strict)

        return handle


def _reads_json(route: APIRoute) -> bool:
    return route.body_field is not None and not isinstance(route.body_field.field_info, Form)


def json_router(prefix: str = "", tags: tuple[str, ...] = ()) -> APIRouter:
    """A router for JSON endpoints."""
    return APIRouter(prefix=prefix, tags=list(tags), route_class=JsonRoute)


def _holds_null(value: Any) -> bool:
    if isinstance(value, str):
        return "\0" in value
    if isinstance(value, dict):
        return any(_holds_null(part) for pair in value.items() for part in pair)
    return isinstance(value, list) and any(_holds_null(part) for part in value)


def _closed(value: Any, validate: Callable[[Any], Any]) -> Any:
    found = validate(value)
    _refuse_unknown(value, found, "")
    return found


CLOSED = WrapValidator(_closed)
"""Annotates a body: fields that it does not have are refused, so that a mistyped name is never silently left out."""


def _refuse_unknown(given: Any, found: Any, where: str) -> None:
    if isinstance(given, list) and isinstance(found, tuple):
        for number, (part, known) in enumerate(zip(given, found, strict=False)):
            _refuse_unknown(part, known, f"{where}.{number}".lstrip("."))
    names = _names(found)
    if not isinstance(given, dict) or not names:
        return
    for name, part in given.items():
        place = f"{where}.{name}".lstrip(".")
        if name not in names:
            remedy = f"Leave it out, or choose one of: {', '.join(names)}."
            raise Problem(BAD_INPUT, "invalid_request", "There is no such field.", place[:100], remedy)
        _refuse_unknown(part, getattr(found, name), place)


def _names(found: Any) -> tuple[str, ...]:
    if isinstance(found, BaseModel):
        return tuple(type(found).model_fields)
    return tuple(field.name for field in fields(found)) if is_dataclass(found) else ()


class Api(FastAPI):
    """The application, whose refusal of a body that is too large is a problem document, or a page, like every other."""

    def build_middleware_stack(self) -> ASGIApp:
        return _TooLargeAsProblem(super().build_middleware_stack())


class _TooLargeAsProblem:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        replaced = False

        async def answer(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start" and message["status"] == 413 and _is_plain(message):
                replaced = True
                response = await _too_large(scope, receive)
                await response(scope, receive, send)
            elif not replaced:
                await send(message)

        await self._app(scope, receive, answer if scope["type"] == "http" else send)


async def _too_large(scope: Scope, receive: Receive) -> Response:
    """A problem document, or for browsers the page that the pages have left with the application for this."""
    if scope["path"].startswith("/api/"):
        return render(TOO_LARGE)
    page: Callable[[Request, Problem], Coroutine[Any, Any, Response]] = scope["app"].state.problem_page
    response = await page(Request(scope, receive), TOO_LARGE)
    response.headers.update(HEADERS)
    return response


def _is_plain(start: Message) -> bool:
    return any(name == b"content-type" and value.startswith(b"text/plain") for name, value in start["headers"])
