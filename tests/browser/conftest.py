"""A real browser before the whole service on a port of its own."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext, Page, ViewportSize, async_playwright, expect

from adapters.database.desk.accounts import LINK
from tests.stack import Stack, served

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first is the same browser without windows: it needs half the processor time."""
AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
RULES_OF_COLOUR = ("color-contrast", "link-in-text-block")
"""What a dark screen can break: nothing but colours depends on it."""
SHOTS = os.environ.get("JENJANG_SCREENSHOTS")
"""A folder for pictures of every stop, to be looked at; none are taken without it."""
REFUSED = "Failed to load resource: the server responded with a status of 4"
"""What Chromium says of a form that comes back with errors: meant, and no complaint."""
expect.set_options(timeout=15_000)
"""A page may take its time on a busy machine; what never comes is a failure all the same."""


@dataclass(frozen=True)
class Device:
    """What somebody sits before."""

    name: str
    screen: ViewportSize
    scripted: bool = True
    """Whether the browser runs JavaScript."""


_SMALL, _LARGE = ViewportSize(width=390, height=844), ViewportSize(width=1280, height=900)
PHONE, DESK = Device("phone", _SMALL), Device("desk", _LARGE)
PLAIN_PHONE, PLAIN_DESK = Device("plain-phone", _SMALL, scripted=False), Device("plain-desk", _LARGE, scripted=False)
EVERY_DEVICE = PHONE, DESK, PLAIN_PHONE, PLAIN_DESK
USUAL = PHONE, PLAIN_DESK
"""Both widths, with JavaScript and without. A test that needs others is marked `devices(...)`."""


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "devices(*devices): the devices that a walk is made on, instead of the usual two"
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "device" in metafunc.fixturenames:
        marker = metafunc.definition.get_closest_marker("devices")
        metafunc.parametrize("device", marker.args if marker else USUAL, ids=lambda device: device.name)


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """The Chromium of this machine, else the one that Playwright has installed."""
    found = next((path for name in CHROMIUMS if (path := shutil.which(name))), None)
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield opened
        await opened.close()


@dataclass(frozen=True)
class Site:
    """The service as a browser reaches it."""

    stack: Stack
    url: str

    async def link(self, person: str | None = None, officer: str | None = None) -> str:
        """A fresh one-time sign-in link."""
        accounts, now = self.stack.services.accounts, datetime.now(UTC)
        account = await accounts.of_person(person, now) if person else await accounts.officer(officer or "hr", now)
        assert account
        return f"{self.url}/sign-in/link/{await accounts.issue(account, LINK, now)}"


@pytest.fixture
async def site(stack: Stack) -> AsyncIterator[Site]:
    """The tiny agency, served over HTTP."""
    async with served(stack.app) as url:
        yield Site(stack, url)


class Visit:
    """One person at one device. What the browser complains about on the way is collected."""

    def __init__(self, context: BrowserContext, page: Page, site: Site) -> None:
        self.context, self.page, self.site = context, page, site
        self.complaints: list[str] = []
        page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    async def sign_in(self, person: str | None = None, officer: str | None = None) -> None:
        """By a one-time link, as people do the first time."""
        await self.page.goto(await self.site.link(person, officer))
        await self.page.locator("main form button").click()
        await self.page.wait_for_url("**/account?welcome=1")

    async def to(self, path: str) -> None:
        await self.page.goto(f"{self.site.url}{path}")

    async def fits(self) -> None:
        """Nothing sticks out of the screen to the side."""
        over = await self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, f"{self.page.url} is {over} px too wide"


async def violations(page: Page) -> list[str]:
    """What axe finds on this page, in the light and in the dark. The rules run beside the page's own policy."""
    if not await page.evaluate("document.documentElement.classList.contains('has-js')"):
        return []  # axe waits for timers, which do not run here; the same page is judged with JavaScript
    await page.evaluate(await asyncio.to_thread(AXE.read_text))
    light = await _broken(page, "light", {"type": "tag", "values": RULES})
    await page.emulate_media(color_scheme="dark")
    dark = await _broken(page, "dark", {"type": "rule", "values": RULES_OF_COLOUR})
    await page.emulate_media(color_scheme="light")
    return light + dark


async def _broken(page: Page, scheme: str, rules: dict[str, Any]) -> list[str]:
    result = await page.evaluate("(rules) => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", rules)
    return [
        f"{page.url} ({scheme}) {broken['id']}: {'; '.join(str(node['html'])[:160] for node in broken['nodes'][:3])}"
        for broken in result["violations"]
    ]


async def seen(visit: Visit, name: str) -> None:
    """This stop fits the screen, has no barrier that axe knows, and nothing failed on the way here."""
    await visit.page.wait_for_load_state()  # a click does not wait for the page that it leads to
    await visit.fits()
    if SHOTS:
        width = (visit.page.viewport_size or {"width": 0})["width"]
        await visit.page.screenshot(path=Path(SHOTS) / f"{name}-{width}.png", full_page=True, caret="initial")
    assert await violations(visit.page) == []
    assert [complaint for complaint in visit.complaints if not complaint.startswith(REFUSED)] == []


@pytest.fixture
def scripted(device: Device) -> bool:
    """Whether the browser runs JavaScript."""
    return device.scripted


@pytest.fixture
async def visit(device: Device, browser: Browser, site: Site) -> AsyncIterator[Visit]:
    """Somebody before this device."""
    context = await browser.new_context(
        viewport=device.screen,
        java_script_enabled=device.scripted,
        locale="id-ID",
        reduced_motion="reduce",
    )
    context.set_default_timeout(20_000)
    yield Visit(context, await context.new_page(), site)
    await context.close()
