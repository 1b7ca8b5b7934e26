"""docs/problems.md, made of the API's description: python -m console.problems > docs/problems.md. A test compares them."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from api.app import create_app
from api.description import MEANING, PROBLEM
from api.errors import KINDS
from api.pages.refusals import SENTENCES
from runtime.settings import Settings

DOCUMENT = Path(__file__).parents[1] / "docs" / "problems.md"
LOOK = "Look again, and decide anew."
AGAIN = "Wait a few seconds and send the same again, with the same `Idempotency-Key`."
FOR_PROGRAMS = {
    "unreadable": ("The body is no multipart form that can be read.", "Send the file as docs/api.md has it."),
    "not_signed_in": ("There is no token or key, or it has ended.", "Get another token, or a key from HR."),
    "wrong_credentials": ("Login and password, or this link, open no account.", "Check both; a link opens once."),
    "code_needed": ("The account has a second step.", "Send `code` as well."),
    "not_allowed": ("It is not for the owner of this token or key.", "Ask whoever holds the step, or HR."),
    "missing_scope": ("The key has not the scope.", "Have a key made with the scope that docs/api.md names."),
    "second_step_missing": ("An officer has not set the second step up.", "The officer does so in a browser."),
    "cross_site": (
        "A browser sent it from another site's page.",
        "Send it from a program, or from Jenjang's own pages.",
    ),
    "not_found": ("There is nothing, or nothing that the owner may see.", "Check the address, and whose key it is."),
    "too_large": ("The request is larger than is accepted.", "Send less at once."),
    "wrong_content_type": ("The body is not declared as JSON.", "Send `Content-Type: application/json`."),
    "invalid_request": (
        "A field or parameter is wrong, missing, or unknown.",
        "Correct what `where` names; every field that is wrong is under `errors`.",
    ),
    "too_many_tries": ("Wrong too often.", "Wait for as many seconds as `Retry-After` says."),
    "not_reachable": ("The process was not reached; nothing was decided.", AGAIN),
    "not_recorded_yet": ("The order was taken and holds; it is not on record yet.", AGAIN),
    "record_not_reachable": ("The database is away or full; the order may count.", AGAIN),
    "stale_revision": ("The case has moved on since it was read.", LOOK),
    "payload_closed": ("A payload was closed with a key that is not here.", "The operator puts the key back."),
}
"""Where a program is told something else than people on a page."""
INTRODUCTION = """# Problems

Made of the code by `python -m console.problems`; do not edit it by hand. A refusal is a problem document (RFC 9457,
`application/problem+json`) with `code`, `title`, `where`, `remedy`. Branch on `code`, which never changes its meaning; new ones
are added, so treat a code that you do not know by its status. Which codes an operation has stands with it in `/openapi.json`.

| status | what a program does |
|---|---|
| 401 | stops, and asks its operator for another key |
| 403, 404 | stops: it will not get better by itself |
| 409 | leaves it, or tries again when things stand otherwise |
| 412 | reads again, and decides anew |
| 413, 415, 422 | stops: the request itself is wrong |
| 429, 503 | waits, and sends the same again |
"""


def document(description: dict[str, Any]) -> str:
    return "\n".join((INTRODUCTION, *_tables(description)))


def _tables(description: dict[str, Any]) -> Iterator[str]:
    found: dict[int, set[str]] = {}
    for response in description["components"]["responses"].values():
        _, told = response["content"][PROBLEM]["schema"]["allOf"]
        told = told["properties"]
        found.setdefault(told["status"]["const"], set()).update(told["code"]["enum"])
    for status, codes in sorted(found.items()):
        yield f"## {status}: {MEANING[status]}\n"
        yield "| code | what it means | what to do |"
        yield "|---|---|---|"
        yield from (f"| `{code}` | {what} | {remedy} |" for code in sorted(codes) for what, remedy in [_words(code)])
        yield ""


def _words(code: str) -> tuple[str, str]:
    """What is wrong and what to do; the names in a sentence are those of one case."""
    if code not in FOR_PROGRAMS and code not in SENTENCES:
        kind = next(kind for kind in KINDS.values() if kind.code() == code)
        return (kind.__doc__ or "").split("\n")[0], "Correct what `where` names."
    what, remedy = FOR_PROGRAMS.get(code) or SENTENCES[code]
    return re.sub(r"%\(\w+\)s", "…", what), re.sub(r"%\(\w+\)s", "…", remedy)


if __name__ == "__main__":
    print(document(create_app(Settings()).openapi()), end="")
