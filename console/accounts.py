"""Accounts from the command line: for the first officer, for support staff, and for whoever has lost the way in."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from cyclopts import App
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.database.desk.accounts import LIFETIMES, LINK, Accounts
from adapters.database.desk.second_step import SecondSteps
from adapters.database.desk.security_record import CONSOLE
from adapters.database.engine import open_engine, open_sessions
from adapters.database.reads.lines import unit_parents
from adapters.database.reads.offices import unit_with
from adapters.guesses import Guesses
from adapters.sealing import Sealer
from appraisal.errors import InvalidOffice
from appraisal.people.offices import Office, demand_office
from runtime.errors import CannotStart
from runtime.sealing_keys import sealing_keys
from runtime.settings import Settings, load_settings

app = App(name="account", help="Accounts: make officers, hand out sign-in links, disable.")


class NoSuchAccount(CannotStart):
    """Nobody has this login."""


class NoSuchOffice(CannotStart):
    """Nobody can be HR officer of this unit."""


@asynccontextmanager
async def _database() -> AsyncIterator[tuple[AsyncEngine, Settings]]:
    settings = load_settings()
    engine = open_engine(settings.database_url)
    try:
        yield engine, settings
    finally:
        await engine.dispose()


@asynccontextmanager
async def _accounts() -> AsyncIterator[tuple[Accounts, Settings]]:
    async with _database() as (engine, settings):
        yield Accounts(engine), settings


@app.command
async def officer(login: str, unit: str | None = None, support: bool = False) -> None:
    """Make an HR officer's account with this login, or find it, and print a one-time sign-in link.

    With --unit (a unorId) it is, or becomes, an account for that unit and everything below it; with --support one of the
    support staff, who look on and change nothing.
    """
    async with _accounts() as (accounts, settings):
        office = await _office(settings, unit, support)
        account = await accounts.officer(login, datetime.now(UTC), office)
        if unit or support:
            await accounts.grant_office(account, office, origin=CONSOLE)
        await _print_link(accounts, settings, account)


@app.command
async def link(login: str) -> None:
    """Print a one-time sign-in link for the person with this NIP or e-mail, or the officer with this login."""
    async with _accounts() as (accounts, settings):
        await _print_link(accounts, settings, await _known(accounts, login))


@app.command
async def grant(login: str, revoke: bool = False, unit: str | None = None, support: bool = False) -> None:
    """Give a person the HR officers' rights over the agency, or with --unit (a unorId) over that unit and everything below
    it; with --support the right to look on and change nothing; with --revoke, take whichever it is."""
    async with _accounts() as (accounts, settings):
        office = None if revoke else await _office(settings, unit, support)
        await accounts.grant_office(await _known(accounts, login), office, origin=CONSOLE)
    whose = "rights of support" if support else "officers' rights"
    print(f"The {whose} are given." if not revoke else "The rights are taken.")


@app.command
async def disable(login: str, enable: bool = False) -> None:
    """Shut an account at once, every session and token with it; with --enable, open it again."""
    async with _accounts() as (accounts, _):
        await accounts.disable(await _known(accounts, login), not enable, origin=CONSOLE)
    print("The account is open again." if enable else "The account is shut.")


@app.command
async def reset_second_step(login: str) -> None:
    """Ask whoever has lost the app and the recovery codes for no code; the second step is then set up anew."""
    async with _database() as (engine, settings):
        account = await _known(Accounts(engine), login)
        steps = SecondSteps(engine, lambda: Sealer(sealing_keys(settings)), Guesses())
        if not await steps.remove(account, datetime.now(UTC), by=CONSOLE.address, origin=CONSOLE):
            raise NoSuchAccount("This account signs in without a second step; there is nothing to reset.")
    print("The second step is reset, and every session has ended.")


async def _office(settings: Settings, code: str | None, support: bool) -> Office:
    """The office over the unit with this code today; without one, over the agency or of support."""
    if code is None:
        return Office(support=support)
    engine = open_engine(settings.database_url)
    today = datetime.now(ZoneInfo(settings.zone)).date()
    try:
        async with open_sessions(engine)() as session:
            unit, parents = await unit_with(session, code), await unit_parents(session, today)
    finally:
        await engine.dispose()
    office = Office(unit or code, support)
    try:
        demand_office(office, parents)
    except InvalidOffice as refusal:
        raise NoSuchOffice(f"{code}: {refusal.what} {refusal.remedy}") from refusal
    return office


async def _known(accounts: Accounts, login: str) -> str:
    account = await accounts.named(login, datetime.now(UTC))
    if account is None:
        raise NoSuchAccount("Nobody has this NIP, e-mail or login, or two people share it. Import people first.")
    return account


async def _print_link(accounts: Accounts, settings: Settings, account: str) -> None:
    secret = await accounts.issue(account, LINK, datetime.now(UTC), origin=CONSOLE)
    print(f"{settings.public_url}/sign-in/link/{secret}")
    print(f"It signs in once, within {LIFETIMES[LINK].days} days.")
