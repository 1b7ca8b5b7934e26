"""Looking at the database, and deciding in it: at once where it answers, patiently where it does not."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from temporalio import workflow
from temporalio.exceptions import ActivityError, ApplicationError, FailureError
from temporalio.workflow import ActivityConfig

from workflows.policies import LOOK_AT_ONCE, LOOK_UP

Argument = TypeVar("Argument")
Result = TypeVar("Result")


async def look(activity: Callable[[Any, Argument], Awaitable[Result]], argument: Argument) -> Result:
    """What this activity sees, within the same workflow task if the database answers."""
    try:
        return await workflow.execute_local_activity_method(activity, argument, **LOOK_AT_ONCE)
    except FailureError:
        return await workflow.execute_activity_method(activity, argument, **LOOK_UP)


async def settle(
    activity: Callable[[Any, Argument], Awaitable[Result]], argument: Argument, patience: ActivityConfig = LOOK_UP
) -> Result:
    """Let the database (or a calendar, or a solver) decide; its refusal is raised as it is.

    No local activity: scheduling this one makes the order that is decided durable before anything is written for it.
    """
    try:
        return await workflow.execute_activity_method(activity, argument, **patience)
    except ActivityError as failed:
        if isinstance(failed.cause, ApplicationError):
            raise failed.cause from None
        raise
