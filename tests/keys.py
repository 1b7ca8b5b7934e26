"""The payload key of the tests, and with it the plugin of their clients, workers and replayers; and what seals small secrets."""

import base64

from adapters.sealing import Sealer
from runtime.keyring import Keyring, read_keys
from runtime.temporal import plugin

KEYS = f"tests={base64.b64encode(bytes(range(32))).decode()}"
KEYRING = Keyring(read_keys(KEYS), read_keys(KEYS)[0])
PLUGIN = plugin(KEYRING)


def sealer() -> Sealer:
    """What seals the small secrets of tests."""
    return Sealer({"tests": bytes(range(32))})
