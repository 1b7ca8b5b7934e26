"""Who acts for whom: HR appoints Plt and Plh, a superior on leave names a delegate."""

from datetime import date, datetime
from functools import partial
from typing import Annotated

from fastapi import Response
from pydantic import AwareDatetime, BaseModel, Field

from adapters.database.desk.accounts import Visitor
from adapters.database.reads import acting_list
from adapters.database.reads.acting_list import AppointmentRow
from api.errors import NOT_FOUND
from api.orders import order_id, put_on_record, tell
from api.paging import ByInstant
from api.routes.appraisals import IdempotencyKey, Key
from api.security import Signed, actor
from api.services import Jenjang, Services
from api.strict import CLOSED, json_router
from appraisal.people.acting import ActingKind
from appraisal.people.appointment import Appoint, check
from workflows.appointment import AppointmentWorkflow, EndNow
from workflows.identity import appointment_id

router = json_router("/appointments", ("appointments",))
Name = Annotated[str, Field(pattern="^[0-9a-z-]{1,32}$")]
Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))]


class Wanted(BaseModel):
    """A Plt or Plh for a `position`, or a delegate for a person (`represented`, without it the visitor himself).

    A delegate who does not sign may write drafts and return targets, and no more. Without `begins_at` it begins now.
    """

    kind: ActingKind
    person: Name
    ends_at: AwareDatetime
    begins_at: AwareDatetime | None = None
    position: Name | None = None
    represented: Name | None = None
    signs: bool = True
    reason: str = Field(default="", max_length=4000)


def order_of(jenjang: Services, visitor: Visitor, wanted: Wanted, key: str | None) -> Appoint:
    """The order as the rules know it. Its id comes from the key, so that the same request again is the same appointment."""
    delegate = wanted.kind is ActingKind.DELEGATE
    return Appoint(
        id=order_id(visitor, key),
        kind=wanted.kind,
        person=wanted.person,
        begins_at=wanted.begins_at or jenjang.now(),
        ends_at=wanted.ends_at,
        actor=actor(visitor),
        position=wanted.position,
        represented=wanted.represented or (visitor.person if delegate else None),
        signs=wanted.signs or not delegate,
        reason=wanted.reason,
    )


async def make(jenjang: Services, order: Appoint) -> AppointmentRow:
    """The appointment on record; or the refusal of the rules, and nothing has changed."""
    known = await _row(jenjang, order.id)
    if known is not None:
        return known
    check(order, jenjang.now())
    process, reading = appointment_id(order.id), partial(_row, jenjang, order.id)
    return await put_on_record(jenjang, AppointmentWorkflow.run, order, process, AppointmentWorkflow.made, reading)


async def end_now(jenjang: Services, visitor: Visitor, appointment: str, key: str | None) -> AppointmentRow:
    """The appointment, ended; NOT_FOUND where it is none of the visitor's business."""
    await visible(jenjang, visitor, appointment)
    order, process = EndNow(actor(visitor)), appointment_id(appointment)
    await tell(jenjang, visitor, process, AppointmentWorkflow.end, order, key)
    return await visible(jenjang, visitor, appointment)


async def visible(jenjang: Services, visitor: Visitor, appointment: str) -> AppointmentRow:
    """The appointment, for HR and for those whom it concerns."""
    found = await _row(jenjang, appointment)
    if found is None or not (visitor.hr or visitor.id in (found.person_id, found.represented_id)):
        raise NOT_FOUND
    return found


async def _row(jenjang: Services, appointment: str) -> AppointmentRow | None:
    async with jenjang.reading() as session:
        return await acting_list.appointment(session, appointment)


async def listed(
    jenjang: Services,
    visitor: Visitor,
    at: datetime,
    most: int | None = 200,
    last: tuple[datetime, str] | None = None,
) -> tuple[AppointmentRow, ...]:
    """What HR, or this visitor, has to know of. Without `most`, all of it."""
    async with jenjang.reading() as session:
        return await acting_list.appointments_of(session, at, None if visitor.hr else visitor.id, most, last)


@router.post("", status_code=201)
async def appoint(
    wanted: Annotated[Wanted, CLOSED],
    visitor: Signed,
    jenjang: Jenjang,
    response: Response,
    idempotency_key: IdempotencyKey = None,
) -> AppointmentRow:
    """Appoint somebody to act. What waits follows at once, and goes back by itself when the period ends."""
    made = await make(jenjang, order_of(jenjang, visitor, wanted, idempotency_key))
    response.headers["Location"] = f"/api/v1/appointments/{made.id}"
    return made


@router.get("")
async def current(visitor: Signed, jenjang: Jenjang, paging: ByInstant) -> tuple[AppointmentRow, ...]:
    """Appointments that hold now or later, the first to end first: all for HR, else those that concern the visitor."""
    rows = await listed(jenjang, visitor, jenjang.now(), paging.read, paging.after)
    return paging.cut(rows, lambda row: (row.ends_at, row.id))


@router.get("/{appointment}")
async def one(appointment: Key, visitor: Signed, jenjang: Jenjang) -> AppointmentRow:
    """One appointment, also one that has ended."""
    return await visible(jenjang, visitor, appointment)


@router.post("/{appointment}/end")
async def end(
    appointment: Key, visitor: Signed, jenjang: Jenjang, idempotency_key: IdempotencyKey = None
) -> AppointmentRow:
    """End it now: HR, or whoever is represented."""
    return await end_now(jenjang, visitor, appointment, idempotency_key)
