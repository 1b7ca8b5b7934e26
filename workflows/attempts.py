"""Reading within the workflow task where the database answers, and as a patient activity where it does not."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from temporalio import workflow
from temporalio.exceptions import ActivityError

from workflows.policies import LOOK_AT_ONCE, LOOK_UP

Argument, Result = TypeVar("Argument"), TypeVar("Result")


async def look(activity: Callable[[Any, Argument], Awaitable[Result]], argument: Argument) -> Result:
    """The answer of this activity, which must be safe to repeat."""
    try:
        return await workflow.execute_local_activity_method(activity, argument, **LOOK_AT_ONCE)
    except ActivityError:
        return await workflow.execute_activity_method(activity, argument, **LOOK_UP)
