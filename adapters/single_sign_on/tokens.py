"""Whether an ID token is of our provider, for us, for this very sign-in, and of now (OpenID Connect Core 1.0, 3.1.3.7)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import ClaimError, InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from adapters.single_sign_on.refusals import Refusal, Refused

CLOCKS_DIFFER = 60
"""Seconds by which the provider's clock may be before or behind ours."""
LONGEST_SUBJECT = 255
"""Characters, as the specification says."""
SIGNING = ("RSA", "EC", "OKP")


class UnknownKey(Exception):
    """The token names a key that is not among these; the provider may have changed its keys."""


def keys_of(document: Mapping[str, Any]) -> KeySet:
    """The public keys that sign. What encrypts, or could be known to both sides, signs nothing for us."""
    published = document.get("keys")
    found = [key for key in published if _signs(key)] if isinstance(published, list) else []
    try:
        return KeySet.import_key_set({"keys": found})
    except (JoseError, ValueError, KeyError, TypeError) as unreadable:
        raise Refused(Refusal.UNTRUSTED, "keys") from unreadable


@dataclass(frozen=True, slots=True)
class Expected:
    """What a token must say, and how it must be signed."""

    issuer: str
    client: str
    algorithm: str
    nonce: str


def verified(token: str, keys: KeySet, expected: Expected) -> dict[str, Any]:
    """The claims of the token.

    Raises:
        UnknownKey: no key here has the name that the token gives.
        Refused: it is not to be trusted; `why` names the claim, or what is wrong with the signature.
    """
    # The algorithm is ours to choose: a token that could name its own would choose one that proves nothing.
    registry = JWSRegistry(algorithms=[expected.algorithm], strict_check_header=False)
    ours = {
        name: {"essential": True, "value": value}
        for name, value in (("iss", expected.issuer), ("aud", expected.client))
    }
    try:
        read = jwt.decode(token, keys, registry=registry)
        claims = CodeIDToken(read.claims, read.header, ours, {"nonce": expected.nonce, "client_id": expected.client})
        claims.validate(leeway=CLOCKS_DIFFER)
    except InvalidKeyIdError as unknown:
        raise UnknownKey from unknown
    except ClaimError as wrong:
        raise Refused(Refusal.UNTRUSTED, wrong.claim) from wrong
    except (JoseError, ValueError, TypeError) as wrong:
        raise Refused(Refusal.UNTRUSTED, type(wrong).__name__) from wrong
    if not (isinstance(claims["sub"], str) and 0 < len(claims["sub"]) <= LONGEST_SUBJECT):
        raise Refused(Refusal.UNTRUSTED, "sub")
    return dict(claims)


def _signs(key: Any) -> bool:
    return isinstance(key, dict) and key.get("kty") in SIGNING and key.get("use", "sig") == "sig"
