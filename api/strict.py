"""What every JSON request must satisfy before anybody looks at it, and what it is told if it does not."""

from collections.abc import Callable, Coroutine, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.params import Form
from fastapi.routing import APIRoute
from pydantic import BaseModel, WrapValidator
from pydantic_core import from_json
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.bounds import parameters_known, parameters_within_bounds, within_bounds
from api.description import described
from api.errors import BAD_INPUT, Problem, render
from api.headers import Guarded
from api.security import CROSS_SITE, from_elsewhere
from api.stems import StemRouter

Handler = Callable[[Request], Coroutine[Any, Any, Response]]
TOO_LARGE = Problem(413, "too_large", "The request is larger than is accepted here.", "", "Shorten the texts.")
NOT_JSON = Problem(
    415, "wrong_content_type", "The body is not declared as JSON.", "content-type", "Send application/json."
)


class StrictRequest(Request):
    """Reads a body as RFC 8259 means it: UTF-8, no NaN or Infinity, no half characters, no NUL in a text."""

    bounded = True

    async def json(self) -> Any:
        if hasattr(self, "_json"):
            return self._json
        body = await self.body()
        try:
            found = from_json(body, allow_inf_nan=False)
        except ValueError as wrong:
            remedy = f"Correct the JSON: {str(wrong)[:200]}."
            raise Problem(BAD_INPUT, "invalid_request", "The body is no valid JSON.", "", remedy) from wrong
        if self.bounded:
            within_bounds(found)
        self._json = found
        return found


class JsonRoute(APIRoute):
    """A route of the API."""

    foreign = False

    def get_route_handler(self) -> Handler:
        proceed, reads_json, known = super().get_route_handler(), _reads_json(self), tuple(_parameters(self.dependant))

        async def handle(request: Request) -> Response:
            parameters_known(request.query_params, known)
            parameters_within_bounds(request.query_params.multi_items())
            strict = StrictRequest(request.scope, request.receive)
            strict.bounded = not self.foreign
            kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
            if reads_json and await strict.body():
                if kind != "application/json":
                    raise NOT_JSON
                await strict.json()
            return await proceed(strict)

        return handle


class ForeignRoute(JsonRoute):
    """A route whose body another program's protocol decides: bounded by its size alone, and open to fields we do not know."""

    foreign = True


def _parameters(dependant: Any) -> Iterator[str]:
    """What an address takes behind its question mark."""
    yield from (field.alias for field in dependant.query_params)
    for one in dependant.dependencies:
        yield from _parameters(one)


def _reads_json(route: APIRoute) -> bool:
    return route.body_field is not None and not isinstance(route.body_field.field_info, Form)


def json_router(prefix: str = "", tags: tuple[str, ...] = (), kind: type[JsonRoute] = JsonRoute) -> StemRouter:
    """A router for JSON endpoints."""
    return StemRouter(prefix=prefix, tags=list(tags), route_class=kind)


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
    """The application. What is refused before any route knows of it is a problem document, or a page, like all else."""

    def openapi(self) -> dict[str, Any]:
        if not self.openapi_schema:
            self.openapi_schema = described(super().openapi(), self.routes)
        return self.openapi_schema

    def build_middleware_stack(self) -> ASGIApp:
        return Guarded(_RefusedAsProblem(super().build_middleware_stack()))


class SameSite:
    """Refuses what another site's page makes a browser send, for every method that may change something and every route."""

    def __init__(self, app: ASGIApp, temporal_ui: str | None) -> None:
        self._app, self._temporal_ui = app, temporal_ui

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and from_elsewhere(Request(scope), self._temporal_ui):
            response = await _told(scope, receive, CROSS_SITE)
            await response(scope, receive, send)
        else:
            await self._app(scope, receive, send)


class _RefusedAsProblem:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        replaced = False

        async def answer(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start" and message["status"] == 413 and _is_plain(message):
                replaced = True
                response = await _told(scope, receive, TOO_LARGE)
                await response(scope, receive, send)
            elif not replaced:
                await send(message)

        await self._app(scope, receive, answer if scope["type"] == "http" else send)


async def _told(scope: Scope, receive: Receive, problem: Problem) -> Response:
    """A problem document, or for browsers the page that the pages have left with the application for this."""
    if scope["path"].startswith("/api/"):
        return render(problem)
    page: Callable[[Request, Problem], Coroutine[Any, Any, Response]] = scope["app"].state.problem_page
    return await page(Request(scope, receive), problem)


def _is_plain(start: Message) -> bool:
    return any(name == b"content-type" and value.startswith(b"text/plain") for name, value in start["headers"])
