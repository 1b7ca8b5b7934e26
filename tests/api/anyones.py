"""Requests that nobody thought of: what Schemathesis makes of the description, near an example and far from it, for everybody.

Each case is drawn once and then sent by every caller, so that a request is cheap and the callers can be compared. Nothing is
shrunk: a case is small, and its curl line says all of it.
"""

import json
import random
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import httpx2
import requests
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode, Response, checks
from schemathesis import errors as schemathesis_errors
from schemathesis.core.failures import FailureGroup
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi import checks as promises

SEED = 20_261_129
HOST = "http://jenjang.test"
CHECKS = [
    checks.not_a_server_error,
    promises.status_code_conformance,
    promises.content_type_conformance,
    promises.response_headers_conformance,
    promises.response_schema_conformance,
]
"""No 5xx, and no answer that the description does not announce."""
OWN = ("content-length", "cookie", "authorization")
"""Headers that the caller brings."""
UNFIT = (UnicodeError, httpx2.InvalidURL, requests.exceptions.RequestException)
"""What a client itself cannot send."""


def pooled(description: dict[str, Any], pools: dict[str, list[str]]) -> dict[str, Any]:
    """The description, in which ids in addresses are mostly of what there is: others lead no further than to 404.

    Without discriminators, which Schemathesis cannot always follow; the constants beside them tell as much.
    """
    found: dict[str, Any] = json.loads(json.dumps(description), object_hook=_without_discriminator)
    for operations in found["paths"].values():
        for operation in operations.values():
            for parameter in operation.get("parameters", ()):
                if parameter["in"] == "path" and parameter["name"] in pools:
                    parameter["schema"] = {"enum": pools[parameter["name"]]}
    return found


def _without_discriminator(part: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in part.items() if name != "discriminator"}


def cases(operation: "APIOperation[Any, Any, Any, Any]", count: int) -> Iterator["Case[Any]"]:
    """So many cases: a third as the description says, a third near its example, a third against it."""
    good = _drawn(operation, GenerationMode.POSITIVE, count - count // 3)
    bad = _drawn(operation, GenerationMode.NEGATIVE, count // 3)
    example, dice = _example(operation), random.Random(SEED)
    for number, case in enumerate(good):
        if example is not None and number % 2 == 0:
            case.body = _near(example, case.body, dice) if number else example
        yield case
    yield from bad


def _drawn(operation: "APIOperation[Any, Any, Any, Any]", mode: GenerationMode, count: int) -> list["Case[Any]"]:
    found: list[Case[Any]] = []

    @seed(SEED)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy(generation_mode=mode))
    def draw(case: "Case[Any]") -> None:
        found.append(case)

    try:
        draw()
    except (Unsatisfiable, schemathesis_errors.SchemathesisError):
        return []  # nothing can be sent against a description that allows everything
    return found[:count]


def _example(operation: "APIOperation[Any, Any, Any, Any]") -> Any:
    content = operation.definition.raw.get("requestBody", {}).get("content", {})
    return content.get("application/json", {}).get("example")


def _near(example: Any, other: Any, dice: random.Random) -> Any:
    """The example, with one field as in the other."""
    near = deepcopy(example)
    if isinstance(near, dict) and isinstance(other, dict) and other:
        name = dice.choice(sorted(other))
        near[name] = other[name]
    return near


def request_of(case: "Case[Any]") -> tuple[str, str, dict[str, str], bytes]:
    """Method, address, headers and body, as a client would send them."""
    ready = requests.Request(**case.as_transport_kwargs(base_url=HOST)).prepare()
    body = ready.body.encode() if isinstance(ready.body, str) else ready.body or b""
    assert isinstance(body, bytes)
    headers = {name: str(value) for name, value in ready.headers.items() if name.lower() not in OWN}
    return str(ready.method), str(ready.url), headers, body


async def sent(case: "Case[Any]", visitor: httpx2.AsyncClient) -> httpx2.Response | None:
    """The answer; None where no client can send this."""
    try:
        method, url, headers, body = request_of(case)
    except UNFIT:
        return None
    return await visitor.request(method, url, headers=headers, content=body)


def broken(case: "Case[Any]", answer: httpx2.Response | Response) -> str:
    """What this answer breaks of what the description promises, with the line that asks again; empty where nothing."""
    try:
        case.validate_response(answer, checks=CHECKS)
    except FailureGroup as group:
        told = "\n".join(str(failure) for failure in group.exceptions)
        return f"{case.operation.label}: {answer.status_code}\n{told}\n{case.as_curl_command(base_url=HOST)}\n"
    return ""
