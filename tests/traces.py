"""Spans in tests: kept in this process, or as a collector was sent them by others."""

from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import Tracer

from tests.post import Receiver, receiver

Attributes = dict[str, str | int]


@dataclass(frozen=True, slots=True)
class Told:
    """A span, by whatever way it came."""

    name: str
    id: int
    trace: int
    parent: int
    links: tuple[int, ...]
    about: Attributes
    failed: bool
    service: str = ""


class Kept:
    """A tracer whose spans stay here."""

    def __init__(self) -> None:
        self._exporter = InMemorySpanExporter()
        provider = TracerProvider(shutdown_on_exit=False)
        provider.add_span_processor(SimpleSpanProcessor(self._exporter))
        self.tracer: Tracer = provider.get_tracer("tests")

    def spans(self) -> list[Told]:
        """All that have ended, in this order."""
        return [
            Told(
                one.name,
                one.context.span_id,
                one.context.trace_id,
                one.parent.span_id if one.parent else 0,
                tuple(link.context.span_id for link in one.links),
                dict(one.attributes or {}),  # type: ignore[arg-type]
                not one.status.is_ok and not one.status.is_unset,
            )
            for one in self._exporter.get_finished_spans()
        ]


@asynccontextmanager
async def collecting() -> AsyncIterator[Receiver]:
    """A collector; `url` is where traces go."""
    with receiver() as there:
        there.status = 200
        yield there


def sent_to(there: Receiver) -> list[Told]:
    """All that a collector was sent; a batch that it did not take comes again."""
    batches = [ExportTraceServiceRequest.FromString(request.body) for request in there.received]
    return list({span.id: span for batch in batches for span in _spans(batch)}.values())


def _spans(batch: ExportTraceServiceRequest) -> Iterator[Told]:
    for of_process in batch.resource_spans:
        service = _about(of_process.resource.attributes)["service.name"]
        for one in (span for scope in of_process.scope_spans for span in scope.spans):
            yield Told(
                one.name,
                int.from_bytes(one.span_id),
                int.from_bytes(one.trace_id),
                int.from_bytes(one.parent_span_id),
                tuple(int.from_bytes(link.span_id) for link in one.links),
                _about(one.attributes),
                one.status.code == one.status.STATUS_CODE_ERROR,
                str(service),
            )


def _about(attributes: Iterable[object]) -> Attributes:
    return {one.key: one.value.string_value or one.value.int_value for one in attributes}  # type: ignore[attr-defined]


def above(span: Told, spans: Iterable[Told]) -> list[Told]:
    """From the beginning of its trace to this one, as far as it has come."""
    by_id, way = {one.id: one for one in spans}, [span]
    while way[0].parent in by_id:
        way.insert(0, by_id[way[0].parent])
    return way


def way_to(span: Told, spans: Iterable[Told]) -> list[str]:
    """The names of these."""
    return [one.name for one in above(span, spans)]
