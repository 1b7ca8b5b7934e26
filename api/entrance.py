"""What is open on accounts, and ending it: one place for the API and the pages."""

from datetime import timedelta

from fastapi import Request

from adapters.database.desk.accounts import Visitor
from api.errors import NOT_FOUND, Problem
from api.scopes import Scope
from api.security import SECOND_STEP_MISSING, origin_of
from api.services import Services
from appraisal.text import checked

LONGEST_KEY = 365
"""Days."""
NO_SCOPE = Problem(422, "no_scope", "A key that may do nothing opens nothing.", "scopes", "Choose what it is for.")
KEY_TOO_LONG = Problem(422, "key_too_long", "A key lasts a year at most.", "days", f"Give 1 to {LONGEST_KEY} days.")
OWN_SECOND_STEP = Problem(
    409, "own_second_step", "Nobody resets the own second step.", "", "Ask another officer, or use the command line."
)


async def make_key(
    request: Request, jenjang: Services, visitor: Visitor, name: str, scopes: list[Scope], days: int
) -> tuple[str, str]:
    """(id, secret) of a key of the visitor's own; a Problem or a refusal makes none."""
    if visitor.owes_second_step:
        raise SECOND_STEP_MISSING
    called = checked(name, "name", 100, True)
    if not scopes:
        raise NO_SCOPE
    if not 1 <= days <= LONGEST_KEY:
        raise KEY_TOO_LONG
    chosen = [scope for scope in Scope if scope in scopes]
    lasts, origin = timedelta(days=days), origin_of(request)
    return await jenjang.credentials.make_key(visitor.account, called, chosen, jenjang.now(), lasts, origin)


async def end_key(request: Request, jenjang: Services, visitor: Visitor, key: str) -> None:
    """End an own key, or as HR of the agency anybody's; NOT_FOUND where there is none."""
    now, origin, credentials = jenjang.now(), origin_of(request), jenjang.credentials
    if await credentials.end_key(key, now, visitor.account, origin=origin):
        return
    if not (visitor.hr and await credentials.end_key(key, now, None, by=visitor.id, origin=origin)):
        raise NOT_FOUND


async def end_everything(request: Request, jenjang: Services, visitor: Visitor, person: str) -> int:
    """End all that is open for this person, or for this account without one; NOT_FOUND where there is neither."""
    account = await account_of(jenjang, person)
    return await jenjang.credentials.end_everything(account, visitor.id, jenjang.now(), origin_of(request))


async def reset_second_step(request: Request, jenjang: Services, visitor: Visitor, person: str) -> None:
    """Ask this person for no code any more, until the second step is set up anew; NOT_FOUND where none was asked for."""
    account = await account_of(jenjang, person)
    if account == visitor.account:
        raise OWN_SECOND_STEP
    if not await jenjang.second_steps.remove(account, jenjang.now(), by=visitor.id, origin=origin_of(request)):
        raise NOT_FOUND


async def account_of(jenjang: Services, person: str) -> str:
    """The account of this person, or the one without a person that has this id; NOT_FOUND where there is neither."""
    account = await jenjang.accounts.of_visitor(person, jenjang.now())
    if account is None:
        raise NOT_FOUND
    return account
