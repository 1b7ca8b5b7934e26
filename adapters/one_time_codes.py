"""Codes that an authenticator app shows (TOTP, RFC 6238), and the codes that stand in for a lost app."""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime
from urllib.parse import quote

STEP = 30
"""Seconds that a code is shown."""
DIGITS = 6
DRIFT = 1
"""Steps by which the clock of a telephone may be wrong, either way."""
SECRET_BYTES = 20
"""As long as the hash, as RFC 4226 advises."""
RECOVERY_CODES, RECOVERY_BYTES, GROUP = 8, 15, 4
"""With 120 bits a plain hash of a code may be kept (ASVS 5.0, 6.5.2)."""


def new_secret() -> str:
    """A secret for an app, in the letters that people can type (base32)."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def step_of(now: datetime) -> int:
    """The number of the step that this instant lies in."""
    return int(now.timestamp()) // STEP


def code_at(secret: str, step: int) -> str:
    """The code of a step."""
    mac = hmac.digest(base64.b32decode(secret), step.to_bytes(8, "big"), hashlib.sha1)
    start = mac[-1] & 0x0F
    number = int.from_bytes(mac[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def matching_step(secret: str, code: str, now: datetime, used: int) -> int | None:
    """The step whose code this is, among those near now that come after the last used one; None if it is of none."""
    typed = "".join(code.split())
    present = step_of(now)
    near = (step for step in range(present - DRIFT, present + DRIFT + 1) if step > used)
    # Each is compared, so that the time tells nothing.
    found = [step for step in near if hmac.compare_digest(code_at(secret, step).encode(), typed.encode())]
    return found[0] if found else None


def address_for_app(secret: str, whose: str) -> str:
    """What the QR code holds."""
    return (
        f"otpauth://totp/Jenjang:{quote(whose, safe='')}?secret={secret}&issuer=Jenjang&digits={DIGITS}&period={STEP}"
    )


def new_recovery_codes() -> tuple[str, ...]:
    """Codes in groups of letters and digits, each good for one time."""
    return tuple(
        _grouped(base64.b32encode(secrets.token_bytes(RECOVERY_BYTES)).decode()) for _ in range(RECOVERY_CODES)
    )


def plain(recovery_code: str) -> str:
    """A recovery code however it was typed: small letters, spaces, without hyphens."""
    return "".join(letter for letter in recovery_code.upper() if letter.isalnum())


def _grouped(letters: str) -> str:
    return "-".join(letters[start : start + GROUP] for start in range(0, len(letters), GROUP))
