"""The keys under which small secrets are kept: from the settings, or from a file that makes itself."""

import base64
import binascii
import os
import secrets
from pathlib import Path

KEY_BYTES = 32


def parsed_keys(text: str) -> dict[str, bytes]:
    """Keys as settings write them: `name:base64, name:base64`, each of 32 bytes; the first one seals.

    Raises:
        ValueError: with what is wrong, without the key.
    """
    keys: dict[str, bytes] = {}
    for part in text.split(","):
        name, _, body = part.strip().partition(":")
        if not (name.isalnum() and len(name) <= 20):
            raise ValueError("must be name:key pairs; a name is of letters and digits")
        try:
            keys[name] = base64.b64decode(body, validate=True)
        except binascii.Error:
            raise ValueError(f"has a key '{name}' that is no base64") from None
        if len(keys[name]) != KEY_BYTES:
            raise ValueError(f"has a key '{name}' of {len(keys[name])} bytes instead of {KEY_BYTES}")
    return keys


def kept_keys(file: Path) -> dict[str, bytes]:
    """The keys in this file, which is made at the first use and readable by its owner alone."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return parsed_keys(file.read_text())
    with os.fdopen(handle, "w") as opened:
        opened.write(f"k1:{base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()}")
    return parsed_keys(file.read_text())
