"""Whom the claims of a provider name, and which of its own words it is believed."""

from typing import Any

import pytest

from adapters.single_sign_on.claims import ClaimNames, Named, named
from adapters.single_sign_on.metadata import believed, place
from adapters.single_sign_on.refusals import Refused

NAMES = ClaimNames("nip_baru", "surel")
NIP, MAIL = "198001012005011001", "ani@contoh.example"
ISSUER = "https://sso.example.go.id/auth/realms/asn"
ENDPOINTS = {
    "authorization_endpoint": f"{ISSUER}/auth",
    "token_endpoint": f"{ISSUER}/token",
    "jwks_uri": f"{ISSUER}/certs",
    "userinfo_endpoint": f"{ISSUER}/userinfo",
    "end_session_endpoint": f"{ISSUER}/logout",
}
DESCRIPTION: dict[str, Any] = {"issuer": ISSUER, **ENDPOINTS, "authorization_response_iss_parameter_supported": True}


@pytest.mark.parametrize(
    ("claims", "whom"),
    [
        ({"nip_baru": NIP}, Named(nip=NIP)),
        ({"nip_baru": "19800101 200501 1 001"}, Named(nip=NIP)),
        ({"nip_baru": NIP, "surel": MAIL}, Named(nip=NIP)),
        ({"nip": NIP}, Named()),
        ({"surel": " Ani@Contoh.example"}, Named(email=MAIL)),
        ({"nip_baru": "  ", "surel": MAIL}, Named(email=MAIL)),
        ({"nip_baru": None, "surel": MAIL, "email_verified": True}, Named(email=MAIL)),
        ({"surel": MAIL, "email_verified": False}, Named()),
        ({"surel": MAIL, "email_verified": "false"}, Named()),
        ({"nip_baru": int(NIP), "surel": [MAIL]}, Named()),
        ({}, Named()),
    ],
)
def test_a_nip_names_somebody_and_without_one_an_email(claims: dict[str, Any], whom: Named) -> None:
    assert named(claims, NAMES) == whom


def test_an_email_that_the_provider_does_not_verify_names_nobody() -> None:
    assert named({"email": MAIL, "email_verified": True}, ClaimNames("nip")) == Named()


def test_an_issuer_describes_itself_below_its_own_path() -> None:
    assert place(ISSUER) == place(f"{ISSUER}/") == f"{ISSUER}/.well-known/openid-configuration"


def test_a_description_is_believed_as_far_as_it_leads_to_the_issuer_itself() -> None:
    found = believed(DESCRIPTION, ISSUER)
    assert (found.token, found.names_itself) == (f"{ISSUER}/token", True)
    short = believed({name: text for name, text in DESCRIPTION.items() if "session" not in name}, ISSUER)
    assert short.end_session is None


@pytest.mark.parametrize("name", ENDPOINTS)
@pytest.mark.parametrize(
    "address",
    [
        "http://sso.example.go.id/x",
        "https://evil.example/x",
        "https://sso.example.go.id:8443/x",
        "https://sso.example.go.id@evil.example/x",
        "https://[",
        "/x",
        ["https://sso.example.go.id/x"],
    ],
)
def test_no_address_elsewhere_is_believed(name: str, address: Any) -> None:
    with pytest.raises(Refused) as refused:
        believed({**DESCRIPTION, name: address}, ISSUER)
    assert refused.value.why == f"host of {name}"


@pytest.mark.parametrize("issuer", [f"{ISSUER}/", "https://sso.example.go.id/auth/realms/other", None])
def test_the_description_of_another_issuer_is_not_believed(issuer: str | None) -> None:
    with pytest.raises(Refused):
        believed({**DESCRIPTION, "issuer": issuer}, ISSUER)
