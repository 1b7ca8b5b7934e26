"""A span for each statement that a traced request or activity makes."""

import re
from typing import Any

from opentelemetry import trace
from opentelemetry.trace import Span, SpanKind, Tracer
from sqlalchemy import Connection, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.spans import TRACER, failed

LONGEST = 2000
"""Characters of a statement."""
ABOUT = re.compile(r"\b(?:FROM|INTO|UPDATE)\s+\"?(\w+)", re.IGNORECASE)
"""The first table that a statement names."""


def trace_statements(engine: AsyncEngine, tracer: Tracer = TRACER) -> None:
    """From here on. What nobody asked for, like the look of a live page each second, has no span."""
    system = engine.dialect.name

    def begin(_: Connection, __: Any, statement: str, ___: Any, execution: Any, ____: bool) -> None:
        if execution is not None and trace.get_current_span().is_recording():
            execution.span = _span(tracer, system, statement)

    def end(_: Connection, __: Any, ___: str, ____: Any, execution: Any, _____: bool) -> None:
        if here := getattr(execution, "span", None):
            here.end()

    def end_failed(about: ExceptionContext) -> None:
        here = getattr(about.execution_context, "span", None)
        if here and here.is_recording():
            failed(here, about.original_exception)
            here.end()

    event.listen(engine.sync_engine, "before_cursor_execute", begin)
    event.listen(engine.sync_engine, "after_cursor_execute", end)
    event.listen(engine.sync_engine, "handle_error", end_failed)


def _span(tracer: Tracer, system: str, statement: str) -> Span:
    """The statement as it is prepared: its values travel beside it."""
    operation, table = statement.split(None, 1)[0].upper(), ABOUT.search(statement)
    told = {"db.system.name": system, "db.operation.name": operation, "db.query.text": statement[:LONGEST]}
    if table is None:
        return tracer.start_span(operation, kind=SpanKind.CLIENT, attributes=told)
    told["db.collection.name"] = table[1]
    return tracer.start_span(f"{operation} {table[1]}", kind=SpanKind.CLIENT, attributes=told)
