"""The database is down, locked or full: an answer that says so, and not a failure of ours."""

import structlog
from fastapi import FastAPI, Request, Response

from adapters.database.engine import AWAY, is_away
from api.errors import Problem, render

log = structlog.get_logger(__name__)
RECORD_AWAY = Problem(
    503,
    "record_not_reachable",
    "The record cannot be reached or written at the moment.",
    "",
    "Try again with the same key in a moment.",
)


def register(app: FastAPI) -> None:
    """For JSON requests; pages answer with a page (api.pages.routing)."""

    async def without_record(_: Request, failed: Exception) -> Response:
        if not is_away(failed):
            raise failed
        log.warning("record_away", error=type(failed).__name__)
        return render(RECORD_AWAY)

    for away in AWAY:
        app.add_exception_handler(away, without_record)
