"""What /openapi.json says beyond what FastAPI finds out: every refusal with its codes, who must sign in, a body to begin with.

The codes come from the table of statuses (`api.errors`) and from here: which refusals belong to which part of the API. Tests
over HTTP look each refusal up in it, so a code that is not announced fails the test that meets it.
"""

import re
from collections.abc import Iterable, Iterator
from types import ModuleType
from typing import Any

from fastapi.routing import iter_route_contexts

from api.bounds import LARGEST_BODY, LONGEST_PARAMETER, LONGEST_TEXT, announce, tell_local_times
from api.errors import BAD_INPUT, KINDS, STATUS
from api.examples import EXAMPLES
from api.links import links
from api.sampled import illustrate
from api.security import SAFE, signed_in
from appraisal import errors
from appraisal.calibration import session_errors
from appraisal.career import errors as career_errors
from appraisal.development import errors as development_errors
from appraisal.objection import errors as objection_errors
from appraisal.people import errors as people_errors
from appraisal.periods import errors as period_errors
from appraisal.privacy import errors as data_errors
from appraisal.seats import errors as seat_errors
from appraisal.siasn import errors as siasn_errors
from appraisal.training import enrolment_errors
from appraisal.training import errors as training_errors
from appraisal.unit import errors as unit_errors
from appraisal.voices import errors as voice_errors

