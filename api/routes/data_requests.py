"""Own data: people ask to see them, to have them put right or erased, HR answers in time, and the person is told."""

from datetime import datetime
from functools import partial
from typing import Annotated, Literal

from fastapi import Response
from pydantic import BaseModel, Field

from adapters.database.desk.accounts import Visitor
from adapters.database.reads import data_requests, erasable
from adapters.database.reads.data_requests import DataRequestRow
from api.errors import NOT_FOUND, Problem
from api.orders import order_id, put_on_record, tell
from api.paging import ByInstant
from api.routes.appraisals import IdempotencyKey, Key
from api.security import Signed, actor, scope
from api.services import Jenjang, Services
from api.strict import CLOSED, json_router
from appraisal.access import Action, can
from appraisal.parties import Parties
from appraisal.privacy.data_request import Area, AskAboutData, DataAnswer, DataKind, DataPhase, check
from appraisal.privacy.erasing import Part, Stays
from workflows.data_request import DataRequestWorkflow
from workflows.identity import data_request_id

router = json_router("/data-requests", ("own data",))
NO_EMPLOYEE = Problem(
    403, "not_allowed", "This account belongs to no employee.", "", "Sign in as the person whose data it is about."
)


class Question(BaseModel):
    """`words` say what is wrong, or what to see; a correction names what it `should_be`. `evidence` is an address.

    An erasure names the `parts` that should go; `record` is all that an appraisal rests on, and stays.
    """

    kind: DataKind
    area: Area
    words: str = Field(max_length=4000)
    should_be: str = Field(default="", max_length=4000)
    evidence: str = Field(default="", max_length=1000)
    parts: tuple[Part, ...] = Field(default=(), max_length=len(Part))


class Reply(BaseModel):
    """What was done, in words that the person reads. A refusal names its `ground`: the rule or paper it rests on.

    `done` of an erasure erases what may go, at once and for good; what stays is told with its ground.
    """

    decision: Literal["done", "forwarded", "refused"]
    reason: str = Field(max_length=4000)
    ground: str = Field(default="", max_length=4000)


async def ask(jenjang: Services, visitor: Visitor, question: Question, key: str | None) -> DataRequestRow:
    """The request on record; or the refusal of the rules, and nothing has changed."""
    if visitor.person is None:
        raise NO_EMPLOYEE
    said = (question.area, question.words, question.should_be, question.evidence, jenjang.settings.data_requests_due)
    asked = AskAboutData(order_id(visitor, key), question.kind, visitor.person, actor(visitor), *said, question.parts)
    order = check(asked)
    known = await _row(jenjang, order.id)
    if known is not None:
        return known
    process = data_request_id(order.kind, order.id)
    run, reading = DataRequestWorkflow.run, partial(_row, jenjang, order.id)
    return await put_on_record(jenjang, run, order, process, DataRequestWorkflow.made, reading)


async def reply(jenjang: Services, visitor: Visitor, request: str, said: Reply, key: str | None) -> DataRequestRow:
    """The request, answered; NOT_FOUND where it is none of the visitor's business."""
    row = await visible(jenjang, visitor, request)
    given = DataAnswer(actor(visitor), DataPhase(said.decision), said.reason, said.ground)
    await tell(jenjang, visitor, data_request_id(row.kind, row.id), DataRequestWorkflow.answer, given, key)
    return await visible(jenjang, visitor, request)


async def visible(jenjang: Services, visitor: Visitor, request: str) -> DataRequestRow:
    """The request, for HR of the agency, HR of the person's unit, and whoever has asked."""
    found = await _row(jenjang, request)
    if found is None or not (visitor.id == found.person_id or answers(visitor, found)):
        raise NOT_FOUND
    return found


def answers(visitor: Visitor, row: DataRequestRow) -> bool:
    """Whether this visitor is an officer who may answer it."""
    return can(actor(visitor), Action.ANSWER_REQUEST, Parties(row.person_id, row.unit_id)).allowed


async def waiting(
    jenjang: Services, visitor: Visitor, most: int | None = 200, last: tuple[datetime, str] | None = None
) -> tuple[DataRequestRow, ...]:
    """What waits for HR, as far as this visitor is HR."""
    if not can(actor(visitor), Action.OVERSEE).allowed:
        return ()
    async with jenjang.reading() as session:
        return await data_requests.open_requests(session, scope(visitor), most, last)


async def own(jenjang: Services, visitor: Visitor) -> tuple[DataRequestRow, ...]:
    """What the visitor has asked, the newest first."""
    async with jenjang.reading() as session:
        return await data_requests.requests_of(session, visitor.id)


async def would_stay(jenjang: Services, row: DataRequestRow) -> Stays:
    """What HR cannot erase of this request as things stand."""
    async with jenjang.reading() as session:
        allowed = jenjang.settings.erasable_parts
        return await erasable.stays(session, row.person_id, row.parts, allowed, jenjang.today())


async def _row(jenjang: Services, request: str) -> DataRequestRow | None:
    async with jenjang.reading() as session:
        return await data_requests.request(session, request)


@router.post("", status_code=201)
async def request_about_data(
    question: Annotated[Question, CLOSED],
    visitor: Signed,
    jenjang: Jenjang,
    response: Response,
    idempotency_key: IdempotencyKey = None,
) -> DataRequestRow:
    """Ask to see the own data, to have them put right, or erased. HR answers within 72 hours, counted day and night."""
    made = await ask(jenjang, visitor, question, idempotency_key)
    response.headers["Location"] = f"/api/v1/data-requests/{made.id}"
    return made


@router.get("")
async def requests_about_own_data(visitor: Signed, jenjang: Jenjang) -> tuple[DataRequestRow, ...]:
    """The visitor's own requests, the newest first."""
    return await own(jenjang, visitor)


@router.get("/waiting")
async def waiting_data_requests(visitor: Signed, jenjang: Jenjang, paging: ByInstant) -> tuple[DataRequestRow, ...]:
    """What waits for this visitor as HR, the longest due first; nothing for others."""
    rows = await waiting(jenjang, visitor, paging.read, paging.after)
    return paging.cut(rows, lambda row: (row.due_at, row.id))


@router.get("/{request}")
async def data_request(request: Key, visitor: Signed, jenjang: Jenjang) -> DataRequestRow:
    """One request, also one that was answered."""
    return await visible(jenjang, visitor, request)


@router.post("/{request}/decision")
async def answer_data_request(
    request: Key,
    said: Annotated[Reply, CLOSED],
    visitor: Signed,
    jenjang: Jenjang,
    idempotency_key: IdempotencyKey = None,
) -> DataRequestRow:
    """HR has done it, has forwarded it to who keeps the source (SIMPEG), or refuses with a reason and its ground.

    An erasure of which nothing may go is refused with `nothing_to_erase`.
    """
    return await reply(jenjang, visitor, request, said, idempotency_key)
