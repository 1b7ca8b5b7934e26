"""The settings that decide how Temporal's payloads are closed, and who may open them on a page."""

from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo
from pydantic_settings import BaseSettings

from runtime.keyring import read_keys


def _keys(value: str | None) -> str | None:
    if value is not None:
        read_keys(value)
    return value


def _one_place(value: Path | None, known: ValidationInfo) -> Path | None:
    if value is not None and known.data.get("payload_keys") is not None:
        raise ValueError("cannot stand beside JENJANG_PAYLOAD_KEYS: the keys are in one place")
    return value.expanduser().absolute() if value else None


def _origin(value: str | None) -> str | None:
    if value is None:
        return None
    parts = urlsplit(value.rstrip("/"))
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path or parts.query:
        raise ValueError("must be an address without a path, like https://temporal.example.go.id")
    return f"{parts.scheme}://{parts.netloc}"


class PayloadSettings(BaseSettings):
    """Where the keys are: in the environment, in a file, or in the data folder, where the embedded server's are made.

    `payloads_in_clear` lets new payloads stand readable in Temporal's store; what is closed already still opens.
    `temporal_ui` is the origin whose pages may ask to have payloads opened.
    """

    payload_keys: Annotated[str | None, BeforeValidator(lambda value: value or None), AfterValidator(_keys)] = Field(
        default=None, repr=False
    )
    payload_keys_file: Annotated[
        Path | None, BeforeValidator(lambda value: value or None), AfterValidator(_one_place)
    ] = None
    payloads_in_clear: Annotated[bool, BeforeValidator(lambda value: value or False)] = False
    temporal_ui: Annotated[str | None, BeforeValidator(lambda value: value or None), AfterValidator(_origin)] = None
