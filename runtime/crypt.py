"""What Temporal keeps, closed with AES-GCM: inputs, results, states, memos, and what failures say."""

from collections.abc import Sequence
from os import urandom

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from temporalio.api.common.v1 import Payload
from temporalio.converter import PayloadCodec

from runtime.keyring import Key, Keyring

CLOSED, NAMED = b"binary/encrypted", "encryption-key-id"
"""How a closed payload says what it is, and where it names its key: as Temporal's UI and samples do."""
NONCE = 12
"""Random bytes before each closed payload. One key is good for four thousand million of them."""


class CannotOpen(Exception):
    """A payload stays closed: its key is not here, or it is another. Nothing is lost; the message names the key."""


class Encrypted(PayloadCodec):
    """Closes payloads with the newest key and opens those of every key; what was never closed passes as it is.

    It awaits nothing: the SDK asks for every single payload, and each takes a few microseconds.
    """

    def __init__(self, keyring: Keyring) -> None:
        self._ciphers = {key.id.encode(): AESGCM(key.secret) for key in keyring.keys}
        self._closing = _Closing(keyring.closing) if keyring.closing else None

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        return [self._closing.close(one) for one in payloads] if self._closing else list(payloads)

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        return [self._opened(one) if one.metadata.get("encoding") == CLOSED else one for one in payloads]

    def _opened(self, closed: Payload) -> Payload:
        name = closed.metadata.get(NAMED, b"")
        cipher = self._ciphers.get(name)
        if cipher is None:
            raise CannotOpen(
                f"This was closed with the payload key {_shown(name)}, which is not here: "
                "put it back, behind the key that closes now (docs/security.md)."
            )
        try:
            return Payload.FromString(cipher.decrypt(closed.data[:NONCE], closed.data[NONCE:], name))
        except (InvalidTag, ValueError):
            raise CannotOpen(
                f"This cannot be opened with the payload key {_shown(name)}: it was changed, or the key of that id is another."
            ) from None


class _Closing:
    def __init__(self, key: Key) -> None:
        self._name, self._cipher = key.id.encode(), AESGCM(key.secret)
        self._metadata = {"encoding": CLOSED, NAMED: self._name}

    def close(self, payload: Payload) -> Payload:
        nonce = urandom(NONCE)
        sealed = self._cipher.encrypt(nonce, payload.SerializeToString(), self._name)
        return Payload(metadata=self._metadata, data=nonce + sealed)


def _shown(name: bytes) -> str:
    return repr(name[:40].decode(errors="replace"))
