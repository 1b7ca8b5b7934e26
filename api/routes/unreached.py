"""People whom mail does not reach, for HR."""

from typing import Annotated

from fastapi import Query

from adapters.database.unreached import Unreached, unreached
from api.routes.work import Limit
from api.security import Officer
from api.services import Jenjang
from api.strict import json_router

router = json_router("/unreached", ("people",))


@router.get("")
async def listed(
    visitor: Officer,
    jenjang: Jenjang,
    after_name: Annotated[str, Query(max_length=200)] = "",
    after_id: Annotated[str, Query(max_length=12)] = "",
    limit: Limit = 50,
) -> tuple[Unreached, ...]:
    """People whose last mail was given up, by name. Page with `name` and `id` of the last row."""
    async with jenjang.reading() as session:
        return await unreached(session, (after_name, after_id) if after_id else None, limit)
