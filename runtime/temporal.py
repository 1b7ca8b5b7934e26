"""One plugin for client, worker, tests and replayer."""

from collections.abc import Sequence
from typing import Any, Self

from temporalio.api.failure.v1 import Failure
from temporalio.client import Client, GrpcCompression
from temporalio.contrib.pydantic import PydanticJSONPlainPayloadConverter
from temporalio.converter import (
    CompositePayloadConverter,
    DataConverter,
    DefaultFailureConverter,
    DefaultPayloadConverter,
    JSONPlainPayloadConverter,
    PayloadConverter,
    SerializationContext,
)
from temporalio.exceptions import ApplicationError
from temporalio.plugin import SimplePlugin
from temporalio.runtime import Runtime

from appraisal.errors import AppraisalError
from runtime.sandbox import sandboxed

JSON = PydanticJSONPlainPayloadConverter()
"""Keeps what it has learnt about each type. It is safe to share: it holds types and no values."""
USUAL = DefaultPayloadConverter.default_encoding_payload_converters
ENCODINGS = CompositePayloadConverter(
    *(JSON if isinstance(one, JSONPlainPayloadConverter) else one for one in USUAL)
).converters


class Payloads(CompositePayloadConverter):
    """Pydantic's JSON, with one memory of types for the process.

    The SDK makes a converter for every workflow, and two for each of its tasks: each learning the types anew took a sixth of
    a worker's time.
    """

    def __init__(self) -> None:
        self.converters = ENCODINGS


class Converter(DataConverter):
    """One for the whole process: what the SDK calls a context (which process, which activity) changes nothing here."""

    def with_context(self, context: SerializationContext) -> Self:
        return self


class RefusalConverter(DefaultFailureConverter):
    """Carries what a refusal says across the wire as details. By shape: the sandbox has classes of its own."""

    def to_failure(self, exception: BaseException, payload_converter: PayloadConverter, failure: Failure) -> None:
        if hasattr(exception, "remedy") and hasattr(exception, "where"):
            details: Sequence[Any] = (exception.where, exception.remedy, getattr(exception, "about", {}))
            refusal = ApplicationError(str(exception), *details, type=type(exception).__name__, non_retryable=True)
            refusal.__traceback__ = exception.__traceback__
            exception = refusal
        super().to_failure(exception, payload_converter, failure)


PLUGIN = SimplePlugin(
    "jenjang",
    data_converter=Converter(payload_converter_class=Payloads, failure_converter_class=RefusalConverter),
    workflow_runner=sandboxed,
    workflow_failure_exception_types=[AppraisalError],
)


async def connect(address: str, namespace: str = "default", runtime: Runtime | None = None) -> Client:
    """A client of the Temporal server at this address (host:port); `runtime` carries a process's own metrics."""
    return await Client.connect(
        address, namespace=namespace, plugins=[PLUGIN], runtime=runtime, grpc_compression=GrpcCompression.NONE
    )
