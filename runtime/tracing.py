"""Traces: what one click sets going, from the request over the process to the record.

They are off unless the settings name a collector. Then each part looks at `Settings.traced` once, when it is put together,
and OpenTelemetry's own machinery is not even loaded.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

from opentelemetry import trace

from runtime.settings import Settings

LAST_WORDS = 3.0
"""Seconds that a process which ends gives to a collector that does not answer."""


@contextmanager
def tracing(settings: Settings, process: str) -> Iterator[None]:
    """While the block lasts, spans of this process (api, worker) go to the collector; what is left over, at its end."""
    if settings.collector is None:
        yield
        return
    # By its name: a process without a collector does not load it.
    provider = import_module("runtime.span_export").provider(settings.collector, process)
    trace.set_tracer_provider(provider)
    try:
        yield
    finally:
        last = threading.Thread(target=provider.shutdown, daemon=True)
        last.start()
        last.join(LAST_WORDS)
