"""A form that came after its session had ended: kept on the sign-in page, and shown again to be sent."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from fastapi import Request

from api.pages.navigation import own_address

FORM = "application/x-www-form-urlencoded"
MOST_FIELDS = 1000
CHOSEN = re.compile(r"[A-Za-z0-9_|:/-]*")
"""What is chosen or put there by the page, as opposed to written."""
SECRET = ("password", "again", "code")
"""Fields that are never repeated."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Where the form was going, and its fields in their order; of them `written` is what somebody has written."""

    to: str
    fields: tuple[tuple[str, str], ...]

    @property
    def written(self) -> tuple[str, ...]:
        return tuple(value for _, value in self.fields if value.strip() and not CHOSEN.fullmatch(value))


async def packed(request: Request) -> str:
    """The form of this request as the text of a hidden field; empty where there is none."""
    if request.method != "POST" or not request.headers.get("content-type", "").startswith(FORM):
        return ""
    async with request.form(max_files=0, max_fields=MOST_FIELDS) as form:
        fields = [(name, value) for name, value in form.multi_items() if isinstance(value, str) and name not in SECRET]
    return json.dumps([request.url.path, fields], ensure_ascii=False) if fields else ""


def unpacked(text: str) -> Kept | None:
    """The form again; None for anything that we have not written."""
    try:
        to, fields = json.loads(text)
        pairs = tuple((name, value) for name, value in fields)
    except (ValueError, TypeError):
        return None
    if not (isinstance(to, str) and own_address(to, "") and _texts(part for pair in pairs for part in pair)):
        return None
    return Kept(to, pairs)


def _texts(parts: Iterable[object]) -> bool:
    return all(isinstance(part, str) for part in parts)
