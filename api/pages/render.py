"""A page for a visitor: the layout with its navigation, the language, flashes, problems. All HTML comes from here."""

import base64
import json
from functools import cache
from typing import Annotated
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment

from adapters.database.desk.accounts import Visitor
from adapters.database.desk.security_record import Origin
from api.errors import NOT_FOUND, NOT_SIGNED_IN, Problem, headers_of
from api.headers import nonce
from api.pages import labels, navigation, period_words, refusals, sending_again
from api.pages.assets import asset
from api.pages.templating import translated
from api.pages.words import NAMES, Words, language_of
from api.security import SECOND_STEP_MISSING, Signed, Supporter, demand_right, origin_of, visitor_of
from api.services import Jenjang, Services
from appraisal.access import Action

FLASH = "jenjang_flash"
LONGEST_FLASH = 1000


@cache
def environment(language: str) -> Environment:
    """The templates of the pages in one language."""
    made = translated(language)
    made.globals.update(asset=asset, languages=NAMES, labels=labels, period_words=period_words)
    return made


class Page:
    """What a route needs to answer one visitor with HTML."""

    def __init__(self, request: Request, jenjang: Services, visitor: Visitor | None) -> None:
        self.request, self.jenjang, self.visitor = request, jenjang, visitor
        self.now, self.nonce = jenjang.now(), nonce(request)
        self.speak(visitor.language if visitor else request.query_params.get("lang"))

    def speak(self, wanted: str | None) -> None:
        """Use this language if there is one of that name, else what the browser prefers."""
        language = language_of(wanted, self.request.headers.get("accept-language", ""))
        self.words = Words(language, ZoneInfo(self.jenjang.settings.zone))

    @property
    def person(self) -> Visitor:
        """The visitor, where one must be signed in."""
        if self.visitor is None:
            raise NOT_SIGNED_IN
        return self.visitor

    @property
    def origin(self) -> Origin:
        """From where this visitor comes."""
        return origin_of(self.request)

    @property
    def partial(self) -> bool:
        """Whether htmx asks for a piece of a page."""
        return self.request.headers.get("hx-request") == "true"

    @property
    def address(self) -> str:
        """The path and query of this page, to come back to."""
        query = self.request.url.query
        return f"{self.request.url.path}?{query}" if query else self.request.url.path

    @property
    def filter(self) -> str:
        """What the list of this page is filtered by, as the end of an address; nothing of where a page of it begins."""
        given = self.request.query_params.multi_items()
        kept = [(name, value) for name, value in given if value and not name.startswith("after_")]
        return f"?{urlencode(kept)}" if kept else ""

    def gettext(self, text: str, **values: object) -> str:
        return self.words.gettext(text, **values)

    async def show(self, template: str, status: int = 200, **context: object) -> HTMLResponse:
        """A whole page. `context` beside what every page has: page, words, now, links, flash."""
        links = await navigation.links(self.jenjang, self.visitor, self.request.url.path)
        flash = _read_flash(self.request.cookies.get(FLASH))
        response = self.fragment(template, status, links=links, flash=flash, **context)
        if flash:
            response.delete_cookie(FLASH)
        return response

    def fragment(self, template: str, status: int = 200, **context: object) -> HTMLResponse:
        """A piece of a page, for htmx."""
        return HTMLResponse(self.render(template, **context), status)

    def render(self, template: str, **context: object) -> str:
        made = environment(self.words.language).get_template(template)
        return made.render(page=self, words=self.words, now=self.now, **context)

    def go(self, url: str, message: str = "", kind: str = "success") -> Response:
        """On to another page after a form, which then says `message` (translated already) once."""
        response: Response = RedirectResponse(url, 303)
        if self.partial:
            response = Response(status_code=200, headers={"HX-Redirect": url})
        if message:
            self.tell(response, message, kind)
        return response

    def tell(self, response: Response, message: str, kind: str = "success") -> None:
        """Let the next whole page say `message` (translated already) once."""
        text = base64.urlsafe_b64encode(json.dumps([kind, message[:LONGEST_FLASH]]).encode()).decode()
        secure = self.jenjang.settings.secure_cookies
        response.set_cookie(FLASH, text, max_age=60, httponly=True, samesite="lax", secure=secure)

    async def problem(self, problem: Problem) -> Response:
        """What went wrong, in the layout, in plain words: what, where, what to do."""
        if not self.partial and self.request.method == "GET":
            if problem is NOT_SIGNED_IN:
                return self.go(navigation.sign_in_address(self.address))
            if problem is SECOND_STEP_MISSING:
                return self.go(navigation.SECOND_STEP)
        told = refusals.told(self.words, problem)
        if problem is NOT_FOUND and self._gave_an_order:
            return await self._not_theirs()
        if self.partial:
            response = self.fragment("_problem.html", problem.status, problem=problem, told=told)
        elif problem is NOT_SIGNED_IN:
            kept = await sending_again.packed(self.request)
            response = await self.show(
                "sign_in.html", 401, wanted="", lang="", login="", kept=kept, ended=True, errors={}
            )
        else:
            response = await self.show("problem.html", problem.status, problem=problem, told=told)
        response.headers.update(headers_of(problem))
        return response

    @property
    def _gave_an_order(self) -> bool:
        """Whether somebody has sent the form of a case, not just what was typed so far."""
        asked = self.request
        return asked.method == "POST" and "employee" in asked.path_params and not asked.url.path.endswith("/draft")

    async def _not_theirs(self) -> Response:
        """A form of a case that is none of the visitor's business, perhaps since a moment ago: what was written is shown."""
        kept = sending_again.unpacked(await sending_again.packed(self.request))
        context = {"told": refusals.not_theirs(self.words), "typed": kept.written if kept else (), "back": "/"}
        context["onward"] = self.gettext("To the start page")
        if self.partial:
            return self.fragment("_overtaken.html", NOT_FOUND.status, **context)
        return await self.show("overtaken.html", NOT_FOUND.status, **context)


