"""Orders that cannot be decided on the state alone: they wait until the process's own loop has looked and decided."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from temporalio import workflow
from temporalio.exceptions import ApplicationError

from appraisal.errors import AppraisalError

O = TypeVar("O")  # noqa: E741


@dataclass(slots=True)
class Request(Generic[O]):
    """One order, when it came, and what became of it: the revision that holds it, or a refusal."""

    order: O
    at: datetime
    command_id: str
    revision: int | None = None
    refusal: AppraisalError | ApplicationError | None = None

    @property
    def answered(self) -> bool:
        return self.revision is not None or self.refusal is not None


class Requests(Generic[O]):
    """A queue between update handlers, which `ask`, and the loop, which answers them one by one."""

    def __init__(self) -> None:
        self._waiting: list[Request[O]] = []

    def __bool__(self) -> bool:
        return bool(self._waiting)

    @property
    def next(self) -> O:
        """The oldest order that waits."""
        return self._waiting[0].order

    async def ask(self, order: O) -> int:
        """The revision that holds this order, once the loop has decided; or its refusal is raised."""
        info = workflow.current_update_info()
        request = Request(order, workflow.now(), info.id if info else "")
        self._waiting.append(request)
        await workflow.wait_condition(lambda: request.answered)
        if request.refusal is not None:
            raise request.refusal
        assert request.revision is not None, "an answered request was accepted or refused"
        return request.revision

    async def answer(self, decide: Callable[[Request[O]], Awaitable[int]]) -> None:
        """Decide the oldest request."""
        request = self._waiting[0]
        try:
            request.revision = await decide(request)
        except (AppraisalError, ApplicationError) as refusal:
            request.refusal = refusal
        self._waiting.pop(0)
