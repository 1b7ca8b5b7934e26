"""The description of the API to read: what /openapi.json says, without a line of script."""

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from fastapi import FastAPI, Response

from api.description import PREFIX, PROBLEM
from api.errors import BAD_INPUT, KINDS, STATUS
from api.pages.render import OpenPage
from api.pages.routing import page_router

router = page_router()
LONGEST = 2000
"""Characters of an example: whole policies stand in openapi.json."""
Parts = dict[str, list["Shown"]]


@dataclass(frozen=True, slots=True)
class Shown:
    """An operation: its answers by status, each with the codes of its refusals or, without any, what it means."""

    id: str
    method: str
    path: str
    says: str
    parameters: tuple[tuple[str, bool], ...]
    example: str
    answers: tuple[tuple[str, str, tuple[str, ...]], ...]


@router.get("/api/docs")
async def reference(page: OpenPage) -> Response:
    """Every operation by its part, and every code with what it means."""
    meanings = [(kind.code(), STATUS.get(kind, BAD_INPUT), (kind.__doc__ or "").strip()) for kind in KINDS.values()]
    return await page.show("reference.html", parts=parts(page.request.app), meanings=sorted(meanings))


@cache
def parts(app: FastAPI) -> Parts:
    """The operations by their tag."""
    found: Parts = {}
    description = app.openapi()
    for path, operations in description["paths"].items():
        if path.startswith(PREFIX):
            for method, operation in operations.items():
                shown = _shown(method, path, operation, description["components"]["responses"])
                found.setdefault(operation["tags"][0], []).append(shown)
    return dict(sorted(found.items(), key=lambda part: part[0].lower()))


def _shown(method: str, path: str, operation: dict[str, Any], refusals: dict[str, Any]) -> Shown:
    sent = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    return Shown(
        str(operation["operationId"]),
        method.upper(),
        path,
        str(operation.get("description", "")),
        tuple(
            (one["name"], one.get("required", False)) for one in operation.get("parameters", ()) if one["in"] != "path"
        ),
        json.dumps(sent["example"], indent=2, ensure_ascii=False)[:LONGEST] if "example" in sent else "",
        tuple((status, *_told(answer, refusals)) for status, answer in sorted(operation["responses"].items())),
    )


def _told(answer: dict[str, Any], refusals: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
    known = refusals[answer["$ref"].rpartition("/")[2]] if "$ref" in answer else answer
    schema = known.get("content", {}).get(PROBLEM, {}).get("schema")
    return str(known["description"]), tuple(schema["allOf"][1]["properties"]["code"]["enum"]) if schema else ()
