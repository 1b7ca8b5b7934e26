"""The keys under which Temporal keeps what people wrote: the first one closes, each of them opens."""

import base64
import binascii
import re
import secrets
from dataclasses import dataclass
from datetime import date

BYTES = 32
"""Of a key: AES-256."""
NAME = re.compile(r"[A-Za-z0-9._-]{1,40}")
SEPARATOR = re.compile(r"[\s,]+")


@dataclass(frozen=True, slots=True)
class Key:
    """A key and the id by which a closed payload names it. The id is no secret."""

    id: str
    secret: bytes

    def __repr__(self) -> str:
        return f"Key({self.id!r})"


@dataclass(frozen=True, slots=True)
class Keyring:
    """`keys` open; `closing` closes what is written from now on, or nothing does where that is None."""

    keys: tuple[Key, ...] = ()
    closing: Key | None = None


def read_keys(text: str) -> tuple[Key, ...]:
    """The keys of a text with `id=base64 of 32 bytes` for each, one a line or with commas between.

    Raises:
        ValueError: what is wrong with which of them. No part of a key is repeated.
    """
    keys = tuple(_read(number, entry) for number, entry in enumerate(SEPARATOR.split(text.strip()), 1))
    if len({key.id for key in keys}) < len(keys):
        raise ValueError("names two keys alike: each needs an id of its own")
    return keys


def _read(number: int, entry: str) -> Key:
    name, separator, secret = entry.partition("=")
    if not (separator and NAME.fullmatch(name)):
        raise ValueError(f"must be id=key for each, like 2027=...: number {number} is not")
    try:
        key = base64.b64decode(secret, validate=True)
    except binascii.Error:
        key = b""
    if len(key) != BYTES:
        raise ValueError(f"must hold base64 of {BYTES} random bytes for each: the key {name} is something else")
    return Key(name, key)


def new_key(day: date) -> str:
    """A line for a new key. Its id tells its age, and is never that of another."""
    secret = base64.b64encode(secrets.token_bytes(BYTES)).decode()
    return f"{day:%Y%m%d}-{secrets.token_hex(3)}={secret}\n"
