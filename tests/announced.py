"""Whether the description announces what the API answers: asked of every answer that any test over HTTP gets."""

import re
from functools import cache
from typing import Any

import httpx2
from fastapi import FastAPI

from api.app import create_app
from runtime.settings import Settings

PREFIX = "/api/v1/"


@cache
def application() -> FastAPI:
    """The application, which serves nobody."""
    return create_app(Settings())


@cache
def description() -> dict[str, Any]:
    """The API's description, made once."""
    return application().openapi()


@cache
def _operations() -> tuple[tuple[str, re.Pattern[str], dict[str, Any]], ...]:
    return tuple(
        (method.upper(), re.compile(re.sub(r"\\?\{\w+\\?\}", "[^/]+", re.escape(path))), operation)
        for path, operations in description()["paths"].items()
        for method, operation in operations.items()
    )


def answers(method: str, path: str) -> dict[str, Any]:
    """What the operation with this address may answer, by status."""
    found = [one for at, pattern, one in _operations() if at == method and pattern.fullmatch(path)]
    merged: dict[str, Any] = {}
    for one in found:
        merged |= one["responses"]
    return merged


def codes(answer: dict[str, Any]) -> list[str]:
    """The codes of a refusal."""
    name = answer["$ref"].rpartition("/")[2]
    content = description()["components"]["responses"][name]["content"]["application/problem+json"]
    announced_codes: list[str] = content["schema"]["allOf"][1]["properties"]["code"]["enum"]
    return announced_codes


async def announced(response: httpx2.Response) -> None:
    """Fails the test where an operation answers with a status, or refuses with a code, that is not in the description."""
    method, path = response.request.method, response.request.url.path
    known = answers(method, path) if path.startswith(PREFIX) else {}
    if not known:
        return
    asked, status = f"{method} {path}", str(response.status_code)
    assert status in known, f"{asked} answers {status}, which api/description.py does not announce"
    if response.is_error:
        await response.aread()
        code = response.json()["code"]
        assert code in codes(known[status]), (
            f"{asked} refuses with {status} {code}, which api/description.py does not announce"
        )
