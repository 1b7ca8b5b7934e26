"""Who is asking: a bearer token from programs, a session cookie from browsers. And what no request may do."""

from typing import Annotated

from fastapi import Depends, Request

from adapters.database.desk.accounts import KEY, SESSION, TOKEN, Visitor
from adapters.database.desk.security_record import Deed, Origin
from adapters.guesses import TOKENS, Count
from api import looking, scopes
from api.devices import device_of
from api.errors import NOT_SIGNED_IN, NOT_YOURS, Problem
from api.services import Jenjang, Services
from appraisal.access import Action, Actor, can
from appraisal.parties import HR, unit_hr

COOKIE = "jenjang"
SAFE = ("GET", "HEAD", "OPTIONS")
PAYLOADS = "/api/v1/payloads"
DECODE = f"{PAYLOADS}/decode"
"""Where Temporal's UI asks to have payloads opened. It stands on an address of its own."""
CROSS_SITE = Problem(
    403, "cross_site", "This request came from another site.", "", "Use Jenjang's own pages, or an API token."
)

SECOND_STEP_MISSING = Problem(
    403,
    "second_step_missing",
    "The rights of your office need the second step of signing in, which is not set up yet.",
    "",
    "Sign in on the page, set up the second step, then go on.",
)


def cookie_name(secure: bool, name: str = COOKIE) -> str:
    """Browsers bind a `__Host-` cookie to this very host, which only https allows."""
    return f"__Host-{name}" if secure else name


async def visitor_of(request: Request, jenjang: Jenjang) -> Visitor | None:
    """The visitor, or None. Whoever it is stays with the request, for the record of who read what (api.readings)."""
    found = request.state.visitor = await _visitor(request, jenjang)
    return found


async def _visitor(request: Request, jenjang: Jenjang) -> Visitor | None:
    """A token counts before a cookie."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme:
        return await _program(request, jenjang, token) if scheme.lower() == "bearer" and token else None
    secret = request.cookies.get(cookie_name(jenjang.settings.secure_cookies))
    if not secret:
        return None
    return await jenjang.accounts.visitor(secret, (SESSION,), *jenjang.present())


async def _program(request: Request, jenjang: Services, token: str) -> Visitor | None:
    """Who comes with this token or key, if it opens anything; MISSING if a key is not made for this request."""
    visitor = await jenjang.accounts.visitor(token, (TOKEN, KEY), *jenjang.present())
    if visitor is None:
        await _unknown_token(request, jenjang)
        return None
    try:
        scopes.demand(visitor.scopes, request.method, request.url.path)
    except Problem:
        about = f"scope {visitor.credential}"
        await jenjang.security.add(Deed.REFUSED, jenjang.now(), visitor.account, origin_of(request), about)
        raise
    return visitor


async def _unknown_token(request: Request, jenjang: Services) -> None:
    """TooManyTries once an address has come with too many tokens that open nothing; the right ones are not bound by that."""
    origin = origin_of(request)
    count = Count(TOKENS, (origin.address,))
    if await jenjang.guesses.full(count):
        if await jenjang.guesses.is_news(count):
            await jenjang.security.add(Deed.TOO_MANY_TRIES, jenjang.now(), origin=origin, about="token")
        raise await jenjang.guesses.refusal(count)
    await jenjang.guesses.wrong(count)
    await jenjang.security.add(Deed.REFUSED, jenjang.now(), origin=origin, about="token")


def origin_of(request: Request) -> Origin:
    """From where a request comes. Behind a proxy that is trusted, the server has put the client's own address here."""
    address = request.client.host if request.client else ""
    return Origin(address[:45], device_of(request.headers.get("user-agent", "")[:500]))


def from_elsewhere(request: Request, temporal_ui: str | None) -> bool:
    """Whether this may be the doing of another site's page: it changes something, with a cookie or to open a session.

    Browsers say where a request comes from; the older ones at least name the origin. A program says neither. It carries a
    token, which no page of another site can, or asks the API for one, without any cookie.
    """
    if request.method in SAFE or "authorization" in request.headers or _of_temporals_ui(request, temporal_ui):
        return False
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site:
        return site not in ("same-origin", "none")
    if origin:
        return origin.partition("://")[2] != request.headers.get("host")
    return bool(request.cookies) or not request.url.path.startswith("/api/")


def _of_temporals_ui(request: Request, origin: str | None) -> bool:
    """Its one question changes nothing; browsers name the origin of each such request."""
    return origin is not None and request.url.path == DECODE and request.headers.get("origin") == origin


async def signed_in(
    request: Request, jenjang: Jenjang, visitor: Annotated[Visitor | None, Depends(visitor_of)]
) -> Visitor:
    """Whoever asks, for everything that is done or shown in somebody's name; support staff as far as a look goes."""
    if visitor is None:
        raise NOT_SIGNED_IN
    changes = request.method not in SAFE
    try:
        looking.demand(visitor, changes, request.scope)
    except Problem:
        if changes:
            about = f"look {visitor.credential}"
            await jenjang.security.add(Deed.REFUSED, jenjang.now(), visitor.account, origin_of(request), about)
        raise
    return visitor


async def officer(visitor: Annotated[Visitor, Depends(signed_in)]) -> Visitor:
    """An HR officer, for what concerns the agency as a whole."""
    demand_right(visitor, Action.ADMINISTER)
    return visitor


async def overseer(visitor: Annotated[Visitor, Depends(signed_in)]) -> Visitor:
    """An HR officer of the agency or of a unit, for lists that are limited to `scope`."""
    demand_right(visitor, Action.OVERSEE)
    return visitor


async def supporter(visitor: Annotated[Visitor, Depends(signed_in)]) -> Visitor:
    """One of the support staff, looking on or not yet."""
    _demand(visitor, visitor.support)
    return visitor


def demand_right(visitor: Visitor, right: Action) -> None:
    """NOT_YOURS without this right; an officer who lacks it for want of the second step is told so."""
    _demand(visitor, can(actor(visitor), right).allowed)


def _demand(visitor: Visitor, allowed: bool) -> None:
    if not allowed:
        raise SECOND_STEP_MISSING if visitor.owes_second_step else NOT_YOURS


Signed = Annotated[Visitor, Depends(signed_in)]
Officer = Annotated[Visitor, Depends(officer)]
Overseer = Annotated[Visitor, Depends(overseer)]
Supporter = Annotated[Visitor, Depends(supporter)]


def actor(visitor: Visitor) -> Actor:
    """The visitor as the rules know people."""
    return Actor(visitor.id, hr=visitor.hr, units=visitor.units, support=visitor.looking is not None)


def hats(visitor: Visitor) -> tuple[str, ...]:
    """The ids under which work and notices reach this visitor."""
    return (visitor.id, *((HR,) if visitor.hr else map(unit_hr, visitor.units)))


def scope(visitor: Visitor) -> tuple[str, ...] | None:
    """The units whose cases this visitor may list; None for the whole agency."""
    return None if visitor.hr else visitor.units
