"""Kinds of values that several settings have."""

from collections.abc import Sequence
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator

LOOPBACK = ("127.0.0.1", "localhost")

Said = Annotated[str | None, BeforeValidator(lambda value: value or None)]
"""A container file names every variable; one without a value says nothing."""


def encrypted(value: str, loopback: bool) -> str:
    """An address that secrets travel to: https, but for a test that has the other side on its own machine."""
    if not (value.startswith("https://") or (loopback and urlsplit(value).hostname in LOOPBACK)):
        raise ValueError("must begin with https://")
    return value


def demand_whole(settings: BaseModel, names: Sequence[str], what: str) -> None:
    """All of these settings, or none."""
    given = [name for name in names if getattr(settings, name) is not None]
    if given and len(given) < len(names):
        missing = next(name for name in names if name not in given)
        raise ValueError(f"{variable(missing)} is missing: {what} needs all of its settings")


def variable(field: str) -> str:
    """The name of a field in the environment."""
    return field if field.isupper() else f"JENJANG_{field.upper()}"