def _read_flash(cookie: str | None) -> tuple[str, str] | None:
    """(kind, message), or None for anything that we did not write."""
    try:
        kind, message = json.loads(base64.urlsafe_b64decode(cookie or ""))
    except ValueError:
        return None
    known = kind in ("success", "warning", "danger") and isinstance(message, str)
    return (kind, message[:LONGEST_FLASH]) if known else None


async def page_for_anybody(
    request: Request, jenjang: Jenjang, visitor: Annotated[Visitor | None, Depends(visitor_of)]
) -> Page:
    return Page(request, jenjang, visitor)


async def page_for_signed_in(page: Annotated[Page, Depends(page_for_anybody)], _: Signed) -> Page:
    return page


async def page_for_officers(page: Annotated[Page, Depends(page_for_signed_in)]) -> Page:
    demand_right(page.person, Action.ADMINISTER)
    return page


async def page_for_supporters(page: Annotated[Page, Depends(page_for_anybody)], _: Supporter) -> Page:
    return page


async def page_for_overseers(page: Annotated[Page, Depends(page_for_signed_in)]) -> Page:
    demand_right(page.person, Action.OVERSEE)
    return page


OpenPage = Annotated[Page, Depends(page_for_anybody)]
"""For everybody, signed in or not."""
MyPage = Annotated[Page, Depends(page_for_signed_in)]
"""For whoever is signed in; others are sent to the sign-in page and come back."""
OfficerPage = Annotated[Page, Depends(page_for_officers)]
"""For HR officers of the agency."""
OverseerPage = Annotated[Page, Depends(page_for_overseers)]
"""For HR officers, of the agency or of a unit; its lists are limited to `api.security.scope`."""
SupportPage = Annotated[Page, Depends(page_for_supporters)]
"""For support staff, looking on or not yet."""
