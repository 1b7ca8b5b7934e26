"""The way out for spans. Loaded only by a process that has a collector."""

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import OTELResourceDetector, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor


def provider(collector: str, process: str) -> TracerProvider:
    """Sends batches from a thread of its own. What a collector that is away does not take is dropped: nobody waits for it."""
    ours = Resource.create({"service.name": f"jenjang-{process}"})
    made = TracerProvider(resource=ours.merge(OTELResourceDetector().detect()), shutdown_on_exit=False)
    made.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=collector)))
    return made
