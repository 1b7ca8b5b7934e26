"""Support staff: they say why they look, look on without changing anything, and find the case that they were asked about."""

from typing import Annotated

from fastapi import Query, Request
from pydantic import BaseModel, Field

from adapters.database.desk.accounts import Visitor
from adapters.database.desk.looks import LONGEST_REASON, Looking
from adapters.database.desk.security_record import Origin
from adapters.database.reads import support_search
from adapters.database.reads.support_search import FoundCase
from api.errors import NOT_FOUND, Problem
from api.security import Supporter, origin_of
from api.services import Jenjang, Services
from api.strict import CLOSED, json_router
from appraisal.text import checked, reason

router = json_router("/support", ("support",))
MOST = 50
LONGEST_SEARCH = 200
NOT_LOOKING = Problem(
    403, "not_looking", "Nothing is shown before you say why you look.", "", "Begin a look with its reason or ticket."
)


class Why(BaseModel):
    """Why somebody looks: a sentence, or the number of a ticket. Whoever is looked at reads it."""

    reason: str = Field(max_length=LONGEST_REASON)


@router.post("/look", status_code=201)
async def begin(why: Annotated[Why, CLOSED], visitor: Supporter, request: Request, jenjang: Jenjang) -> Looking:
    """From now on this token or session looks on: it sees cases, and changes nothing. Another reason is another look."""
    return await look(jenjang, visitor, why.reason, origin_of(request))


@router.delete("/look", status_code=204)
async def end(visitor: Supporter, request: Request, jenjang: Jenjang) -> None:
    """End the look; the own work can go on."""
    if not await jenjang.looks.end(visitor.account, visitor.credential, jenjang.now(), origin_of(request)):
        raise NOT_FOUND


@router.get("/cases")
async def cases(
    visitor: Supporter, jenjang: Jenjang, search: Annotated[str, Query(max_length=LONGEST_SEARCH)] = ""
) -> tuple[FoundCase, ...]:
    """Up to 50 cases by a part of the employee's name, or by `appraisal/{cycle}/{employee}`; never one's own."""
    return await found(jenjang, visitor, search)


async def look(jenjang: Services, visitor: Visitor, why: str, origin: Origin) -> Looking:
    """Begin to look on, for as long as the settings say; MissingReason or InvalidText without a usable reason."""
    given, lasts = checked(reason(why), "reason", LONGEST_REASON), jenjang.settings.support_look
    return await jenjang.looks.begin(visitor.account, visitor.credential, given, jenjang.now(), lasts, origin)


async def found(jenjang: Services, visitor: Visitor, search: str) -> tuple[FoundCase, ...]:
    """What is looked for; NOT_LOOKING before a reason was given."""
    if visitor.looking is None:
        raise NOT_LOOKING
    async with jenjang.reading() as session:
        return await support_search.cases(session, search.strip(), MOST, visitor.id)
