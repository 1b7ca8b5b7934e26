"""SIASN's answers, and what each one that is no success means. No text of an error is logged: it may name people."""

import re
from typing import Any

import httpx2

from appraisal.siasn.push import Failure

NUMBERS = re.compile(r"\d{8,}")
LONGEST = 300
"""Characters of SIASN's words that are kept."""
STATUSES: dict[int, Failure] = {
    401: Failure.CREDENTIALS,
    403: Failure.NOT_PERMITTED,
    404: Failure.PERSON_UNKNOWN,
    408: Failure.NO_ANSWER,
    429: Failure.BUSY,
    503: Failure.CLOSED,
}


class Failed(Exception):
    """A try that did not succeed, and SIASN's words about it without any numbers of people."""

    def __init__(self, failure: Failure, words: str = "") -> None:
        super().__init__(failure)
        self.failure, self.words = failure, words


def body_of(answer: httpx2.Response) -> dict[str, Any]:
    """The object that SIASN answers with; Failed says what else it was.

    A refusal comes with a status, or as a success whose `code` is 0 or whose `success` is false.
    """
    status = answer.status_code
    if status in STATUSES:
        raise Failed(STATUSES[status], _words(answer))
    if status >= 500:
        raise Failed(Failure.BROKEN)
    if status >= 400:
        raise Failed(Failure.REFUSED, _words(answer))
    found = _json(answer)
    if found is None:
        raise Failed(Failure.UNREADABLE)
    if found.get("success") is False or ("code" in found and str(found["code"]) == "0"):
        raise Failed(Failure.REFUSED, _words(answer))
    return found


def rows_of(answer: httpx2.Response) -> list[dict[str, Any]]:
    """The records of a history. SIASN says of an empty one that nothing was found."""
    try:
        found = body_of(answer).get("data")
    except Failed as failed:
        if failed.failure in (Failure.PERSON_UNKNOWN, Failure.REFUSED):
            return []
        raise
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _json(answer: httpx2.Response) -> dict[str, Any] | None:
    try:
        found = answer.json()
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _words(answer: httpx2.Response) -> str:
    said = (_json(answer) or {}).get("message")
    return " ".join(NUMBERS.sub("…", said).split())[:LONGEST] if isinstance(said, str) else ""
