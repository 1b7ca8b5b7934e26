"""People whom mail does not reach, for HR."""

from adapters.database.reads.unreached import Unreached, unreached
from api.paging import ByName, place_of
from api.security import Officer
from api.services import Jenjang
from api.strict import json_router

router = json_router("/unreached", ("people",))


@router.get("")
async def listed(visitor: Officer, jenjang: Jenjang, paging: ByName) -> tuple[Unreached, ...]:
    """People whose last mail was given up, by name."""
    async with jenjang.reading() as session:
        rows = await unreached(session, await place_of(session, paging.after), paging.read)
    return paging.cut(rows, lambda row: row.id)
