"""Tokens for programs, links for people, and who one is."""

from typing import Annotated

from fastapi import Header, Request
from pydantic import BaseModel, Field

from adapters.database.desk.accounts import LIFETIMES, LINK, TOKEN
from adapters.database.desk.looks import Looking
from adapters.database.desk.security_record import Origin
from api.errors import NOT_FOUND, Problem
from api.routes.appraisals import Key
from api.security import Officer, Signed, origin_of
from api.services import Jenjang, Services
from api.strict import CLOSED, json_router

router = json_router(tags=("signing in",))
WRONG = Problem(
    401, "wrong_credentials", "Login and password, or this link, do not open an account.", "", "Try again, or ask HR."
)
CODE_NEEDED = Problem(
    401,
    "code_needed",
    "This account signs in in two steps: a code of its app is needed, and this is none that opens it.",
    "code",
    "Send the present code of the app as `code`; each code counts once.",
)


class Credentials(BaseModel):
    """Either `login` (NIP, e-mail or an officer's login) and `password`, or a one-time `link`; and `code` in two steps."""

    login: str = Field(default="", max_length=254)
    password: str = Field(default="", max_length=200)
    link: str = Field(default="", max_length=100)
    code: str = Field(default="", max_length=40, description="of the authenticator app, or a recovery code")
    name: str = Field(default="", max_length=100, description="what the token is for")


class Issued(BaseModel):
    """A secret that is shown this once, and how many seconds it lasts."""

    secret: str
    expires_in: int


class Me(BaseModel):
    """The visitor; of the support staff, whether it is `looking` on, why and until when."""

    id: str
    name: str
    hr: bool
    units: tuple[str, ...]
    language: str
    support: bool
    looking: Looking | None


@router.post("/tokens", status_code=201)
async def issue_token(credentials: Annotated[Credentials, CLOSED], request: Request, jenjang: Jenjang) -> Issued:
    """An API token for whoever can show credentials. It may do all that its owner may; a key can be made for less."""
    origin = origin_of(request)
    account = await _account(credentials, jenjang, origin)
    secret = await jenjang.accounts.issue(account, TOKEN, jenjang.now(), credentials.name, origin=origin)
    return Issued(secret=secret, expires_in=int(LIFETIMES[TOKEN].total_seconds()))


async def _account(credentials: Credentials, jenjang: Services, origin: Origin) -> str:
    """Whose credentials these are: WRONG, or CODE_NEEDED where only the second step is missing."""
    code, accounts = credentials.code, jenjang.accounts
    if credentials.link:
        whose = await accounts.visitor(credentials.link, (LINK,), *jenjang.present())
        if whose and not code and await jenjang.second_steps.since(whose.account):
            raise CODE_NEEDED  # before the link is used up
        account = await accounts.use_link(credentials.link, jenjang.now(), origin)
    else:
        account = await accounts.sign_in(credentials.login, credentials.password, origin)
    if account is None:
        raise WRONG
    asked = await jenjang.second_steps.since(account) is not None
    if asked and not (code and await jenjang.second_steps.passes(account, code, jenjang.now(), origin)):
        raise CODE_NEEDED
    return account


@router.delete("/tokens/current", status_code=204)
async def revoke_token(
    visitor: Signed, request: Request, jenjang: Jenjang, authorization: Annotated[str, Header()] = ""
) -> None:
    """End the token or key that this request is made with."""
    await jenjang.accounts.revoke(authorization.partition(" ")[2], jenjang.now(), origin_of(request))


@router.get("/me")
async def me(visitor: Signed) -> Me:
    """Who is asking."""
    return Me(
        id=visitor.id,
        name=visitor.name,
        hr=visitor.hr,
        units=visitor.units,
        language=visitor.language,
        support=visitor.support,
        looking=visitor.looking,
    )


@router.post("/people/{person}/sign-in-links", status_code=201)
async def issue_link(person: Key, visitor: Officer, request: Request, jenjang: Jenjang) -> Issued:
    """A one-time sign-in link for a person, who then chooses a password. HR hands it over."""
    account = await jenjang.accounts.of_person(person, jenjang.now())
    if account is None:
        raise NOT_FOUND
    secret = await jenjang.accounts.issue(account, LINK, jenjang.now(), origin=origin_of(request), by=visitor.id)
    return Issued(secret=secret, expires_in=int(LIFETIMES[LINK].total_seconds()))
