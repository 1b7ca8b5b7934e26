"""Webhooks from the command line: programs that hear of every notice."""

import getpass
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from cyclopts import App

from adapters.database.desk.hooks import Hooks
from adapters.database.engine import open_engine
from adapters.sealing import CannotOpen, Sealer
from appraisal.errors import AppraisalError
from runtime.errors import CannotStart
from runtime.sealing_keys import WEBHOOKS, sealing_keys
from runtime.settings import load_settings

KEYS = "Set JENJANG_PAYLOAD_KEYS (docs/security.md says how to make one)."
app = App(name="webhook", help="Webhooks: addresses of programs that hear of every notice.")


class CannotRegister(CannotStart):
    """The address is none that messages may be sent to, or is there already, or there is no such webhook."""


@asynccontextmanager
async def _hooks() -> AsyncIterator[Hooks]:
    settings = load_settings()
    engine = open_engine(settings.database_url)
    try:
        yield Hooks(engine, settings.webhooks_private, lambda: Sealer(sealing_keys(settings, WEBHOOKS)))
    finally:
        await engine.dispose()


@app.command
async def add(url: str) -> None:
    """Register an address and print the secret that its messages are signed with, this once."""
    async with _hooks() as hooks:
        try:
            made, secret = await hooks.add(url, f"console/{getpass.getuser()}"[:64], datetime.now(UTC))
        except AppraisalError as refused:
            raise CannotRegister(f"{refused.what} {refused.remedy}") from None
        except CannotOpen as refused:
            raise CannotRegister(f"{refused} {KEYS}") from None
    print(f"{made}  {secret}")
    print("The secret is not shown again. It hears of every notice from now on.")


@app.command(name="list")
async def list_hooks() -> None:
    """Show what is registered."""
    async with _hooks() as hooks:
        found = await hooks.all()
    for hook in found:
        off = f"  (off since {hook.off_at:%Y-%m-%d})" if hook.off_at else ""
        print(f"{hook.id}  {hook.created_at:%Y-%m-%d}  {hook.url}{off}")
    if not found:
        print("No webhook is registered.")


@app.command
async def renew(hook: str, *, at_once: bool = False) -> None:
    """Make another secret for a webhook and print it, this once; the one before signs as well for three days, or ends at once."""
    async with _hooks() as hooks:
        try:
            secret = await hooks.renew(hook, datetime.now(UTC), at_once)
        except AppraisalError as refused:
            raise CannotRegister(f"{refused.what} {refused.remedy}") from None
        except CannotOpen as refused:
            raise CannotRegister(f"{refused} {KEYS}") from None
    if secret is None:
        raise CannotRegister("There is no such webhook; `jenjang webhook list` shows all.")
    print(secret)
    told = (
        "The secret before it signs nothing any more."
        if at_once
        else "For three days the secret before it signs as well."
    )
    print(f"The secret is not shown again. {told}")


@app.command
async def off(hook: str) -> None:
    """Switch off the webhook with this id."""
    async with _hooks() as hooks:
        if not await hooks.switch_off(hook, datetime.now(UTC)):
            raise CannotRegister("There is no such webhook, or it is off; `jenjang webhook list` shows all.")
    print("It is switched off. Adding its address again makes another secret.")
