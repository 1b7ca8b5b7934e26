"""What a provider says of itself (OpenID Connect Discovery 1.0), as far as it is believed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from adapters.single_sign_on.refusals import Refusal, Refused


@dataclass(frozen=True, slots=True)
class Metadata:
    """Where the provider does what. `names_itself`: each of its answers says whose it is (RFC 9207)."""

    authorization: str
    token: str
    keys: str
    userinfo: str | None
    end_session: str | None
    names_itself: bool


def place(issuer: str) -> str:
    """Where an issuer describes itself: below its own path, which with Keycloak is that of a realm."""
    return f"{issuer.removesuffix('/')}/.well-known/openid-configuration"


def believed(document: Mapping[str, Any], issuer: str) -> Metadata:
    """The description, if it is this issuer's own and leads nowhere but to its host.

    Raises:
        Refused: it is of another issuer, lacks an address, or names one elsewhere: we would take secrets there.
    """
    if document.get("issuer") != issuer:
        raise Refused(Refusal.UNTRUSTED, "issuer of the description")

    def address(name: str) -> str | None:
        found = document.get(name)
        if found is not None and not (isinstance(found, str) and _host(found) == _host(issuer)):
            raise Refused(Refusal.UNTRUSTED, f"host of {name}")
        return found

    def needed(name: str) -> str:
        found = address(name)
        if found is None:
            raise Refused(Refusal.UNTRUSTED, f"no {name}")
        return found

    return Metadata(
        needed("authorization_endpoint"),
        needed("token_endpoint"),
        needed("jwks_uri"),
        address("userinfo_endpoint"),
        address("end_session_endpoint"),
        document.get("authorization_response_iss_parameter_supported") is True,
    )


def _host(url: str) -> tuple[str, str]:
    """Scheme, and host with port."""
    try:
        return urlsplit(url)[:2]
    except ValueError:
        return ("", "")
