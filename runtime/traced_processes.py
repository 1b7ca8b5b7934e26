"""Traces through Temporal: who starts a process or gives it an order, what the process does about it, and its activities.

The SDK has interceptors of its own for this, and both fail a process that lives for a year: their spans of a workflow belong
to the trace of its start, or are only told when it ends. And our processes take an order in one task and store it in another,
so an activity knows nothing of the order that it is for. Here a workflow leaves points instead: they have no duration, are
told at once, and never when a history is replayed. What a process does within CONSEQUENCES of a message belongs to that
message; what it does later, because a clock rang, is a trace of its own.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any, ClassVar

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.trace import Link, Span, SpanKind, Tracer
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from temporalio import activity, client, worker, workflow
from temporalio.api.common.v1 import Payload
from temporalio.converter import PayloadConverter

from adapters.spans import TRACER, span

HEADER = "_tracer-data"
"""The SDK's own name for it. It travels in clear: the ids of a trace say nothing about anybody."""
PARENT, BEFORE = "traceparent", "before"
"""What a header holds: the span that this one is a part of, or one that it only comes after."""
CONSEQUENCES = timedelta(minutes=5)
WRITTEN, READ = TraceContextTextMapPropagator(), PayloadConverter.default
HANDLED = ContextVar[Payload | None]("handled", default=None)
"""The message whose handler runs in this task of a workflow."""


class Tracing(client.Interceptor, worker.Interceptor):
    """For a client; its workers take it over."""

    def __init__(self, tracer: Tracer = TRACER) -> None:
        self._tracer = tracer

    def intercept_client(self, next: client.OutboundInterceptor) -> client.OutboundInterceptor:
        return _Telling(next, self._tracer)

    def intercept_activity(self, next: worker.ActivityInboundInterceptor) -> worker.ActivityInboundInterceptor:
        return _Acting(next, self._tracer)

    def workflow_interceptor_class(
        self, input: worker.WorkflowInterceptorClassInput
    ) -> type[worker.WorkflowInboundInterceptor]:
        return type("Hearing", (_Hearing,), {"tracer": self._tracer})


class _Telling(client.OutboundInterceptor):
    """What a process tells another is a trace of its own behind that of the first: a launch tells ten thousand."""

    def __init__(self, next: client.OutboundInterceptor, tracer: Tracer) -> None:
        super().__init__(next)
        self._tracer = tracer

    async def start_workflow(self, input: client.StartWorkflowInput) -> client.WorkflowHandle[Any, Any]:
        with self._span(f"start {input.workflow}", input):
            return await super().start_workflow(input)

    async def start_workflow_update(self, input: client.StartWorkflowUpdateInput) -> client.WorkflowUpdateHandle[Any]:
        with self._span(f"tell {input.update}", input, {"temporalUpdateID": input.update_id or ""}):
            return await super().start_workflow_update(input)

    @contextmanager
    def _span(
        self,
        name: str,
        input: client.StartWorkflowInput | client.StartWorkflowUpdateInput,
        more: Mapping[str, str] | None = None,
    ) -> Iterator[None]:
        if not trace.get_current_span().get_span_context().is_valid:
            yield
            return
        about = {"temporalWorkflowID": input.id, **(more or {})}
        with span(name, about, tracer=self._tracer) as here:
            told = _told(here, BEFORE if activity.in_activity() else PARENT)
            input.headers = {**input.headers, HEADER: told}
            yield


class _Acting(worker.ActivityInboundInterceptor):
    def __init__(self, next: worker.ActivityInboundInterceptor, tracer: Tracer) -> None:
        super().__init__(next)
        self._tracer = tracer

    async def execute_activity(self, input: worker.ExecuteActivityInput) -> Any:
        info = activity.info()
        about = {"temporalWorkflowID": info.workflow_id or "", "temporalRunID": info.workflow_run_id or ""}
        about |= {"temporalActivityID": info.activity_id, "temporalAttempt": str(info.attempt)}
        context, links = _heard(input.headers.get(HEADER))
        with span(info.activity_type, about, kind=SpanKind.SERVER, context=context, links=links, tracer=self._tracer):
            return await super().execute_activity(input)


class _Hearing(worker.WorkflowInboundInterceptor):
    """Runs inside the sandbox, as part of each workflow."""

    tracer: ClassVar[Tracer]

    def __init__(self, next: worker.WorkflowInboundInterceptor) -> None:
        super().__init__(next)
        self._last: tuple[datetime, Payload | None] | None = None

    def init(self, outbound: worker.WorkflowOutboundInterceptor) -> None:
        super().init(_Ordering(outbound, self))

    async def execute_workflow(self, input: worker.ExecuteWorkflowInput) -> Any:
        begun = self._point(workflow.info().workflow_type, input.headers)
        self._last = self._last or (workflow.now(), begun)  # an order may be there before the beginning
        return await super().execute_workflow(input)

    async def handle_update_handler(self, input: worker.HandleUpdateInput) -> Any:
        told = self._point(input.update, input.headers, {"temporalUpdateID": input.id})
        self._last = (workflow.now(), told)
        HANDLED.set(told)
        return await super().handle_update_handler(input)

    def cause(self) -> Payload | None:
        """The message that what is done now is for."""
        handled = HANDLED.get()
        if handled is not None or self._last is None:
            return handled
        at, told = self._last
        return told if workflow.now() - at <= CONSEQUENCES else None

    def _point(
        self, name: str, headers: Mapping[str, Payload], more: Mapping[str, str] | None = None
    ) -> Payload | None:
        told = headers.get(HEADER)
        if told is not None and not workflow.unsafe.is_replaying():
            info, (context, links) = workflow.info(), _heard(told)
            about = {"temporalWorkflowID": info.workflow_id, "temporalRunID": info.run_id, **(more or {})}
            point = self.tracer.start_span(name, context, SpanKind.SERVER, about, links)
            point.end()
            told = _told(point, PARENT)
        return told


class _Ordering(worker.WorkflowOutboundInterceptor):
    def __init__(self, next: worker.WorkflowOutboundInterceptor, hearing: _Hearing) -> None:
        super().__init__(next)
        self._hearing = hearing

    def start_activity(self, input: worker.StartActivityInput) -> workflow.ActivityHandle[Any]:
        input.headers = self._with_cause(input.headers)
        return super().start_activity(input)

    def start_local_activity(self, input: worker.StartLocalActivityInput) -> workflow.ActivityHandle[Any]:
        input.headers = self._with_cause(input.headers)
        return super().start_local_activity(input)

    def _with_cause(self, headers: Mapping[str, Payload]) -> Mapping[str, Payload]:
        cause = self._hearing.cause()
        return headers if cause is None else {**headers, HEADER: cause}


def _told(here: Span, how: str) -> Payload:
    """As a header. Whatever is wrong with a trace, its process goes on: a span that leads nowhere is nobody's parent."""
    carrier: dict[str, str] = {}
    WRITTEN.inject(carrier, trace.set_span_in_context(here))
    return READ.to_payload({how: carrier.get(PARENT, "")})


def _heard(header: Payload | None) -> tuple[Context, list[Link]]:
    """Where a span belongs: to its parent, or to nobody and behind another. Never to what happens to run around it."""
    carrier: dict[str, str] = READ.from_payload(header) if header is not None else {}
    if PARENT in carrier:
        return WRITTEN.extract(carrier, Context()), []
    before = trace.get_current_span(WRITTEN.extract({PARENT: carrier.get(BEFORE, "")}, Context()))
    return Context(), [Link(before.get_span_context())] if before.get_span_context().is_valid else []
