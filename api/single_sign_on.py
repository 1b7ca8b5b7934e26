"""The single sign-on of this installation: the provider that the settings name, and the way out of it."""

import structlog

from adapters.single_sign_on.claims import ClaimNames
from adapters.single_sign_on.provider import Provider, Registration
from adapters.single_sign_on.refusals import Refused
from api.services import Services
from runtime.settings import Settings

log = structlog.get_logger(__name__)
RETURN = "/sign-in/sso/return"
SIGNED_OUT = "/sign-in"
"""Where the provider sends people back, signed in or signed out; both must be registered there."""


def provider_of(settings: Settings) -> Provider | None:
    """The provider, as the settings have it; None without one."""
    if not (settings.oidc_issuer and settings.oidc_client_id and settings.oidc_client_secret):
        return None
    names = ClaimNames(settings.oidc_nip_claim, settings.oidc_email_claim if settings.oidc_email_verified else None)
    return Provider(
        Registration(
            settings.oidc_issuer,
            settings.oidc_client_id,
            settings.oidc_client_secret,
            settings.oidc_scopes,
            settings.oidc_algorithm,
            names,
            f"{settings.public_url}{RETURN}",
        )
    )


async def way_out(jenjang: Services, secret: str) -> str | None:
    """Where a session that has ended here is ended at the provider too; None where it did not come from there."""
    opener = await jenjang.identities.forget(secret)
    if opener is None or jenjang.provider is None:
        return None
    try:
        return await jenjang.provider.way_out(opener.token, f"{jenjang.settings.public_url}{SIGNED_OUT}")
    except Refused as refused:
        log.warning("single sign-on: no way out", refusal=refused.refusal, why=refused.why)
        return None
