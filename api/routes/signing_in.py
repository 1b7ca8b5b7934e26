"""Tokens for programs, links for people, and who one is."""

from typing import Annotated

from fastapi import Header
from pydantic import BaseModel, Field

from adapters.database.desk.accounts import LIFETIMES, LINK, TOKEN
from api.errors import NOT_FOUND, Problem
from api.routes.appraisals import Key
from api.security import Officer, Signed
from api.services import Jenjang
from api.strict import CLOSED, json_router

router = json_router(tags=("signing in",))
WRONG = Problem(
    401, "wrong_credentials", "Login and password, or this link, do not open an account.", "", "Try again, or ask HR."
)


class Credentials(BaseModel):
    """Either `login` (NIP, e-mail or an officer's login) and `password`, or a one-time `link`."""

    login: str = Field(default="", max_length=254)
    password: str = Field(default="", max_length=200)
    link: str = Field(default="", max_length=100)
    name: str = Field(default="", max_length=100, description="what the token is for")


class Issued(BaseModel):
    """A secret that is shown this once, and how many seconds it lasts."""

    secret: str
    expires_in: int


class Me(BaseModel):
    """The visitor."""

    id: str
    name: str
    hr: bool
    units: tuple[str, ...]
    language: str


@router.post("/tokens", status_code=201)
async def issue_token(credentials: Annotated[Credentials, CLOSED], jenjang: Jenjang) -> Issued:
    """An API token for whoever can show credentials."""
    if credentials.link:
        account = await jenjang.accounts.use_link(credentials.link, jenjang.now())
    else:
        account = await jenjang.accounts.sign_in(credentials.login, credentials.password)
    if account is None:
        raise WRONG
    secret = await jenjang.accounts.issue(account, TOKEN, jenjang.now(), credentials.name)
    return Issued(secret=secret, expires_in=int(LIFETIMES[TOKEN].total_seconds()))


@router.delete("/tokens/current", status_code=204)
async def revoke_token(visitor: Signed, jenjang: Jenjang, authorization: Annotated[str, Header()] = "") -> None:
    """End the token that this request is made with."""
    await jenjang.accounts.revoke(authorization.partition(" ")[2], jenjang.now())


@router.get("/me")
async def me(visitor: Signed) -> Me:
    """Who is asking."""
    return Me(id=visitor.id, name=visitor.name, hr=visitor.hr, units=visitor.units, language=visitor.language)


@router.post("/people/{person}/sign-in-links", status_code=201)
async def issue_link(person: Key, visitor: Officer, jenjang: Jenjang) -> Issued:
    """A one-time sign-in link for a person, who then chooses a password. HR hands it over."""
    account = await jenjang.accounts.of_person(person, jenjang.now())
    if account is None:
        raise NOT_FOUND
    secret = await jenjang.accounts.issue(account, LINK, jenjang.now())
    return Issued(secret=secret, expires_in=int(LIFETIMES[LINK].total_seconds()))
