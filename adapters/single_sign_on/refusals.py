"""Why somebody who comes back from the provider does not get in."""

from enum import StrEnum


class Refusal(StrEnum):
    """What the person is told; the value is the stable code."""

    DOWN = "sso_down"
    STALE = "sso_stale"
    DECLINED = "sso_declined"
    UNTRUSTED = "sso_untrusted"
    UNKNOWN = "sso_unknown"
    SHUT = "sso_shut"
    ELSEWHERE = "sso_elsewhere"


class Refused(Exception):
    """No session is opened. `why` is for the log of whoever operates this: a word of ours, never what a token holds."""

    def __init__(self, refusal: Refusal, why: str = "") -> None:
        super().__init__(f"{refusal}: {why}")
        self.refusal, self.why = refusal, why
