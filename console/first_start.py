"""The very first account: without it nobody could sign in to make others."""

from datetime import UTC, datetime

from adapters.database.desk.accounts import LINK, Accounts
from adapters.database.desk.security_record import CONSOLE
from adapters.database.engine import open_engine
from runtime.settings import Settings

LOGIN = "hr"


async def first_sign_in(settings: Settings) -> str | None:
    """The address that signs HR in once, where nobody could sign in as HR yet; then None for ever."""
    engine = open_engine(settings.database_url)
    try:
        known = await Accounts(engine).any_officer()
    finally:
        await engine.dispose()
    return None if known else await sign_in_again(settings)


async def sign_in_again(settings: Settings) -> str:
    """An address that signs the first HR officer in, once."""
    engine = open_engine(settings.database_url)
    accounts, now = Accounts(engine), datetime.now(UTC)
    try:
        secret = await accounts.issue(await accounts.officer(LOGIN, now), LINK, now, origin=CONSOLE)
    finally:
        await engine.dispose()
    return f"{settings.public_url}/sign-in/link/{secret}"
