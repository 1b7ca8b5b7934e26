"""What the environment decides about signing in."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo
from pydantic_settings import BaseSettings

from runtime.sealing_keys import kept_keys, parsed_keys

LONGEST = timedelta(days=30)


def _shorter_than_a_session(value: timedelta, known: ValidationInfo) -> timedelta:
    longest = known.data.get("session_lifetime")
    if longest is not None and not timedelta(minutes=1) <= value <= longest:
        raise ValueError("must be a minute at least and no longer than JENJANG_SESSION_LIFETIME")
    return value


def _within_a_month(value: timedelta) -> timedelta:
    if not timedelta(minutes=1) <= value <= LONGEST:
        raise ValueError("must lie between PT1M and P30D")
    return value


def _readable(value: str | None) -> str | None:
    if value is not None:
        parsed_keys(value)
    return value


class SignInSettings(BaseSettings):
    """A session ends after `session_lifetime`, or after `session_idle` without use. `second_step` says who must confirm with
    a code of an app: officers, or whoever wants to. `secrets_keys` seal what must be readable again; without them a key is
    made in the data folder. `trusted_proxies` are the addresses whose word on where a request comes from is believed.
    """

    session_lifetime: Annotated[timedelta, AfterValidator(_within_a_month)] = timedelta(hours=12)
    session_idle: Annotated[timedelta, AfterValidator(_shorter_than_a_session)] = timedelta(hours=1)
    second_step: Literal["officers", "optional"] = "officers"
    secrets_keys: Annotated[str | None, BeforeValidator(lambda value: value or None), AfterValidator(_readable)] = (
        Field(default=None, repr=False)
    )
    trusted_proxies: str = Field(default="127.0.0.1", min_length=1)

    def sealing_keys(self, data_dir: Path) -> dict[str, bytes]:
        """The keys by name; the first one seals."""
        return parsed_keys(self.secrets_keys) if self.secrets_keys else kept_keys(data_dir / "secrets.key")
