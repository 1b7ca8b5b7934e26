"""A case over JSON: read it, read its record, and do the next step."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import Depends, Header, Path, Response
from pydantic import BaseModel
from temporalio.client import WorkflowUpdateHandle
from temporalio.service import RPCError

from adapters.database.desk.accounts import Visitor
from adapters.database.reads import case_rows
from adapters.database.reads.facts import CaseFacts
from api import orders
from api.errors import NOT_FOUND
from api.security import Signed, actor
from api.services import Jenjang, Services
from api.strict import CLOSED, json_router
from appraisal import commands
from appraisal.access import Action, can
from appraisal.assessment import Review, SelfAssessment
from appraisal.endorsement import EndorseReview, ReturnReview
from appraisal.errors import AlreadyClosed
from appraisal.privacy.disclosure import STILL_CHANGING, withheld, withheld_event
from appraisal.targets import Plan
from appraisal.transitions import BELONGS_TO
from workflows.appraisal import AppraisalWorkflow
from workflows.identity import appraisal_id

router = json_router("/appraisals/{cycle}/{employee}", ("appraisals",))

Key = Annotated[str, Path(pattern="^[0-9a-z]{1,32}$")]
Command = Annotated[str, Path(pattern="^[A-Za-z0-9_.:-]{1,80}$")]
IdempotencyKey = Annotated[str | None, Header(max_length=80, pattern="^[A-Za-z0-9_.:-]+$")]
IfMatch = Annotated[str | None, Header(pattern='^(W/)?"?[0-9]{1,9}"?$')]


class Decision(BaseModel):
    """What the supervisor decides on the targets; a return needs its reason."""

    decision: Literal["approve", "return"]
    reason: str = ""


class Endorsement(BaseModel):
    """What the superior of the supervisor says to the review; a return needs its reason."""

    decision: Literal["endorse", "return"]
    reason: str = ""


class Acknowledgement(BaseModel):
    """The employee has read the result; a comment is welcome."""

    comment: str = ""


class Taken(BaseModel):
    """The order is on record at this revision; or, with 202, accepted and asked for at `status_url`."""

    revision: int | None
    step: str | None
    status_url: str


@dataclass(frozen=True, slots=True)
class Door:
    """One person's way to one case: who asks, about which, and with which safeguards."""

    case: tuple[str, str]
    visitor: Visitor
    jenjang: Services
    response: Response
    key: str | None
    revision: int | None

    async def give(self, command: commands.Command) -> Taken:
        accepted = await orders.give(self.jenjang, self.visitor, self.case, command, self.key, self.revision)
        return taken(self.response, self.case, accepted)


async def door(
    cycle: Key,
    employee: Key,
    visitor: Signed,
    jenjang: Jenjang,
    response: Response,
    idempotency_key: IdempotencyKey = None,
    if_match: IfMatch = None,
) -> Door:
    return Door((cycle, employee), visitor, jenjang, response, idempotency_key, revision_of(if_match))


def revision_of(if_match: str | None) -> int | None:
    """The revision that somebody has seen, as the header says it."""
    return int(if_match.removeprefix("W/").strip('"')) if if_match else None


def taken(response: Response, case: tuple[str, str], accepted: orders.Accepted) -> Taken:
    """200 with the receipt, or 202 where the record is not written yet."""
    receipt = accepted.receipt
    url = f"/api/v1/appraisals/{case[0]}/{case[1]}/commands/{accepted.command_id.partition('/')[2]}"
    if receipt is None:
        response.status_code = 202
        response.headers["Location"] = url
        return Taken(revision=None, step=None, status_url=url)
    response.headers["ETag"] = f'"{receipt.revision}"'
    return Taken(revision=receipt.revision, step=receipt.step, status_url=url)


At = Annotated[Door, Depends(door)]


