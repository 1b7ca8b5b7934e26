"""Small secrets that must be readable again, encrypted where they are kept (AES-256-GCM)."""

import base64
import secrets
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12


class CannotOpen(Exception):
    """What was sealed cannot be read: its key is not among those given, or it was changed."""


class Sealer:
    """Seals with the first key and opens with any, so that keys can be changed while old secrets stay readable."""

    def __init__(self, keys: Mapping[str, bytes]) -> None:
        if not keys:
            raise CannotOpen("There is no key to seal with.")
        self._keys = {name: AESGCM(key) for name, key in keys.items()}
        self._present = next(iter(self._keys))

    def seal(self, text: str, about: str) -> str:
        """The text under the present key. `about` says what it belongs to: moved elsewhere it cannot be opened."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = nonce + self._keys[self._present].encrypt(nonce, text.encode(), about.encode())
        return f"{self._present}:{base64.b64encode(sealed).decode()}"

    def is_old(self, sealed: str) -> bool:
        """Whether it stands under another key than the present one."""
        return not sealed.startswith(f"{self._present}:")

    def open(self, sealed: str, about: str) -> str:
        """The text again.

        Raises:
            CannotOpen: with the name of the key, never with what was sealed.
        """
        name, _, body = sealed.partition(":")
        if name not in self._keys:
            raise CannotOpen(f"The key '{name}' is needed to read what it has sealed; it is not among the keys given.")
        raw = base64.b64decode(body)
        try:
            return self._keys[name].decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], about.encode()).decode()
        except InvalidTag:
            raise CannotOpen(f"What the key '{name}' has sealed was changed, or that key is another one now.") from None