PREFIX = "/api/v1/"
PROBLEM = "application/problem+json"
PARTS: dict[str, tuple[ModuleType, ...]] = {
    "SIASN": (siasn_errors,),
    "appraisals": (objection_errors, unit_errors),
    "calibrations and nominations": (session_errors, seat_errors, training_errors, unit_errors),
    "career": (career_errors,),
    "catalogue of trainings": (training_errors,),
    "cycles": (people_errors,),
    "departures": (people_errors,),
    "development plans": (development_errors,),
    "feedback": (period_errors,),
    "imports": (people_errors,),
    "objections": (objection_errors,),
    "own data": (data_errors,),
    "other voices": (people_errors, voice_errors),
    "performance of units": (unit_errors,),
    "periods": (period_errors,),
    "remedies": (people_errors,),
    "superior reports": (people_errors,),
    "superiors": (people_errors,),
    "trainings": (enrolment_errors, training_errors),
}
"""Which refusals a part of the API has beside those that all have, by the part's tag."""
EVERYWHERE = {
    400: ("unreadable",),
    401: ("not_signed_in",),
    403: ("not_allowed", "missing_scope", "second_step_missing", "only_looking"),
    404: ("not_found",),
    413: ("too_large",),
    415: ("wrong_content_type",),
    422: ("invalid_request",),
    429: ("too_many_tries",),
    503: ("not_reachable", "not_recorded_yet", "record_not_reachable"),
}
ALSO = {
    ("signing in", 401): ("wrong_credentials", "code_needed"),
    ("operation", 409): ("payload_closed",),
    ("support", 403): ("not_looking",),
    ("webhooks", 503): ("no_sealing_key",),
}
READS_THAT_CONFLICT = (
    "career",
    "cycles",
    "documents",
    "trainings",
    "other voices",
    "calibrations and nominations",
    "development plans",
)
"""Parts where even a look may come too early or too late (409)."""
MEANING = {
    400: "The request cannot be read.",
    401: "Nobody is signed in.",
    403: "This is not yours to do.",
    404: "There is nothing here, or nothing that you may see.",
    409: "It cannot be done as things stand.",
    412: "What was looked at has changed since.",
    413: "The request is too large.",
    415: "The body is not declared as JSON.",
    422: "Something in the request is wrong.",
    429: "Wrong too often: `Retry-After` says when it may be tried again.",
    503: "The process cannot be reached; nothing was decided.",
}
SHAPE: dict[str, Any] = {
    "type": "object",
    "title": "Problem",
    "description": "Problem details (RFC 9457): what is wrong (`title`), `where`, what to do (`remedy`); `code` never changes.",
    "required": ["type", "title", "status", "code", "where", "remedy"],
    "properties": {
        "type": {"const": "about:blank"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "where": {"type": "string"},
        "remedy": {"type": "string"},
        "errors": {
            "type": "array",
            "description": "Every field that is wrong, where more than one can be.",
            "items": {
                "type": "object",
                "required": ["where", "what"],
                "properties": {"where": {"type": "string"}, "what": {"type": "string"}},
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}
FURTHER = {
    "Link": {
        "description": 'Where the next page is, with rel="next"; absent on the last.',
        "schema": {"type": "string"},
    }
}
LATER = ("/Taken", "/Asked")
"""What an order is answered with; with 202 where its record is not written yet."""
SIGN_IN = {"token": {"type": "http", "scheme": "bearer", "description": "A token of `POST /api/v1/tokens`."}}


def described(found: dict[str, Any], routes: Iterable[Any]) -> dict[str, Any]:
    """The description with all of that in it."""
    components = found.setdefault("components", {})
    schemas, responses = components.setdefault("schemas", {}), components.setdefault("responses", {})
    components["securitySchemes"] = SIGN_IN
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    schemas["Problem"] = SHAPE
    tell_local_times(schemas)
    operations = {f"{method} {path.removeprefix(PREFIX)}": route for route, method, path in _operations(routes)}
    known = {name: _operation(found, name) for name in operations}
    ids = {name: str(operation["operationId"]) for name, operation in known.items()}
    for name, operation in known.items():
        asked, changing = set(dependencies(operations[name].dependant)), not name.startswith(SAFE)
        _announce_refusals(operation, asked, changing, responses)
        _announce_bounds(operation, schemas, getattr(operations[name].original_route, "foreign", False))
        if signed_in in asked:
            operation["security"] = [{"token": []}]
        if any(parameter["name"] == "after" for parameter in operation.get("parameters", ())):
            operation["responses"]["200"]["headers"] = FURTHER
        body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
        if name in EXAMPLES:
            body["example"] = EXAMPLES[name]
        illustrate(name, operation, schemas)
        for status, led in ((status, links(name, ids)) for status in operation["responses"] if status.startswith("2")):
            if led:
                operation["responses"][status]["links"] = led
    return found


def _operation(found: dict[str, Any], name: str) -> dict[str, Any]:
    method, _, path = name.partition(" ")
    operation: dict[str, Any] = found["paths"][PREFIX + path][method.lower()]
    return operation


def _announce_refusals(operation: dict[str, Any], asked: set[Any], changing: bool, responses: dict[str, Any]) -> None:
    known, tag = operation["responses"], operation["tags"][0]
    known.pop(str(BAD_INPUT), None)
    done = known.get("200", {})
    if done.get("content", {}).get("application/json", {}).get("schema", {}).get("$ref", "").endswith(LATER):
        known["202"] = {**done, "description": "Accepted: ask `status_url` what became of it."}
    for status in sorted(_statuses(operation, asked, changing)):
        name = f"{re.sub(r'[^a-z]+', '_', tag.lower())}_{'changing' if changing else 'reading'}_{status}"
        responses.setdefault(name, _refusal(status, _codes(tag, status, changing)))
        known[str(status)] = {"$ref": f"#/components/responses/{name}"}


def _announce_bounds(operation: dict[str, Any], schemas: dict[str, Any], foreign: bool) -> None:
    for parameter in operation.get("parameters", ()):
        announce(parameter["schema"], schemas, LONGEST_PARAMETER)
    sent = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if sent is not None:
        announce(sent["schema"], schemas, LARGEST_BODY if foreign else LONGEST_TEXT, closed=not foreign)


def _operations(routes: Iterable[Any]) -> Iterator[tuple[Any, str, str]]:
    """Every operation of the API."""
    for context in iter_route_contexts(list(routes)):
        if (context.path or "").startswith(PREFIX):
            for method in context.methods or ():
                yield context, method, str(context.path_format)


def dependencies(dependant: Any) -> Iterator[Any]:
    for one in dependant.dependencies:
        yield one.call
        yield from dependencies(one)


def _statuses(operation: dict[str, Any], asked: set[Any], changing: bool) -> Iterator[int]:
    yield from (BAD_INPUT, 503)
    if signed_in in asked or (operation["tags"][0], 401) in ALSO:
        yield 401
        yield 429
    if changing or signed_in in asked:
        yield 403
    yield 404
    if changing or operation["tags"][0] in READS_THAT_CONFLICT:
        yield 409
    if changing:
        yield 412
    body = operation.get("requestBody", {}).get("content", {})
    if body:
        yield 413
        yield 415 if "application/json" in body else 400


def _codes(tag: str, status: int, changing: bool) -> tuple[str, ...]:
    modules = tuple(module.__name__ for module in (errors, *PARTS.get(tag, ())))
    rules = (
        kind.code() for kind in KINDS.values() if kind.__module__ in modules and STATUS.get(kind, BAD_INPUT) == status
    )
    cross_site = ("cross_site",) if status == 403 and changing else ()
    return tuple(sorted({*EVERYWHERE.get(status, ()), *ALSO.get((tag, status), ()), *rules, *cross_site}))


def _refusal(status: int, codes: tuple[str, ...]) -> dict[str, Any]:
    told = {"properties": {"status": {"const": status}, "code": {"enum": list(codes)}}}
    schema = {"allOf": [{"$ref": "#/components/schemas/Problem"}, told]}
    about = {"status": status, "code": codes[0], "where": "", "remedy": "What to do about it."}
    example = {"type": "about:blank", "title": MEANING[status], **about}
    return {"description": MEANING[status], "content": {PROBLEM: {"schema": schema, "example": example}}}
