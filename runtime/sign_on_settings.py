"""Settings of the single sign-on (OpenID Connect). What the provider's claims are called is for the agency to say."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationInfo
from pydantic_settings import BaseSettings

from runtime.setting_values import Said, encrypted

OIDC = ("oidc_issuer", "oidc_client_id", "oidc_client_secret")
"""What a connection with a provider needs: all of it, or none."""


def _issuer(value: str | None, known: ValidationInfo) -> str | None:
    # As it is, with or without a slash at its end: tokens must name the very same.
    return encrypted(value, known.data.get("oidc_loopback", False)) if value else None


def _scopes(value: str) -> str:
    if "openid" not in value.split():
        raise ValueError("must hold openid")
    return value


class SignOnSettings(BaseSettings):
    """Without an issuer there is no single sign-on.

    `oidc_issuer` may have a path, like that of a Keycloak realm. `oidc_name` is what people call the provider.
    `oidc_email_verified` says that the provider verifies e-mails; only then does one name a person, and only where no NIP is
    told. With `oidc_alone` people sign in at the provider and not here. `oidc_loopback` is for tests.
    """

    oidc_loopback: bool = False
    oidc_issuer: Annotated[Said, AfterValidator(_issuer)] = None
    oidc_client_id: Said = None
    oidc_client_secret: Said = Field(default=None, repr=False)
    oidc_name: str = Field(default="SSO", min_length=1, max_length=40)
    oidc_scopes: Annotated[str, AfterValidator(_scopes)] = "openid profile email"
    oidc_algorithm: Literal[
        "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519"
    ] = "RS256"
    oidc_nip_claim: str = Field(default="nip", min_length=1)
    oidc_email_claim: str = Field(default="email", min_length=1)
    oidc_email_verified: bool = False
    oidc_alone: bool = False

    @property
    def single_sign_on(self) -> bool:
        """Whether people can sign in at the agency's provider."""
        return self.oidc_issuer is not None

    @property
    def all_passwords(self) -> bool:
        """Whether people have passwords here, or officers alone."""
        return not (self.single_sign_on and self.oidc_alone)
