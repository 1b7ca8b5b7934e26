"""'My superior is wrong': an employee reports it, HR decides, and the employee is told either way."""

from datetime import datetime
from functools import partial
from typing import Annotated, Literal

from fastapi import Response
from pydantic import BaseModel, Field

from adapters.database.desk.accounts import Visitor
from adapters.database.reads import superior_reports
from adapters.database.reads.superior_reports import ReportRow
from api.errors import NOT_FOUND, Problem
from api.orders import order_id, put_on_record, tell
from api.paging import ByInstant
from api.routes.appointments import Name
from api.routes.appraisals import IdempotencyKey, Key
from api.security import Signed, actor
from api.services import Jenjang, Services
from api.strict import CLOSED, json_router
from appraisal.people.superior_report import Decision, ReportSuperior, check
from workflows.identity import superior_report_id
from workflows.superior_report import SuperiorReportWorkflow

router = json_router("/superior-reports", ("superior reports",))
NO_EMPLOYEE = Problem(
    403, "not_allowed", "This account belongs to no employee.", "", "Sign in as the employee whose superior is wrong."
)
NOBODY = Problem(422, "unknown_person", "An acceptance names the superior.", "superior", "Choose the superior.")
NAMES_SOMEBODY = Problem(
    422, "invalid_request", "A report that is declined names no superior.", "superior", "Leave it out, or accept."
)


class Wrong(BaseModel):
    """My superior is wrong. `superior` is who it should be, where that is known; `words` are welcome."""

    superior: Name | None = None
    words: str = Field(default="", max_length=4000)


class Answer(BaseModel):
    """`accept` with the `superior` from today on, or `decline` with the `reason`."""

    decision: Literal["accept", "decline"]
    superior: Name | None = None
    reason: str = Field(default="", max_length=4000)


async def report(jenjang: Services, visitor: Visitor, wrong: Wrong, key: str | None) -> ReportRow:
    """The report on record; or the refusal of the rules, and nothing has changed."""
    if visitor.person is None:
        raise NO_EMPLOYEE
    order = ReportSuperior(order_id(visitor, key), visitor.person, actor(visitor), wrong.superior, wrong.words.strip())
    known = await _row(jenjang, order.id)
    if known is not None:
        return known
    check(order)
    process = superior_report_id(order.person, order.id)
    run, reading = SuperiorReportWorkflow.run, partial(_row, jenjang, order.id)
    return await put_on_record(jenjang, run, order, process, SuperiorReportWorkflow.made, reading)


async def decide(jenjang: Services, visitor: Visitor, report: str, answer: Answer, key: str | None) -> ReportRow:
    """The report, decided; NOT_FOUND where it is none of the visitor's business."""
    row = await visible(jenjang, visitor, report)
    if (answer.decision == "accept") is not (answer.superior is not None):
        raise NOBODY if answer.decision == "accept" else NAMES_SOMEBODY
    process, decision = (
        superior_report_id(row.person_id, row.id),
        Decision(actor(visitor), answer.superior, answer.reason),
    )
    await tell(jenjang, visitor, process, SuperiorReportWorkflow.decide, decision, key)
    return await visible(jenjang, visitor, report)


async def visible(jenjang: Services, visitor: Visitor, report: str) -> ReportRow:
    """The report, for HR and for whoever has reported."""
    found = await _row(jenjang, report)
    if found is None or not (visitor.hr or visitor.id == found.person_id):
        raise NOT_FOUND
    return found


async def listed(
    jenjang: Services, visitor: Visitor, most: int | None = 200, last: tuple[datetime, str] | None = None
) -> tuple[ReportRow, ...]:
    """What waits for HR; for others what they have reported themselves. Without `most`, all of it."""
    async with jenjang.reading() as session:
        if visitor.hr:
            return await superior_reports.open_reports(session, most, last)
        return await superior_reports.reports_by(session, visitor.id, most, last)


async def _row(jenjang: Services, report: str) -> ReportRow | None:
    async with jenjang.reading() as session:
        return await superior_reports.report(session, report)


@router.post("", status_code=201)
async def complain(
    wrong: Annotated[Wrong, CLOSED],
    visitor: Signed,
    jenjang: Jenjang,
    response: Response,
    idempotency_key: IdempotencyKey = None,
) -> ReportRow:
    """Report that the own superior is wrong. One report at a time; the appraisal goes on meanwhile."""
    made = await report(jenjang, visitor, wrong, idempotency_key)
    response.headers["Location"] = f"/api/v1/superior-reports/{made.id}"
    return made


@router.get("")
async def current(visitor: Signed, jenjang: Jenjang, paging: ByInstant) -> tuple[ReportRow, ...]:
    """Open reports for HR, the longest due first; else the visitor's own, the newest first."""
    rows = await listed(jenjang, visitor, paging.read, paging.after)
    return paging.cut(rows, lambda row: (row.due_at if visitor.hr else row.reported_at, row.id))


@router.get("/{report}")
async def one(report: Key, visitor: Signed, jenjang: Jenjang) -> ReportRow:
    """One report, also one that was decided."""
    return await visible(jenjang, visitor, report)


@router.post("/{report}/decision")
async def answer(
    report: Key,
    answer: Annotated[Answer, CLOSED],
    visitor: Signed,
    jenjang: Jenjang,
    idempotency_key: IdempotencyKey = None,
) -> ReportRow:
    """HR accepts it with the superior, whom open appraisals follow at once, or declines it with a reason."""
    return await decide(jenjang, visitor, report, answer, idempotency_key)
