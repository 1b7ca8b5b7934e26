"""The keys under which small secrets are kept: made of the payload keys, so that there is one secret to look after."""

import hmac

from runtime.errors import CannotStart
from runtime.payload_keys import keyring_of
from runtime.settings import Settings

SECOND_STEP, WEBHOOKS = b"jenjang: second step of signing in", b"jenjang: secrets of webhooks"
"""No key does two things: whoever learns this one cannot open a payload."""


def sealing_keys(settings: Settings, purpose: bytes = SECOND_STEP) -> dict[str, bytes]:
    """The keys by id; the first one seals. Empty where payloads are in clear on purpose and no key is given."""
    keyring = keyring_of(settings)
    return {key.id: hmac.digest(key.secret, purpose, "sha256") for key in keyring.keys}


def demand_sealing_keys(settings: Settings) -> None:
    """
    Raises:
        CannotStart: officers need the second step, and there is no key for it.
    """
    if settings.second_step == "officers" and not sealing_keys(settings):
        raise CannotStart(
            "HR signs in with a second step, whose secrets need a key: set JENJANG_PAYLOAD_KEYS or JENJANG_PAYLOAD_KEYS_FILE "
            "(docs/security.md says how to make one), or say JENJANG_SECOND_STEP=optional."
        )
