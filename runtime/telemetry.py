"""What a process tells about itself: one stream of log lines on stderr, and metrics for Prometheus.

Never imported by replayed code: structlog brings rich, which the workflow sandbox refuses. Workflows and activities log
through `workflow.logger` and `activity.logger`; their lines pass through the same formatter and keep Temporal's fields.
"""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import prometheus_client
import structlog
from opentelemetry import trace
from structlog.types import EventDict, Processor, WrappedLogger
from temporalio import activity, workflow
from temporalio.runtime import LoggingConfig, PrometheusConfig, Runtime, TelemetryConfig, TelemetryFilter

QUIET = ("aiosqlite", "alembic", "asyncio", "httpcore2", "httpx2")  # libraries whose INFO is about themselves


def configure_logging(level: str = "INFO", *, process: str, traced: bool = False) -> None:
    """One formatter for structlog and the standard library: JSON lines, or colours where a person looks at a terminal.

    `process` (api, worker, up) stands in every line, and the trace that a line belongs to where there are traces.
    """
    terminal = sys.stderr.isatty()
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _named(process),
        *([_with_trace] if traced else []),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder()],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _without_colours,
                *_renderers(terminal),
            ],
        )
    )
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(True)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelName(level)))
    # Temporal's fields come as a field of their own; the message stays what was written.
    workflow.logger.workflow_info_on_message = False
    activity.logger.activity_info_on_message = False


@contextmanager
def bound(**ids: str) -> Iterator[None]:
    """These ids (request_id, workflow_id, command_id) stand in every line written inside the block, in this task."""
    with structlog.contextvars.bound_contextvars(**ids):
        yield


def worker_runtime(host: str, metrics_port: int) -> Runtime:
    """Temporal's core for a process, made once and before its first client; with metrics unless the port is 0."""
    metrics = (
        PrometheusConfig(
            bind_address=f"{host}:{metrics_port}",
            counters_total_suffix=True,
            unit_suffix=True,
            durations_as_seconds=True,
        )
        if metrics_port
        else None
    )
    logs = LoggingConfig(filter=TelemetryFilter(core_level="WARN", other_level="ERROR"))
    return Runtime(telemetry=TelemetryConfig(logging=logs, metrics=metrics))


def serve_metrics(host: str, port: int) -> None:
    """This process's own figures (prometheus_client's registry) at http://host:port/metrics, unless the port is 0."""
    if port:
        prometheus_client.start_http_server(port, addr=host)


def _named(process: str) -> Processor:
    def add(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
        event["process"] = process
        return event

    return add


def _with_trace(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    here = trace.get_current_span().get_span_context()
    if here.is_valid:
        event["trace_id"] = trace.format_trace_id(here.trace_id)
    return event


def _without_colours(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    event.pop("color_message", None)  # uvicorn says everything twice
    return event


def _first_lines(stacks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What an exception says, without what follows its first line: there libraries quote what they were given."""
    for stack in stacks:
        stack["exc_value"] = stack["exc_value"].partition("\n")[0]
        stack["exc_notes"] = []
        for inner in stack["exceptions"]:
            _first_lines(inner)
    return stacks


def _renderers(terminal: bool) -> list[Processor]:
    if terminal:
        return [structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]
    # Without local variables: they hold names, reasons and ratings of people.
    tracebacks = structlog.tracebacks.ExceptionDictTransformer(show_locals=False, max_frames=20)
    return [
        structlog.processors.ExceptionRenderer(lambda failed: _first_lines(tracebacks(failed))),
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ]
