"""What people type is text wherever it comes out: on every page, in every file and mail. A browser would run it otherwise."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import httpx2
import pytest
from fastapi.routing import iter_route_contexts
from playwright.async_api import Browser
from pypdf import PdfReader
from sqlalchemy import update

from adapters.database.columns import table_of
from adapters.database.desk.accounts import SESSION
from adapters.database.tables import organisation
from api.examples import CASE, EXAMPLES
from api.export import FORMULA
from api.security import COOKIE
from tests.api.samples import PLACES
from tests.api.test_mail_links import mails
from tests.api.test_periods import launch_with_periods
from tests.browser.conftest import Site
from tests.browser.markup import MARK, SAME_SITE, TRACE, WORKED_OUT, Look, addresses, typed
from tests.post import text_of
from tests.stack import Stack

pytestmark = pytest.mark.slow
NAMED = (organisation.Person, organisation.UnitPeriod, organisation.Indicator, organisation.Training)
WORK = (
    *(("ani", f"POST {CASE}/targets"), ("budi", f"POST {CASE}/feedback"), ("budi", f"POST {CASE}/approval")),
    *(("ani", f"POST {CASE}/self-assessment"), ("budi", f"POST {CASE}/review")),
    *(("ani", "POST cycles/{cycle}/rules/questions"), ("gita", "POST superior-reports")),
    *(("hr", "POST calibrations/{cycle}/{unit}/unit-result"), ("dewi", "POST calibrations/{cycle}/{unit}/decision")),
)
"""What must be done in this order; everything else is tried by everybody afterwards."""
PEOPLE = ("ani", "budi", "dewi", "hr")
LEFT_OUT = ("/sign-out", "/board/live", "/language", "/account/password")
FEWEST_FIELDS, FEWEST_PAGES, FEWEST_FORMS = 60, 100, 60
MOST_PAGES = 220
"""Of one person."""
KIND = re.compile(r"\?.*|[0-9a-f]{12}|[0-9]+")
"""What an address has beside the kind of its page."""


async def browsing(stack: Stack, who: str) -> httpx2.AsyncClient:
    """This person, signed in with a cookie."""
    accounts, now = stack.services.accounts, datetime.now(UTC)
    account = await (accounts.officer(who, now) if who == "hr" else accounts.of_person(who, now))
    assert account is not None
    client = await stack.visitor()
    client.cookies.set(COOKIE, await accounts.issue(account, SESSION, now))
    client.headers.update(SAME_SITE)
    return client


async def named(stack: Stack) -> None:
    """People, units and courses are called so, as an import could bring them in."""
    async with stack.sessions.begin() as session:
        for kind in NAMED:
            table = table_of(kind)
            await session.execute(update(table).values(name=MARK + table.c.name))
        position = table_of(organisation.Position)
        await session.execute(update(position).values(title=MARK + position.c.title))


async def filled_in(stack: Stack, cycle: str) -> int:
    """Every text of every body is typed, by whoever may; in how many fields the mark was taken."""
    callers = {who: await stack.visitor(who) for who in ("ani", "eko", "budi", "citra", "dewi", "gita")}
    callers["hr"] = await stack.visitor(officer="hr")
    places, count = PLACES | {"cycle": cycle}, 0
    for who, operation in WORK:
        fields, answer = await typed(callers[who], operation, operation.partition(" ")[2].format(**places))
        assert answer.is_success, f"{operation}: {answer.text}"
        count += fields
    for operation in EXAMPLES:
        if "tokens" not in operation:
            tried = [
                await typed(one, operation, operation.partition(" ")[2].format(**places)) for one in callers.values()
            ]
            count += max(fields for fields, _ in tried)
    file = {"file": (f"../../{MARK}.csv", f"nipBaru,nama\n{MARK},{MARK}\n".encode())}
    assert (await callers["hr"].post("/api/v1/imports", files=file)).status_code == 202
    return count


def entrances(stack: Stack, cycle: str) -> Iterator[str]:
    """Every page that the application has, of what there is."""
    places = PLACES | {"cycle": cycle}
    for context in iter_route_contexts(stack.app.routes):
        path, methods = context.path or "", getattr(context, "methods", None) or ()
        if "GET" in methods and not path.startswith(("/api", "/docs", "/static")):
            try:
                yield path.format(**places, secret="s", code="x")
            except KeyError:
                continue


class Reader:
    """Goes wherever links lead, fills in every form, and looks at all that comes back."""

    def __init__(self, visitor: httpx2.AsyncClient, start: list[str]) -> None:
        self.visitor, self.waiting, self.pages = visitor, start, dict[str, str]()
        self.forms, self.files, self.faults = set[str](), set[str](), list[str]()
        self.papers = 0

    async def read(self) -> None:
        known = set(self.waiting)
        while self.waiting and len(self.pages) < MOST_PAGES:
            address = self.waiting.pop(0)
            if address.partition("?")[0] in LEFT_OUT:
                continue
            answer = await self.visitor.get(address)
            kind = answer.headers.get("content-type", "")
            if kind.startswith("text/html"):
                look = self._seen(address, answer.text)
                self.pages[address] = answer.text
                await self._fill_in(address, look)
                fresh = [one for one in addresses("http://jenjang.test", address, look) if one not in known]
                known.update(fresh)
                self.waiting += fresh
            elif answer.is_success:
                self._opened(address, kind, answer.content)

    def _seen(self, where: str, page: str) -> Look:
        look = Look(page)
        self.faults += [f"{where}: {one} runs" for one in look.running]
        if page.count("hacked=1") != page.count("{{7*7}}"):
            self.faults.append(f"{where}: an expression was worked out")
        return look

    async def _fill_in(self, where: str, look: Look) -> None:
        for action, fields in look.forms:
            target = action or where
            if target not in self.forms and target not in LEFT_OUT:
                self.forms.add(target)
                answer = await self.visitor.post(target, data=fields)
                assert answer.status_code < 500, f"{where} -> {target}"
                if answer.headers.get("content-type", "").startswith("text/html"):
                    self._seen(f"{where} -> {target}", answer.text)

    def _opened(self, where: str, kind: str, content: bytes) -> None:
        self.files.add(where)
        if kind.startswith("text/csv"):
            rows = [*csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")]
            self.faults += [f"{where}: {cell}" for row in rows for cell in row if cell.startswith(FORMULA)]
        elif "spreadsheet" in kind:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                formulas = (name for name in archive.namelist() if re.search(rb"<f[ >/]", archive.read(name)))
                self.faults += [f"{where}: {name} holds a formula" for name in formulas]
        elif kind.startswith("application/pdf"):
            text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
            text = re.sub(r"[\s\u00ad\u2010-]", "", text)  # narrow columns break words
            self.papers += text.count("hacked=1")
            if any(worked_out in text for worked_out in WORKED_OUT):
                self.faults.append(f"{where}: an expression was worked out")


async def letters(stack: Stack) -> list[EmailMessage]:
    """The mails of a week."""
    mornings = [datetime.now(UTC).replace(hour=3) + timedelta(days=days) for days in range(1, 8)]
    return [letter for at in mornings for letter in (await mails(stack, at)).letters]


async def test_what_people_type_is_text_everywhere(browser: Browser, site: Site) -> None:
    stack = site.stack
    await named(stack)
    cycle = await launch_with_periods(stack, "ani", "eko", "citra")
    assert await filled_in(stack, cycle) >= FEWEST_FIELDS
    papers = 0
    faults, pages, forms, files = list[str](), dict[str, dict[str, str]](), set[str](), set[str]()
    for who in PEOPLE:
        reader = Reader(await browsing(stack, who), [*entrances(stack, cycle)])
        await reader.read()
        faults, pages[who] = faults + reader.faults, reader.pages
        forms, files, papers = forms | reader.forms, files | reader.files, papers + reader.papers
    mails_sent = [text_of(letter, "html") for letter in await letters(stack)]
    faults += [f"a mail: {one}" for html in mails_sent for one in Look(html).running]
    assert any("hacked=1" in html for html in mails_sent)
    assert not faults, "\n".join(sorted(set(faults))[:20])
    shown = [page for who in PEOPLE for page in pages[who].values() if TRACE in page.replace("&gt;", ">")]
    assert len(shown) > FEWEST_PAGES
    assert len(forms) > FEWEST_FORMS
    assert papers > 0
    assert {ending for ending in (".csv", ".xlsx", ".pdf") if any(file.endswith(ending) for file in files)} == {
        *(".csv", ".xlsx", ".pdf")
    }
    for who in PEOPLE:
        marked = [address for address, page in pages[who].items() if "hacked=1" in page]
        await nothing_runs(browser, site, who, {KIND.sub("", address): address for address in marked})


async def nothing_runs(browser: Browser, site: Site, who: str, marked: dict[str, str]) -> None:
    """In a browser that is told to leave the page's own policy out of account, which alone would stop it."""
    context = await browser.new_context(bypass_csp=True)
    client = await browsing(site.stack, who)
    await context.add_cookies([{"name": COOKIE, "value": client.cookies[COOKIE], "url": site.url}])
    page = await context.new_page()
    for address in marked.values():
        await page.goto(f"{site.url}{address}", wait_until="domcontentloaded")
        assert await page.evaluate("window.hacked") is None, address
    await context.close()
