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
from runtime.crypt import Encrypted
from runtime.errors import CannotStart
from runtime.keyring import Keyring
from runtime.payload_keys import keyring_of
from runtime.sandbox import sandboxed
from runtime.settings import Settings
from runtime.traced_processes import Tracing

JSON = PydanticJSONPlainPayloadConverter()
"""Keeps what it has learnt about each type. It is safe to share: it holds types and no values."""
USUAL = DefaultPayloadConverter.default_encoding_payload_converters
ENCODINGS = CompositePayloadConverter(
    *(JSON if isinstance(one, JSONPlainPayloadConverter) else one for one in USUAL)
).converters


ELSEWHERE = "Encoded failure"
"""Stands where a failure's message would: the SDK's words for it, by which its readers look further."""
LONGEST, LARGEST = 1000, 2800
"""Characters of one message; bytes of a failure with its causes before it is closed, unless it has just one."""


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
    """Carries what a refusal says across the wire as details. By shape: the sandbox has classes of its own.

    What a failure and its causes say travels as payloads, closed like every other. Stack traces stay in the log: Temporal
    cuts a failure of an activity that is larger than 4 KiB down to its messages, which stand elsewhere.
    """

    def to_failure(self, exception: BaseException, payload_converter: PayloadConverter, failure: Failure) -> None:
        if hasattr(exception, "remedy") and hasattr(exception, "where"):
            details: Sequence[Any] = (exception.where, exception.remedy, getattr(exception, "about", {}))
            refusal = ApplicationError(str(exception), *details, type=type(exception).__name__, non_retryable=True)
            refusal.__traceback__ = exception.__traceback__
            exception = refusal
        super().to_failure(exception, payload_converter, failure)
        _as_payloads(failure, payload_converter)


def _as_payloads(failure: Failure, payload_converter: PayloadConverter) -> None:
    """The SDK's own option for this leaves the causes of a failure that is passed on in clear."""
    if not (failure.message == ELSEWHERE and failure.HasField("encoded_attributes")):
        told = {"message": failure.message[:LONGEST], "stack_trace": ""}
        failure.encoded_attributes.CopyFrom(payload_converter.to_payload(told))
        failure.message, failure.stack_trace = ELSEWHERE, ""
    if failure.HasField("cause"):
        _as_payloads(failure.cause, payload_converter)
    while failure.ByteSize() > LARGEST and failure.cause.HasField("cause"):
        root = Failure.FromString(failure.cause.cause.SerializeToString())
        failure.cause.CopyFrom(root)  # what it began with and what it came to say most


def plugin(keyring: Keyring, *interceptors: Tracing) -> SimplePlugin:
    """What client, worker and replayer share, with these keys."""
    return SimplePlugin(
        "jenjang",
        interceptors=interceptors or None,
        data_converter=Converter(
            payload_converter_class=Payloads,
            payload_codec=Encrypted(keyring),
            failure_converter_class=RefusalConverter,
        ),
        workflow_runner=sandboxed,
        workflow_failure_exception_types=[AppraisalError],
    )


async def connect(settings: Settings, runtime: Runtime | None = None) -> Client:
    """A client of the Temporal server of these settings; `runtime` carries a process's own metrics.

    Raises:
        CannotStart: there are no keys for what is written there, or no server answers.
    """
    traced = [Tracing()] if settings.traced else []
    try:
        return await Client.connect(
            settings.temporal(),
            namespace=settings.temporal_namespace,
            plugins=[plugin(keyring_of(settings), *traced)],
            runtime=runtime,
            grpc_compression=GrpcCompression.NONE,
        )
    except RuntimeError as failed:  # the SDK's own word for it
        where = settings.temporal()
        raise CannotStart(
            f"No Temporal server answers at {where}. Start it, or name another with TEMPORAL_ADDRESS."
        ) from failed
