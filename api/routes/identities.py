"""Which identities of the agency's provider open which accounts, for HR: look, and end a link."""

from typing import Annotated

from fastapi import Query, Request

from adapters.database.desk.accounts import Visitor
from adapters.database.desk.identities import IdentityRow
from adapters.database.desk.security_record import Origin
from api.errors import NOT_FOUND
from api.paging import ByInstant
from api.routes.appraisals import Key
from api.security import Officer, origin_of
from api.services import Jenjang, Services
from api.strict import json_router

router = json_router("/identities", ("signing in",))


@router.get("")
async def listed(
    visitor: Officer, jenjang: Jenjang, paging: ByInstant, search: Annotated[str, Query(max_length=100)] = ""
) -> tuple[IdentityRow, ...]:
    """Links, also those that have ended, the newest first."""
    rows = await jenjang.identities.listed(search.strip(), paging.after, paging.read)
    return paging.cut(rows, lambda row: (row.linked_at, row.id))


@router.delete("/{identity}", status_code=204)
async def unlink(identity: Key, visitor: Officer, request: Request, jenjang: Jenjang) -> None:
    """End a link, and every session that it opened. At the next sign-in the provider's identity is matched anew."""
    await ended(jenjang, visitor, identity, origin_of(request))


async def ended(jenjang: Services, visitor: Visitor, identity: str, origin: Origin) -> None:
    """End the link; NOT_FOUND where there is none (any more)."""
    if not await jenjang.identities.unlink(identity, visitor.id, jenjang.now(), origin):
        raise NOT_FOUND
