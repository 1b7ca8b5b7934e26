"""Who is asking: a bearer token from programs, a session cookie from browsers. And what no request may do."""

from typing import Annotated

from fastapi import Depends, Request

from adapters.database.desk.accounts import SESSION, TOKEN, Visitor
from api.errors import NOT_SIGNED_IN, NOT_YOURS, Problem
from api.services import Jenjang
from appraisal.access import Action, Actor, can
from appraisal.parties import HR, unit_hr
from runtime.settings import Settings

COOKIE = "jenjang"
SAFE = ("GET", "HEAD", "OPTIONS")
PAYLOADS = "/api/v1/payloads"
DECODE = f"{PAYLOADS}/decode"
"""Where Temporal's UI asks to have payloads opened. It stands on an address of its own."""
CROSS_SITE = Problem(
    403, "cross_site", "This request came from another site.", "", "Use Jenjang's own pages, or an API token."
)


def cookie_name(secure: bool) -> str:
    """Browsers bind a `__Host-` cookie to this very host, which only https allows."""
    return f"__Host-{COOKIE}" if secure else COOKIE


async def visitor_of(request: Request, jenjang: Jenjang) -> Visitor | None:
    """The visitor, or None. A token counts before a cookie, and only a cookie needs protection from other sites."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme:
        known = scheme.lower() == "bearer" and token
        return await jenjang.accounts.visitor(token, (TOKEN,), *jenjang.present()) if known else None
    secret = request.cookies.get(cookie_name(jenjang.settings.secure_cookies))
    if not secret:
        return None
    if request.method not in SAFE and not (same_site(request) or _of_temporals_ui(request, jenjang.settings)):
        raise CROSS_SITE
    return await jenjang.accounts.visitor(secret, (SESSION,), *jenjang.present())


def same_site(request: Request) -> bool:
    """Browsers say where a request comes from; the older ones at least name the origin."""
    site = request.headers.get("sec-fetch-site")
    if site:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is not None and origin.partition("://")[2] == request.headers.get("host")


def _of_temporals_ui(request: Request, settings: Settings) -> bool:
    """Its one question changes nothing; browsers name the origin of each such request."""
    origin = settings.temporal_ui
    return origin is not None and request.url.path == DECODE and request.headers.get("origin") == origin


async def signed_in(visitor: Annotated[Visitor | None, Depends(visitor_of)]) -> Visitor:
    if visitor is None:
        raise NOT_SIGNED_IN
    return visitor


async def officer(visitor: Annotated[Visitor, Depends(signed_in)]) -> Visitor:
    """An HR officer, for what concerns the agency as a whole."""
    if not can(actor(visitor), Action.ADMINISTER).allowed:
        raise NOT_YOURS
    return visitor


async def overseer(visitor: Annotated[Visitor, Depends(signed_in)]) -> Visitor:
    """An HR officer of the agency or of a unit, for lists that are limited to `scope`."""
    if not can(actor(visitor), Action.OVERSEE).allowed:
        raise NOT_YOURS
    return visitor


Signed = Annotated[Visitor, Depends(signed_in)]
Officer = Annotated[Visitor, Depends(officer)]
Overseer = Annotated[Visitor, Depends(overseer)]


def actor(visitor: Visitor) -> Actor:
    """The visitor as the rules know people."""
    return Actor(visitor.id, hr=visitor.hr, units=visitor.units)


def hats(visitor: Visitor) -> tuple[str, ...]:
    """The ids under which work and notices reach this visitor."""
    return (visitor.id, *((HR,) if visitor.hr else map(unit_hr, visitor.units)))


def scope(visitor: Visitor) -> tuple[str, ...] | None:
    """The units whose cases this visitor may list; None for the whole agency."""
    return None if visitor.hr else visitor.units