@router.get("")
async def read(cycle: Key, employee: Key, visitor: Signed, jenjang: Jenjang, response: Response) -> dict[str, Any]:
    """The whole case as last stored, and what the visitor may do with it now."""
    facts = await orders.visible(jenjang, visitor, cycle, employee)
    async with jenjang.reading() as session:
        case = await case_rows.case(session, facts.id)
    if case is None:
        raise NOT_FOUND
    if visitor.reads_as(employee):
        case = withheld(case)
    response.headers["ETag"] = f'"{case.revision}"'
    window = case.window if case.open else None
    return {
        "case": case,
        "holder": case.holder,
        "due_at": window.due if window else None,
        "opens_at": window.opens if window else None,
        "next": {"alarm": case.next_alarm[1], "at": case.next_alarm[0]} if case.next_alarm else None,
        "predicate": case.predicate,
        "object_by": case.object_by,
        "allowed": allowed(visitor, case.step, facts),
    }


def allowed(visitor: Visitor, step: str, facts: CaseFacts) -> tuple[str, ...]:
    """The commands that this visitor may give to a case at this step."""
    who = actor(visitor)
    return tuple(
        kind for kind, at in BELONGS_TO.items() if step in at and can(who, Action(kind), facts.parties).allowed
    )


@router.get("/events")
async def events(cycle: Key, employee: Key, visitor: Signed, jenjang: Jenjang) -> tuple[dict[str, Any], ...]:
    """The case's record in order."""
    facts = await orders.visible(jenjang, visitor, cycle, employee)
    async with jenjang.reading() as session:
        found = await case_rows.events(session, facts.id)
    hidden = visitor.reads_as(employee) and facts.step in STILL_CHANGING
    return tuple(map(withheld_event, found)) if hidden else found


@router.get("/commands/{command}")
async def command(cycle: Key, employee: Key, command: Command, at: At) -> Taken:
    """What became of an order that was answered with 202; NOT_FOUND if the visitor never gave it."""
    facts = await orders.visible(at.jenjang, at.visitor, cycle, employee)
    command_id = f"{at.visitor.id}/{command}"
    async with at.jenjang.reading() as session:
        revision = await case_rows.revision_of(session, facts.id, command_id)
        # Read after the event, never before: the step must be one that the order has already changed.
        case = await case_rows.case(session, facts.id) if revision is not None else None
    if revision is not None and case is not None:
        return taken(at.response, at.case, orders.Accepted(command_id, commands.Receipt(revision, case.step)))
    handle = at.jenjang.temporal.get_workflow_handle(appraisal_id(cycle, employee))
    update: WorkflowUpdateHandle[commands.Receipt] = handle.get_update_handle_for(AppraisalWorkflow.perform, command_id)
    try:
        return taken(at.response, at.case, orders.Accepted(command_id, await orders.receipt(update)))
    except AlreadyClosed as gone:
        raise (NOT_FOUND if isinstance(gone.__cause__, RPCError) else gone) from gone


@router.post("/targets")
async def submit_targets(plan: Annotated[Plan, CLOSED], at: At) -> Taken:
    """The employee hands in the targets."""
    return await at.give(commands.SubmitTargets(plan))


@router.post("/approval")
async def decide_targets(decision: Annotated[Decision, CLOSED], at: At) -> Taken:
    """The supervisor approves the targets, or returns them with a reason."""
    if decision.decision == "approve":
        return await at.give(commands.ApproveTargets(decision.reason))
    return await at.give(commands.ReturnTargets(decision.reason))


@router.post("/self-assessment")
async def submit_self_assessment(assessment: Annotated[SelfAssessment, CLOSED], at: At) -> Taken:
    """The employee's own account of the year."""
    return await at.give(commands.SubmitSelfAssessment(assessment))


@router.post("/review")
async def submit_review(review: Annotated[Review, CLOSED], at: At) -> Taken:
    """The supervisor's two ratings, each with its reason."""
    return await at.give(commands.SubmitReview(review))


@router.post("/endorsement")
async def endorse(endorsement: Annotated[Endorsement, CLOSED], at: At) -> Taken:
    """The superior of the supervisor endorses the review, or sends it back with a reason; where the cycle has that step."""
    if endorsement.decision == "endorse":
        return await at.give(EndorseReview(endorsement.reason))
    return await at.give(ReturnReview(endorsement.reason))


@router.post("/acknowledgement")
async def acknowledge(acknowledgement: Annotated[Acknowledgement, CLOSED], at: At) -> Taken:
    """The employee has read the result."""
    return await at.give(commands.Acknowledge(acknowledgement.comment))
