"""Who is shown whose case is written down here, for pages, JSON and documents alike: by the address that answered.

A look is noted when the answer has gone out, and a moment later written to the database with its ground. Until that is
done it stands in the log (ids only) and is tried again, so that neither a slow database delays a page nor a broken one
loses a look unseen. The same look of the same day is one.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import date, datetime
from typing import Any

import structlog
from prometheus_client import Gauge
from sqlalchemy.exc import SQLAlchemyError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from adapters.database.desk.accounts import Visitor
from adapters.database.desk.readings import Look, Readings
from appraisal.access import Actor

log = structlog.get_logger(__name__)

API = "/api/v1"
LISTS = frozenset(
    (
        *("/board", "/board/part", "/board/export.{kind}", "/people", "/people/export.{kind}", "/periods", "/waiting"),
        *("/cycles/{cycle}/cases", "/cycles/{cycle}/closing", "/cycles/{cycle}/closing/report.pdf"),
        *("/cycles/{cycle}/periods", "/cycles/{cycle}/siasn", "/cycles/{cycle}/units/{unit}/cascade"),
        *("/cycles/{cycle}/units/{unit}/matrix", "/cycles/{cycle}/units/{unit}/matrix.xlsx"),
        *("/calibrations/{cycle}/{unit}", "/calibrations/{cycle}/{unit}/board", "/calibrations/{cycle}/{unit}/votes"),
        *("/calibrations/{cycle}/{unit}/ballot", "/calibrations/{cycle}/{unit}/reviewers", "/nominations/{cycle}"),
        *(
            "/calibrations/{cycle}/{unit}/documents/distribution.pdf",
            "/nominations/{cycle}/plans",
            "/nominations/{cycle}/words",
            "/tasks",
        ),
        *("/development", "/development/line", "/enrolments", "/enrolments/line", "/career", "/career/map"),
        *("/career/proposals", "/audit/readings", "/readings", "/audit/export", "/support/cases"),
    )
)
"""Lists in which people and how they stand are shown, by the routes of pages and API. The rest names no case, or one."""
SILENT = frozenset(("/voices/{cycle}/{employee}/answer", "/voices/{cycle}/{employee}/question"))
"""They show nothing of the case, and a line here would tell the employee who was asked (decision 29)."""
PATIENCE = 30.0
"""Seconds between two tries at the most while the database does not take them."""
WAITING = Gauge("jenjang_readings_waiting", "Looks at cases that are not on record yet")


class Notebook:
    """What is still to be written down, and what has been noted today."""

    def __init__(self, desk: Readings) -> None:
        self._desk, self._day, self._known = desk, date.min, set[tuple[str, str, str]]()
        self._waiting, self._noted, self._writing = list[Look](), asyncio.Event(), asyncio.Lock()

    def note(self, look: Look) -> None:
        """Remember it, unless the same was noted today."""
        if look.day != self._day:
            self._day, self._known = look.day, set()
        if look.key in self._known:
            return
        self._known.add(look.key)
        self._waiting.append(look)
        log.info("read", reader=look.actor.id, subject=look.subject)
        WAITING.set(len(self._waiting))
        self._noted.set()

    async def flush(self) -> None:
        """Write down what waits."""
        async with self._writing:
            looks = tuple(self._waiting)
            if looks:
                await self._desk.keep(looks)
                del self._waiting[: len(looks)]
            WAITING.set(len(self._waiting))

    @asynccontextmanager
    async def kept(self) -> AsyncIterator["Notebook"]:
        """Write it down in the background for as long as the block lasts, and what is left at its end."""
        task = asyncio.create_task(self._keep())
        try:
            yield self
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            if not await self._flushed():
                log.error("readings_left", count=len(self._waiting))

    async def _keep(self) -> None:
        pause = 1.0
        while True:
            await self._noted.wait()
            self._noted.clear()
            while not await self._flushed():
                await asyncio.sleep(pause)
                pause = min(pause * 2, PATIENCE)
            pause = 1.0

    async def _flushed(self) -> bool:
        try:
            # A write that has begun is ended, also when the process stops: what it holds would be counted as waiting.
            await asyncio.shield(self.flush())
        except (SQLAlchemyError, OSError) as failed:
            log.warning("readings_wait", count=len(self._waiting), error=type(failed).__name__)
            return False
        return True


class Noted:
    """Sees which address answered, and notes who was shown what. Plain ASGI, like api.observe.Observed."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        status, state = 500, scope.setdefault("state", {})

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        await self._app(scope, receive, answer)
        visitor = state.get("visitor")
        if status == 200 and visitor is not None:
            services = scope["app"].state.services
            look = look_of(scope, visitor, services.now(), services.today())
            if look:
                services.notebook.note(look)


def look_of(scope: Any, visitor: Visitor, at: datetime, day: date) -> Look | None:
    """What this address has shown: the case of an employee, what else is kept of a person, or a list; None for the rest."""
    route, values = getattr(scope.get("route"), "path", ""), scope.get("path_params", {})
    route = route.removeprefix(API)
    reason = visitor.looking.reason if visitor.looking else ""
    who = Actor(visitor.id, hr=visitor.hr, units=visitor.units, support=visitor.looking is not None)
    employee = values.get("employee") or values.get("person")
    if employee and route not in SILENT:
        return Look(who, day, at, values.get("cycle", ""), employee, reason=reason)
    if route in LISTS:
        return Look(who, day, at, place=scope["path"].removeprefix(API).strip("/"), reason=reason)
    return None


def route_of(scope: Mapping[str, Any]) -> str:
    """What stands for the path of a request that has been answered: its pattern holds no ids.

    FastAPI keeps the pattern without the prefix, and a page and its twin of the API have the same.
    """
    pattern = getattr(scope.get("route"), "path", None)
    if pattern is None:
        return "unknown"
    return f"{API}{pattern}" if scope["path"].startswith(f"{API}/") else str(pattern)
