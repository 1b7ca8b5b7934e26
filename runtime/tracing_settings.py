"""The part of the settings that says where traces go, by the names that OpenTelemetry gives these variables.

What else OpenTelemetry knows (headers, certificates, sampling, limits, batches) its own library reads from the environment.
"""

from typing import Annotated

from pydantic import AfterValidator, Field, ValidationInfo
from pydantic_settings import BaseSettings

from runtime.setting_values import Said

SPOKEN = {"otlp_protocol": ("http/protobuf",), "traces_exporter": ("otlp", "none")}
"""What we can do of what OpenTelemetry allows."""


def _web_address(value: str | None) -> str | None:
    if value is not None and not value.startswith(("http://", "https://")):
        raise ValueError("must begin with http:// or https://, like http://collector:4318")
    return value


def _spoken(value: str | None, known: ValidationInfo) -> str | None:
    """Other programs of the machine may have reasons for another value; it is wrong where traces are to go out."""
    allowed = SPOKEN[known.field_name or ""]
    to = known.data.get("otlp_endpoint") or known.data.get("otlp_traces_endpoint")
    if to and value is not None and value not in allowed:
        raise ValueError(f"must be {' or '.join(allowed)}")
    return value


class TracingSettings(BaseSettings):
    """Off unless an address is given."""

    otlp_endpoint: Annotated[Said, AfterValidator(_web_address)] = Field(
        default=None, validation_alias="OTEL_EXPORTER_OTLP_ENDPOINT"
    )
    otlp_traces_endpoint: Annotated[Said, AfterValidator(_web_address)] = Field(
        default=None, validation_alias="OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"
    )
    otlp_protocol: Annotated[Said, AfterValidator(_spoken)] = Field(
        default=None, validation_alias="OTEL_EXPORTER_OTLP_PROTOCOL"
    )
    traces_exporter: Annotated[Said, AfterValidator(_spoken)] = Field(
        default=None, validation_alias="OTEL_TRACES_EXPORTER"
    )
    otel_disabled: Said = Field(default=None, validation_alias="OTEL_SDK_DISABLED")

    @property
    def collector(self) -> str | None:
        """The whole address that traces are sent to; None where they are off."""
        if self.traces_exporter == "none" or (self.otel_disabled or "").lower() == "true":
            return None
        if self.otlp_traces_endpoint:
            return self.otlp_traces_endpoint
        return f"{self.otlp_endpoint.rstrip('/')}/v1/traces" if self.otlp_endpoint else None

    @property
    def traced(self) -> bool:
        """Whether there are traces."""
        return self.collector is not None
