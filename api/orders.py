"""From a request to a process: find the case, ask the table of rights, give the order, wait until it is on record."""

import asyncio
import hashlib
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

import structlog
from temporalio.client import (
    WorkflowFailureError,
    WorkflowHandle,
    WorkflowUpdateFailedError,
    WorkflowUpdateHandle,
    WorkflowUpdateRPCTimeoutOrCancelledError,
    WorkflowUpdateStage,
)
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from adapters.database.desk.accounts import Visitor
from adapters.database.reads.facts import CaseFacts, case_facts, superiors
from api.errors import BUSY, KINDS, NOT_FOUND, TAKEN
from api.security import actor
from api.services import Services
from api.vitals import timed
from appraisal.access import Action, Actor, can, demand
from appraisal.commands import Command, Order, Receipt
from appraisal.errors import AlreadyClosed
from appraisal.parties import Parties
from appraisal.vocabulary import Step
from runtime.processes import start_once
from workflows.appraisal import AppraisalWorkflow
from workflows.identity import cycle_id

log = structlog.get_logger(__name__)

Shown = TypeVar("Shown")
STORING = timedelta(seconds=4)
"""How long a person waits for the record; after that the answer is 'accepted', with an address to ask again."""
ACCEPTING = timedelta(seconds=8)
"""How long a person then waits for the process to take the order at all, before being asked to try again."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """`receipt` is None while the decision stands but is not on record yet; `command_id` then tells what to ask for."""

    command_id: str
    receipt: Receipt | None


async def visible(
    jenjang: Services, visitor: Visitor, cycle: str, employee: str, wish: Action = Action.VIEW
) -> CaseFacts:
    """The case's facts; NOT_FOUND also where its existence is none of the visitor's business.

    Whoever may do what he wishes for knows of the case by that, even where he may not see all of it.
    """
    async with jenjang.reading() as session:
        facts = await case_facts(session, cycle, employee)
        if facts is None:
            raise NOT_FOUND
        if not any(can(actor(visitor), action, facts.parties).allowed for action in (Action.VIEW, wish)):
            line = await superiors(session, employee, jenjang.today())
            above = Parties(employee, facts.parties.unit, (*facts.parties.line, *line))
            if not can(actor(visitor), Action.VIEW, above).allowed:
                raise NOT_FOUND
    return facts


async def give(
    jenjang: Services, visitor: Visitor, case: tuple[str, str], command: Command, key: str | None, revision: int | None
) -> Accepted:
    """Give the case (cycle, employee) this command. The same key again gets the same answer and changes nothing."""
    facts, who = await visible(jenjang, visitor, *case, Action(command.kind)), actor(visitor)
    demand(who, Action(command.kind), facts.parties)
    command_id, order = command_of(who.id, key), Order(command, who, revision)
    log.info("order", workflow_id=facts.id, command_id=command_id, kind=command.kind)
    ended = facts.step == Step.CLOSED
    return Accepted(command_id, await _taken(jenjang, facts.id, AppraisalWorkflow.perform, order, command_id, ended))


async def order_cycle(
    jenjang: Services, who: Actor, cycle: str, update: Any, order: object, key: str | None
) -> int | None:
    """Give a cycle's process this order; the revision that holds it, None while it is not on record yet.

    The same key again gets the same answer and changes nothing. Whether the order holds, the process alone decides: one
    that has been taken must be known as taken, also when the same would be refused by now.
    """
    process, command_id = cycle_id(cycle), command_of(who.id, key)
    log.info("order", workflow_id=process, command_id=command_id, kind=type(order).__name__)
    stored = await _taken(jenjang, process, update, order, command_id)
    return stored.revision if stored else None


async def ask(
    jenjang: Services, visitor: Visitor, process: str, update: Any, order: object, key: str | None
) -> Accepted:
    """Give any other process an order that may need longer than people wait: then it is accepted, without a receipt yet."""
    command_id = command_of(visitor.id, key)
    return Accepted(command_id, await _taken(jenjang, process, update, order, command_id))


async def tell(
    jenjang: Services, visitor: Visitor, process: str, update: Any, order: object, key: str | None
) -> Receipt:
    """Give any other process this order, and wait until it is on record. The same key again gets the same answer.

    TAKEN where the order holds, but recording it needs longer than people wait.
    """
    done = await _taken(jenjang, process, update, order, command_of(visitor.id, key), patience=ACCEPTING)
    if done is None:
        raise TAKEN
    return done


def command_of(who: str, key: str | None) -> str:
    """The same key of the same person is the same command; without a key each request is one of its own."""
    return f"{who}/{key or uuid.uuid4().hex}"


@timed
async def _taken(
    jenjang: Services,
    process: str,
    update: Any,
    order: object,
    command_id: str,
    ended: bool = True,
    patience: timedelta = STORING,
) -> Receipt | None:
    """What the process answers once it has taken the order and stored it; None where storing needs longer."""
    handle = jenjang.temporal.get_workflow_handle(process)

    async def given(stage: WorkflowUpdateStage, within: timedelta) -> "WorkflowUpdateHandle[Receipt]":
        return await handle.start_update(
            update, order, id=command_id, wait_for_stage=stage, rpc_timeout=within, result_type=Receipt
        )

    try:
        try:
            return await receipt(await given(WorkflowUpdateStage.COMPLETED, patience))
        except WorkflowUpdateRPCTimeoutOrCancelledError:
            # Not on record in time. Is it taken at least? The same id again is the same order.
            await given(WorkflowUpdateStage.ACCEPTED, ACCEPTING)
            return None
    except (RPCError, WorkflowUpdateRPCTimeoutOrCancelledError) as failed:
        raise unreachable(failed, ended) from failed


async def receipt(update: "WorkflowUpdateHandle[Receipt]") -> Receipt | None:
    """What the process answered; None where it needs longer. A refusal comes back as the rule's own type."""
    try:
        async with asyncio.timeout(STORING.total_seconds()):
            return await update.result()
    except (TimeoutError, WorkflowUpdateRPCTimeoutOrCancelledError):
        return None
    except WorkflowUpdateFailedError as failed:
        raise refusal(failed.cause) from failed
    except RPCError as failed:
        raise unreachable(failed) from failed


