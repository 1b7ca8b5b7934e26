"""Whom the claims of a provider name. Which claim holds what is known to the agency alone, so it is configuration."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ClaimNames:
    """The claims that hold the NIP and the e-mail; no name for the e-mail where the provider does not verify it."""

    nip: str
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """By what a person is found: the NIP if the provider tells one, else the e-mail, else nothing."""

    nip: str = ""
    email: str = ""


def named(claims: Mapping[str, Any], names: ClaimNames) -> Named:
    """Whom these claims name. An e-mail counts only without a NIP: two that contradict each other must not choose."""
    nip = "".join(_text(claims.get(names.nip)).split())
    if nip:
        return Named(nip=nip)
    unverified = claims.get("email_verified") in (False, "false")
    return Named(email="" if names.email is None or unverified else _text(claims.get(names.email)).strip().lower())


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
