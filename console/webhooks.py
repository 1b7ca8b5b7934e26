"""Webhooks from the command line: programs that hear of every notice."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from cyclopts import App

from adapters.database.desk.hooks import Hooks
from adapters.database.engine import open_engine
from adapters.webhooks import ForbiddenAddress, new_secret, permitted_address
from runtime.errors import CannotStart
from runtime.settings import Settings, load_settings

app = App(name="webhook", help="Webhooks: addresses of programs that hear of every notice.")
LONGEST = 500


class CannotRegister(CannotStart):
    """The address is none that messages may be sent to, or is there already, or there is no such webhook."""


@asynccontextmanager
async def _hooks() -> AsyncIterator[tuple[Hooks, Settings]]:
    settings = load_settings()
    engine = open_engine(settings.database_url)
    try:
        yield Hooks(engine), settings
    finally:
        await engine.dispose()


@app.command
async def add(url: str) -> None:
    """Register an address and print the secret that its messages are signed with, this once."""
    async with _hooks() as (hooks, settings):
        if len(url) > LONGEST:
            raise CannotRegister(f"The address is longer than {LONGEST} characters.")
        try:
            await permitted_address(url, settings.webhooks_private)
        except ForbiddenAddress as reason:
            raise CannotRegister(str(reason)) from None
        secret = new_secret()
        made = await hooks.add(url, secret, datetime.now(UTC))
        if made is None:
            raise CannotRegister(
                "This address is registered already. To change its secret, remove it and add it again."
            )
    print(f"{made}  {secret}")
    print("The secret is not shown again. It hears of every notice from now on.")


@app.command(name="list")
async def list_hooks() -> None:
    """Show what is registered."""
    async with _hooks() as (hooks, _):
        found = await hooks.all()
    for hook in found:
        print(f"{hook.id}  {hook.created_at:%Y-%m-%d}  {hook.url}")
    if not found:
        print("No webhook is registered.")


@app.command
async def remove(hook: str) -> None:
    """Remove the webhook with this id."""
    async with _hooks() as (hooks, _):
        if not await hooks.remove(hook):
            raise CannotRegister("There is no webhook with this id; `jenjang webhook list` shows all.")
    print("It is removed.")
