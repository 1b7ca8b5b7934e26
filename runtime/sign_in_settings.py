"""What the environment decides about signing in."""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationInfo
from pydantic_settings import BaseSettings

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


class SignInSettings(BaseSettings):
    """A session ends after `session_lifetime`, or after `session_idle` without use. `second_step`: who must confirm with
    a code of an app: officers, or whoever wants to. A look of support staff ends after `support_look`. `trusted_proxies` are
    addresses whose word on the client's is believed.
    """

    session_lifetime: Annotated[timedelta, AfterValidator(_within_a_month)] = timedelta(hours=12)
    session_idle: Annotated[timedelta, AfterValidator(_shorter_than_a_session)] = timedelta(hours=1)
    support_look: Annotated[timedelta, AfterValidator(_within_a_month)] = timedelta(hours=1)
    second_step: Literal["officers", "optional"] = "officers"
    trusted_proxies: str = Field(default="127.0.0.1", min_length=1)
