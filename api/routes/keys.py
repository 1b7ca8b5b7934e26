"""API keys: made for one purpose, with scopes and an end."""

from typing import Annotated

from fastapi import Request
from pydantic import BaseModel, Field

from adapters.database.desk.credentials import ApiKey
from api import entrance
from api.entrance import LONGEST_KEY
from api.paging import ByInstant
from api.routes.appraisals import Key
from api.scopes import Scope
from api.security import Officer, Signed
from api.services import Jenjang
from api.strict import CLOSED, json_router

router = json_router("/keys", ("signing in",))


class NewKey(BaseModel):
    """A key for a program of the visitor's own."""

    name: str = Field(min_length=1, max_length=100, description="what it is for")
    scopes: list[Scope] = Field(min_length=1, max_length=len(Scope))
    days: int = Field(ge=1, le=LONGEST_KEY, description="how long it opens")


class MadeKey(BaseModel):
    """The secret is shown this once."""

    id: str
    secret: str


@router.get("")
async def own(visitor: Signed, jenjang: Jenjang) -> tuple[ApiKey, ...]:
    """The visitor's open keys and tokens, those that end soonest first."""
    return await jenjang.credentials.keys(jenjang.now(), visitor.account)


@router.get("/everybody")
async def everybody(visitor: Officer, jenjang: Jenjang, paging: ByInstant) -> tuple[ApiKey, ...]:
    """All open keys, for HR of the agency, those that end soonest first."""
    rows = await jenjang.credentials.keys(jenjang.now(), None, paging.read, paging.after)
    return paging.cut(rows, lambda row: (row.expires_at, row.id))


@router.post("", status_code=201)
async def make(given: Annotated[NewKey, CLOSED], visitor: Signed, request: Request, jenjang: Jenjang) -> MadeKey:
    """A new key. It may do what its scopes say and its owner may, and nothing else."""
    made, secret = await entrance.make_key(request, jenjang, visitor, given.name, given.scopes, given.days)
    return MadeKey(id=made, secret=secret)


@router.delete("/{key}", status_code=204)
async def end(key: Key, visitor: Signed, request: Request, jenjang: Jenjang) -> None:
    """End an own key or token at once; HR of the agency ends anybody's key."""
    await entrance.end_key(request, jenjang, visitor, key)