def order_id(visitor: Visitor, key: str | None) -> str:
    """The id of a process that this request starts: the same key of the same visitor is the same process."""
    return hashlib.sha256(command_of(visitor.id, key).encode()).hexdigest()[:12]


async def put_on_record(
    jenjang: Services, run: Any, order: object, process: str, first: Any, read: Callable[[], Awaitable[Shown | None]]
) -> Shown:
    """Start the process of an order, unless it is there; what `read` finds once its update `first` has answered.

    A refusal of the rules is raised as it is, and nothing has changed. TAKEN where recording it needs longer than people wait.
    """
    await start_once(jenjang.temporal, run, order, process, jenjang.settings.task_queue)
    await _answered(jenjang.temporal.get_workflow_handle(process), first)
    found = await read()
    if not found:
        raise BUSY
    return found


async def _answered(process: "WorkflowHandle[Any, Any]", first: Any) -> None:
    """Wait until a process that has just been started is on record, which its update `first` tells; or its refusal."""
    try:
        await process.execute_update(first, rpc_timeout=ACCEPTING)
    except WorkflowUpdateRPCTimeoutOrCancelledError as failed:
        raise TAKEN from failed
    except WorkflowUpdateFailedError as failed:
        raise refusal(failed.cause) from failed
    except RPCError as gone:
        if gone.status is not RPCStatusCode.NOT_FOUND:
            raise
        # A process that was refused at once has ended before anybody could ask it: its result says why.
        try:
            await process.result()
        except WorkflowFailureError as failed:
            raise refusal(failed.cause) from failed


def refusal(cause: BaseException | None) -> Exception:
    """The rule's refusal again, from what crossed the wire."""
    if isinstance(cause, ApplicationError) and cause.type in KINDS:
        nothing: tuple[Any, ...] = ("", "", {})
        where, remedy, about = (*cause.details, *nothing[len(cause.details) :])
        return KINDS[cause.type](cause.message, str(where), str(remedy), **about)
    if isinstance(cause, ApplicationError) and cause.type == "AcceptedUpdateCompletedWorkflow":
        return AlreadyClosed("This has ended meanwhile.", "", "Load it again.")
    return BUSY


def unreachable(failed: BaseException, ended: bool = True) -> Exception:
    """A process that is gone has ended, unless its record is open (`ended` is False): it starts in this moment, or is lost
    and on HR's board. Anything else may come back.
    """
    if ended and isinstance(failed, RPCError) and failed.status is RPCStatusCode.NOT_FOUND:
        return AlreadyClosed("This has ended; nothing can be changed any more.", "", "Load it again.")
    return BUSY
