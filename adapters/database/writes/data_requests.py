"""Keeping what people ask about their own data."""

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from sqlalchemy import insert, update

from adapters.database import chain
from adapters.database.announcing import announce
from adapters.database.engine import Sessions
from adapters.database.reads import erasable
from adapters.database.reads.data_requests import REQUEST
from adapters.database.reads.lines import reporting_line
from adapters.database.reads.offices import officers
from adapters.database.writes import erasing
from appraisal.privacy.data_request import AskAboutData, DataRequest, Office, office_of
from appraisal.privacy.erasing import Erased, Part, Stays


class SqlDataRequests:
    """Implements activities.data_requests.DataRequests. `today` tells the agency's present day, `erasable` what it lets go."""

    def __init__(self, sessions: Sessions, today: Callable[[], date], erasable: Collection[Part]) -> None:
        self._sessions, self._today, self._erasable = sessions, today, erasable

    async def office(self, person: str) -> Office:
        today = self._today()
        async with self._sessions() as session:
            line = await reporting_line(session, person, today)
            return office_of(person, line.pool_unit_id if line else None, await officers(session, today))

    async def stays(self, order: AskAboutData) -> Stays:
        async with self._sessions() as session:
            return await erasable.stays(session, order.person, order.parts, self._erasable, self._today())

    async def keep(self, request: DataRequest) -> None:
        async with self._sessions.begin() as session:
            if not await chain.append(session, request.id, request.events):
                return
            if request.revision == 0:
                await session.execute(insert(REQUEST).values(_order(request) | _state(request)))
            else:
                await session.execute(update(REQUEST).where(REQUEST.c.id == request.order.id).values(_state(request)))
            if request.erases:
                at = request.events[-1].at
                await erasing.erase(session, Erased(request.order.id, request.order.person, request.erases, at))
            await announce(session, request.id, request.notices(), request.events[-1].at)


def _order(request: DataRequest) -> dict[str, Any]:
    order = request.order
    return {
        "id": order.id,
        "subject": request.id,
        "kind": order.kind,
        "person_id": order.person,
        "area": order.area,
        "words": order.words,
        "should_be": order.should_be,
        "evidence": order.evidence,
        "asked_at": request.at,
        "due_at": request.due,
        "parts": list(order.parts),
    }


def _state(request: DataRequest) -> dict[str, Any]:
    """What changes while a request lives."""
    answer = request.answer
    return {
        "unit_id": request.office.unit,
        "holder_id": request.office.holder,
        "phase": request.phase,
        "reminded": request.reminded,
        "escalated": request.escalated,
        "reason": answer.reason if answer else "",
        "ground": answer.ground if answer else "",
        "answered_by": answer.actor.id if answer else None,
        "answered_at": request.answered_at,
        "stays": [list(pair) for pair in request.stays],
        "revision": request.revision,
    }
