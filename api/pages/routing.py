"""Routes whose every answer is a page: refusals too come as HTML in the layout, never as a JSON document."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from adapters.database.desk.accounts import Visitor
from adapters.database.engine import AWAY, is_away
from adapters.guesses import TooManyTries
from api import errors
from api.errors import NOT_FOUND, Problem
from api.pages.render import Page
from api.record_away import RECORD_AWAY
from api.security import visitor_of
from api.services import services
from api.stems import StemRouter
from appraisal.errors import AppraisalError

Handler = Callable[[Request], Coroutine[Any, Any, Response]]
FAILURES = (Problem, AppraisalError, TooManyTries, RequestValidationError, HTTPException)


class PageRoute(APIRoute):
    """A route for browsers."""

    def get_route_handler(self) -> Handler:
        proceed = super().get_route_handler()

        async def handle(request: Request) -> Response:
            try:
                return await proceed(request)
            except FAILURES as failed:
                return await problem_page(request, failed)
            except AWAY as failed:
                if not is_away(failed):
                    raise
                # Who asks, and what waits for whom, is in the record too: a page for nobody in particular.
                return await Page(request, await services(request), None).problem(RECORD_AWAY)

        return handle


def page_router() -> StemRouter:
    """A router for pages, left out of the API's description."""
    return StemRouter(route_class=PageRoute, include_in_schema=False, default_response_class=Response)


async def problem_page(request: Request, failed: Exception) -> Response:
    """The failure as a page for whoever asks."""
    jenjang = await services(request)
    return await Page(request, jenjang, await visitor_of(request, jenjang)).problem(problem_of(failed))


def problem_of(failed: Exception) -> Problem:
    """Every failure as a problem; an address that cannot be one is simply not there."""
    if isinstance(failed, Problem):
        return failed
    if isinstance(failed, AppraisalError):
        return errors.problem_of(failed)
    if isinstance(failed, TooManyTries):
        return errors.too_many(failed)
    if isinstance(failed, RequestValidationError):
        path = any(error["loc"][0] == "path" for error in failed.errors())
        return NOT_FOUND if path else errors.malformed(failed)[0]
    assert isinstance(failed, HTTPException)
    codes = {404: "not_found", 405: "wrong_method", 413: "too_large"}
    return Problem(
        failed.status_code, codes.get(failed.status_code, "http"), str(failed.detail), "", "Check the address."
    )


async def _visitor(request: Request) -> Visitor | None:
    try:
        return await visitor_of(request, await services(request))
    except (Problem, TooManyTries):
        return None


def register(app: FastAPI) -> None:
    """Addresses that no route knows: a page for browsers, a problem document under /api."""

    async def unknown(request: Request, failed: Exception) -> Response:
        problem = problem_of(failed)
        if request.url.path.startswith("/api/"):
            return errors.render(problem, headers=getattr(failed, "headers", None))
        return await problem_page(request, problem)

    for status in (404, 405):
        app.add_exception_handler(status, unknown)
