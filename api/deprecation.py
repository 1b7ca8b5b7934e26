"""How an address is taken back: announced in the description and with every answer, long before it goes (docs/api.md)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.utils import format_datetime
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

NOTICE = timedelta(days=365)
"""So long an address goes on after it was announced that it will go: a yearly cycle with everything that programs do in it."""
POLICY = "/api/docs"
FIELD = "x-withdrawal"


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """An address is announced to go `since` this day, and goes on at least until `ends`. `instead` is what to use then."""

    since: date
    ends: date
    instead: str

    def __post_init__(self) -> None:
        if self.ends - self.since < NOTICE:
            raise ValueError(f"{self.since} to {self.ends} is less than the {NOTICE.days} days that are promised")

    @property
    def headers(self) -> dict[str, str]:
        """As RFC 9745 (Deprecation), RFC 8594 (Sunset) and RFC 8288 (Link) write it."""
        return {
            "Deprecation": f"@{int(_midnight(self.since).timestamp())}",
            "Sunset": format_datetime(_midnight(self.ends), usegmt=True),
            "Link": f'<{POLICY}>; rel="deprecation", <{self.instead}>; rel="successor-version"',
        }


def withdrawn(since: date, ends: date, instead: str) -> dict[str, Any]:
    """What the route of such an address is declared with: `@router.get("/old", **withdrawn(...))`."""
    return {"deprecated": True, "openapi_extra": {FIELD: Withdrawal(since, ends, instead).headers}}


class Announced:
    """Puts the headers on every answer of such an address, refusals included."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                told = (getattr(scope.get("route"), "openapi_extra", None) or {}).get(FIELD, {})
                headers = MutableHeaders(scope=message)
                for name, value in told.items():
                    headers.append(name, value)  # a list has a Link of its own
            await send(message)

        await self._app(scope, receive, answer if scope["type"] == "http" else send)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
