"""Spans: what a trace is made of. They lead nowhere, and cost nothing worth a word, until runtime.tracing has begun.

A span carries ids, kinds and figures. What a person typed or is called stands in no attribute: errors are told by their
type, statements without their values, and addresses not at all.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.trace import Link, Span, SpanKind, Status, StatusCode, Tracer
from opentelemetry.util.types import AttributeValue

TRACER = trace.get_tracer("jenjang")


@contextmanager
def span(
    name: str,
    about: Mapping[str, AttributeValue],
    *,
    kind: SpanKind = SpanKind.CLIENT,
    context: Context | None = None,
    links: Sequence[Link] = (),
    tracer: Tracer | None = None,
) -> Iterator[Span]:
    """The block as a part of what runs around it, or of `context`."""
    with (tracer or TRACER).start_as_current_span(
        name, context, kind, about, links, record_exception=False, set_status_on_exception=False
    ) as here:
        try:
            yield here
        except BaseException as error:
            failed(here, error)
            raise


def failed(here: Span, error: BaseException) -> None:
    """It went wrong. The type tells how; the message might name somebody."""
    here.set_attribute("error.type", type(error).__name__)
    here.set_status(Status(StatusCode.ERROR))
