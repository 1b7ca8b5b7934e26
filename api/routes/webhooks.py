"""Programs that hear of every notice: which there are, and whether messages reach them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from pydantic import BaseModel

from adapters.database.desk.hooks import Delivered, Hook
from adapters.sealing import CannotOpen
from api.errors import NO_KEY, NOT_FOUND
from api.paging import ByInstant
from api.routes.appraisals import Key
from api.security import Officer
from api.services import Jenjang, Services
from api.strict import CLOSED, json_router

router = json_router("/webhooks", ("webhooks",))
LAST = 50


class Address(BaseModel):
    """The address of a program."""

    url: str


class Added(BaseModel):
    """The secret with which each message is signed (Standard Webhooks). It is not shown again."""

    id: str
    secret: str


class Renewal(BaseModel):
    """`at_once`: the secret before ends now, because somebody else knows it. Else it signs as well for three days."""

    at_once: bool = False


@router.get("")
async def webhooks(visitor: Officer, jenjang: Jenjang) -> tuple[Hook, ...]:
    """Those that listen first, then those that are switched off."""
    return await jenjang.hooks.all()


@router.post("", status_code=201)
async def add(address: Annotated[Address, CLOSED], visitor: Officer, jenjang: Jenjang) -> Added:
    """From now on the program hears of every notice. One that was switched off gets another secret."""
    with keys_at_hand():
        made, secret = await jenjang.hooks.add(address.url, visitor.id, jenjang.now())
    return Added(id=made, secret=secret)


@router.post("/{hook}/secret", status_code=201)
async def renew(hook: Key, wish: Annotated[Renewal, CLOSED], visitor: Officer, jenjang: Jenjang) -> Added:
    """Another secret. Until the one before has ended, each message has a signature of both: no message is lost meanwhile."""
    return Added(id=hook, secret=await renewed(jenjang, hook, wish.at_once))


@router.delete("/{hook}", status_code=204)
async def switch_off(hook: Key, visitor: Officer, jenjang: Jenjang) -> None:
    """Nothing is sent to it any more, and what waits is given up."""
    if not await jenjang.hooks.switch_off(hook, jenjang.now()):
        raise NOT_FOUND


@router.post("/{hook}/test")
async def test(hook: Key, visitor: Officer, jenjang: Jenjang) -> Delivered:
    """Send a message of the type `webhook.test` at once, and say what became of it. It is not tried again."""
    return await tried(jenjang, hook)


@router.get("/{hook}/deliveries")
async def deliveries(hook: Key, visitor: Officer, jenjang: Jenjang, paging: ByInstant) -> tuple[Delivered, ...]:
    """Messages to it, the newest first."""
    await known(jenjang, hook)
    rows = await jenjang.hooks.last(hook, paging.read, paging.after)
    return paging.cut(rows, lambda row: (row.created_at, row.id))


async def known(jenjang: Services, hook: str) -> Hook:
    """The webhook, or NOT_FOUND."""
    found = await jenjang.hooks.one(hook)
    if found is None:
        raise NOT_FOUND
    return found


async def renewed(jenjang: Services, hook: str, at_once: bool) -> str:
    """The secret from now on; NOT_FOUND or SwitchedOff change nothing."""
    with keys_at_hand():
        secret = await jenjang.hooks.renew(hook, jenjang.now(), at_once)
    if secret is None:
        raise NOT_FOUND
    return secret


@contextmanager
def keys_at_hand() -> Iterator[None]:
    """NO_KEY where a secret can be kept by nobody."""
    try:
        yield
    except CannotOpen:
        raise NO_KEY from None


async def tried(jenjang: Services, hook: str) -> Delivered:
    """What became of a test; NOT_FOUND or SwitchedOff send nothing."""
    found = await jenjang.hooks.try_out(hook, jenjang.now())
    if found is None:
        raise NOT_FOUND
    return found
