"""Accounts from the command line: for the first officer, and for whoever has lost the way in."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from cyclopts import App

from adapters.database.desk.accounts import LIFETIMES, LINK, Accounts
from adapters.database.engine import open_engine
from runtime.errors import CannotStart
from runtime.settings import Settings, load_settings

app = App(name="account", help="Accounts: make officers, hand out sign-in links, disable.")


class NoSuchAccount(CannotStart):
    """Nobody has this login."""


@asynccontextmanager
async def _accounts() -> AsyncIterator[tuple[Accounts, Settings]]:
    settings = load_settings()
    engine = open_engine(settings.database_url)
    try:
        yield Accounts(engine), settings
    finally:
        await engine.dispose()


@app.command
async def officer(login: str) -> None:
    """Make an HR officer's account with this login, or find it, and print a one-time sign-in link."""
    async with _accounts() as (accounts, settings):
        account = await accounts.officer(login, datetime.now(UTC))
        await _print_link(accounts, settings, account)


@app.command
async def link(login: str) -> None:
    """Print a one-time sign-in link for the person with this NIP or e-mail, or the officer with this login."""
    async with _accounts() as (accounts, settings):
        await _print_link(accounts, settings, await _known(accounts, login))


@app.command
async def grant(login: str, revoke: bool = False) -> None:
    """Give a person the HR officers' rights; with --revoke, take them."""
    async with _accounts() as (accounts, _):
        await accounts.grant_office(await _known(accounts, login), not revoke)
    print("The officers' rights are given." if not revoke else "The officers' rights are taken.")


@app.command
async def disable(login: str, enable: bool = False) -> None:
    """Shut an account at once, every session and token with it; with --enable, open it again."""
    async with _accounts() as (accounts, _):
        await accounts.disable(await _known(accounts, login), not enable)
    print("The account is open again." if enable else "The account is shut.")


async def _known(accounts: Accounts, login: str) -> str:
    account = await accounts.named(login, datetime.now(UTC))
    if account is None:
        raise NoSuchAccount("Nobody has this NIP, e-mail or login, or two people share it. Import people first.")
    return account


async def _print_link(accounts: Accounts, settings: Settings, account: str) -> None:
    secret = await accounts.issue(account, LINK, datetime.now(UTC))
    print(f"{settings.public_url}/sign-in/link/{secret}")
    print(f"It signs in once, within {LIFETIMES[LINK].days} days.")
