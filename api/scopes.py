"""What an API key may be given, and which of it an endpoint asks for. A key never has more rights than its owner."""

from enum import StrEnum

from api.errors import Problem


class Scope(StrEnum):
    """A part of the API."""

    READ = "read"
    ACT = "act"
    BOARD = "board"
    IMPORT = "import"
    SIASN = "siasn"
    ADMINISTER = "administer"


PEOPLE_ONLY = (
    *("keys", "sign-ins", "second-step", "security-record", "officers", "webhooks", "tokens", "payloads"),
    "support",
)
"""What opens accounts or leads data away is for people and not for keys."""
PARTS: dict[str, Scope] = {
    **dict.fromkeys(("imports",), Scope.IMPORT),
    **dict.fromkeys(("board", "remedies"), Scope.BOARD),
    **dict.fromkeys(
        (
            *("cycles", "nominations", "policies", "catalogue", "courses", "schedules", "calendar", "superiors"),
            *("departures", "career"),
        ),
        Scope.ADMINISTER,
    ),
}
"""What changing something asks for, by the first part of the address; whatever is not named is a step of a case or a task."""
PLACE = "/api/v1/"
MISSING = Problem(
    403,
    "missing_scope",
    "This key was not made for this.",
    "",
    "Use a key with the scope that docs/api.md names for this address, or sign in as a person.",
)


def asked(method: str, path: str) -> Scope | None:
    """The scope that a request needs; None where no key will do."""
    if not path.startswith(PLACE):
        return None
    parts = path.removeprefix(PLACE).split("/")
    if parts == ["tokens", "current"]:
        return Scope.READ  # a program may give its own key back
    if parts[0] in PEOPLE_ONLY or parts[-1] in PEOPLE_ONLY or parts[-1] == "sign-in-links":
        return None
    if method in ("GET", "HEAD"):
        return Scope.READ
    if parts[0] == "cycles" and parts[-1] == "siasn":
        return Scope.SIASN
    return PARTS.get(parts[0], Scope.ACT)


def demand(scopes: tuple[str, ...] | None, method: str, path: str) -> None:
    """MISSING where a key with these scopes may not do this; None is no key, or one that may do all."""
    if scopes is not None and asked(method, path) not in scopes:
        raise MISSING
