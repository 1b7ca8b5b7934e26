"""HR officers, of the agency or of a unit, and support staff: who they are, and giving and taking their rights."""

from typing import Annotated

from fastapi import Request, Response
from pydantic import BaseModel, Field

from adapters.database.desk.accounts import Visitor
from adapters.database.desk.security_record import Origin
from adapters.database.reads import offices
from adapters.database.reads.lines import unit_parents
from adapters.database.reads.offices import OfficerRow
from api.errors import NOT_FOUND
from api.routes.appraisals import Key
from api.security import Officer, origin_of
from api.services import Jenjang, Services
from api.strict import CLOSED, json_router
from appraisal.people.offices import Office, demand_another, demand_office

router = json_router("/officers", ("people",))


class Given(BaseModel):
    """HR of this unit and everything below it; without a unit, of the whole agency; or `support`, which only looks on."""

    unit: str | None = Field(default=None, max_length=12)
    support: bool = False


@router.get("")
async def listed(visitor: Officer, jenjang: Jenjang) -> tuple[OfficerRow, ...]:
    """Everybody who has HR rights, those of the agency first; then support staff."""
    async with jenjang.reading() as session:
        return await offices.appointed(session, jenjang.today())


@router.put("/{officer}", status_code=204)
async def give(
    officer: Key, given: Annotated[Given, CLOSED], visitor: Officer, request: Request, jenjang: Jenjang
) -> Response:
    """Give these rights to this person (or to the account without a person), in place of any that there are."""
    await grant(jenjang, visitor, officer, Office(given.unit, given.support), origin_of(request))
    return Response(status_code=204)


@router.delete("/{officer}", status_code=204)
async def take(officer: Key, visitor: Officer, request: Request, jenjang: Jenjang) -> Response:
    """Take the rights."""
    await grant(jenjang, visitor, officer, None, origin_of(request))
    return Response(status_code=204)


async def grant(jenjang: Services, visitor: Visitor, officer: str, office: Office | None, origin: Origin) -> None:
    """Give these rights, or with None take them; InvalidOffice, OwnOffice or NOT_FOUND changes nothing."""
    demand_another(officer, visitor.id)
    if office is not None:
        async with jenjang.reading() as session:
            demand_office(office, await unit_parents(session, jenjang.today()))
    account = await jenjang.accounts.of_visitor(officer, jenjang.now())
    if account is None:
        raise NOT_FOUND
    await jenjang.accounts.grant_office(account, office, by=visitor.id, origin=origin)
