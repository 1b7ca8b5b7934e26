"""Where somebody is signed in, ending it, and the security record."""

from typing import Annotated

from fastapi import Query, Request

from adapters.database.desk.credentials import SignIn
from adapters.database.desk.security_record import Deed, Happened
from api import entrance
from api.errors import NOT_FOUND
from api.paging import ByInstant
from api.routes.appraisals import Key
from api.security import Officer, Signed, origin_of
from api.services import Jenjang
from api.strict import json_router

router = json_router(tags=("signing in",))


@router.get("/sign-ins")
async def own(visitor: Signed, jenjang: Jenjang) -> tuple[SignIn, ...]:
    """The visitor's open sessions in browsers, the last used first."""
    return await jenjang.credentials.sign_ins(visitor.account, jenjang.now())


@router.delete("/sign-ins", status_code=204)
async def end_others(visitor: Signed, request: Request, jenjang: Jenjang) -> None:
    """End all of them, but for the one that this request is made with."""
    await jenjang.credentials.end_others(visitor.account, visitor.credential, jenjang.now(), origin_of(request))


@router.delete("/sign-ins/{sign_in}", status_code=204)
async def end(sign_in: Key, visitor: Signed, request: Request, jenjang: Jenjang) -> None:
    """End one of them."""
    if not await jenjang.credentials.end_sign_in(visitor.account, sign_in, jenjang.now(), origin_of(request)):
        raise NOT_FOUND


@router.delete("/people/{person}/sign-ins", status_code=204)
async def end_everything(person: Key, visitor: Officer, request: Request, jenjang: Jenjang) -> None:
    """End every session, token, key and unused link of a person, or of an officer's account."""
    await entrance.end_everything(request, jenjang, visitor, person)


@router.delete("/people/{person}/second-step", status_code=204)
async def reset_second_step(person: Key, visitor: Officer, request: Request, jenjang: Jenjang) -> None:
    """Whoever has lost the app and the recovery codes sets the second step up anew at the next sign-in."""
    await entrance.reset_second_step(request, jenjang, visitor, person)


@router.get("/security-record")
async def security_record(
    visitor: Officer,
    jenjang: Jenjang,
    paging: ByInstant,
    deed: Deed | None = None,
    person: Annotated[str, Query(max_length=12)] = "",
) -> tuple[Happened, ...]:
    """Who came in or was refused, what was made, ended or reset; the newest first."""
    rows = await jenjang.security.listed(paging.read, deed, person, paging.after)
    return paging.cut(rows, lambda row: (row.at, row.id))
