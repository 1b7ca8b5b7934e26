"""An example for every parameter and every answer of the description: of the schema's shape, with values as they are here.

Answers whose shape the schema leaves open are written out (OPEN); tests hold all of them against the schema and against the API.
"""

import re
from typing import Any

CYCLE, PERSON, UNIT, OTHER = "4fk2m9x0c7ya", "8h1d3n5r7t9w", "1p3q5s7u9v0z", "6m4l2k0j8h7g"
AT, DAY = "2026-11-30T01:00:00Z", "2026-11-30"
DEEPEST = 6
NAMED: dict[str, Any] = {
    **dict.fromkeys(("cycle", "cycle_id"), CYCLE),
    **dict.fromkeys(("employee_id", "person", "person_id", "officer", "reader", "holder_id", "supervisor_id"), PERSON),
    **dict.fromkeys(("unit", "unit_id", "unor"), UNIT),
    **dict.fromkeys(("employee", "holder", "name", "author", "owner"), "Nama Pegawai"),
    "search": "nama",
    "topic": "BP",
    "training": OTHER,
    "policy": "annual",
    "year": 2026,
    "limit": 50,
    "language": "id",
    "idempotency-key": "nudge.2026-11-30.ani",
    "command": "nudge.2026-11-30.ani",
    "if-match": '"7"',
    "revision": 7,
    "since": DAY,
    "until": DAY,
    "url": "https://presensi.example/jenjang",
    "status_url": "/api/v1/remedies/6m4l2k0j8h7g",
    "code": "4B1",
    "subject": f"appraisal/{CYCLE}/{PERSON}",
    "unit_of_measure": "laporan",
    "title": "Perawat Ahli Muda",
    "reason": "Sesuai target.",
    "text": "Baik.",
    "words": "Baik.",
    "digest": "0" * 64,
    "hash": "0" * 64,
    "after": "",
    "authorization": "Bearer jenjang_...",
}
"""By the name of a field or parameter."""
GUESSES = (OTHER, "annual", "1", "1.0", "09:00", "0" * 64, DAY, AT, "BP", "")
"""What a text may be, if nothing is known of it but a pattern."""
WHERE, HEAD = f"appraisal/{CYCLE}/{PERSON}", "2b6c8e0g4j5k"
CASE: dict[str, Any] = {
    "case": {
        "id": WHERE,
        "cycle": CYCLE,
        "step": "review",
        "since": AT,
        "revision": 7,
    },
    "holder": HEAD,
    "due_at": AT,
    "opens_at": None,
    "next": {"alarm": "remind", "at": AT},
    "predicate": None,
    "object_by": None,
    "allowed": ["submit_review", "return_targets"],
}
EVENT: dict[str, Any] = {
    "subject": WHERE,
    "revision": 3,
    "command_id": f"{HEAD}/k1",
    "kind": "approve_targets",
    "actor": HEAD,
    "on_behalf_of": None,
    "at": AT,
    "reason": "",
    "changes": {"step": "self_assessment"},
    "previous_hash": "0" * 64,
    "hash": "1" * 64,
    "attempt": 0,
}
CYCLE_ROW: dict[str, Any] = {
    "id": CYCLE,
    "year": 2026,
    "name": "Tahun 2026",
    "phase": "running",
    "policy": {},
    "timetable": {},
    "participants": 3,
    "started": 3,
    "starts_at": AT,
    "closes_at": AT,
    "calendar_version": 1,
    "unconfirmed_years": [2027],
    "revision": 2,
}
COUNTS: dict[str, Any] = {
    **dict.fromkeys(("closed", "unrated", "escalated", "returned", "calibrated", "nominated"), 0),
    "predicates": {"BAIK": 0},
    "objections": {"open": 0},
}
UNITS_BOARD: dict[str, Any] = {
    "id": f"calibration/{CYCLE}/{UNIT}",
    "cycle_id": CYCLE,
    "unit_id": UNIT,
    "head_id": HEAD,
    "superior_id": PERSON,
    "escalated_to": None,
    "phase": "open",
    "unit_result": "BAIK",
    "round": 0,
    "opens_at": AT,
    "due_at": AT,
    "ends_at": AT,
    "next_alarm": "due",
    "next_at": AT,
    "revision": 1,
}
ORDER: dict[str, Any] = {
    "id": OTHER,
    "remedy": {"kind": "nudge", "reason": ""},
    "ordered_by": PERSON,
    "ordered_at": AT,
    "cases": 2,
    "done": True,
    "taken": 1,
    "refused": [{"case": WHERE, "code": "already_closed", "employee": "Nama Pegawai"}],
    "revision": 2,
    "cycle_id": None,
    "unit_id": None,
    "releases": None,
    "groups": [],
}
BATCH: dict[str, Any] = {
    "id": OTHER,
    "kind": "people",
    "filename": "people.csv",
    "effective_on": DAY,
    "uploaded_by": PERSON,
    "phase": "previewed",
    "problems": [],
    "differences": [],
    "revision": 1,
    "created_at": AT,
}
NOTICE: dict[str, Any] = {
    "id": OTHER,
    "subject": WHERE,
    "revision": 7,
    "recipient": HEAD,
    "channel": "inbox",
    "kind": "review_waits",
    "created_at": AT,
    "read_at": None,
    "cycle_id": CYCLE,
    "employee_id": PERSON,
    "step": "review",
    "due_at": AT,
    "employee": "Nama Pegawai",
}
OPEN: dict[str, Any] = {
    "GET appraisals/{cycle}/{employee}": CASE,
    "GET appraisals/{cycle}/{employee}/events": [EVENT],
    "GET cycles": [CYCLE_ROW],
    "GET cycles/{cycle}": {**CYCLE_ROW, "steps": [], "units": [], "totals": COUNTS},
    "GET calibrations": [UNITS_BOARD],
    "GET remedies/{order}": ORDER,
    "GET imports/{batch}": BATCH,
    "GET notices": [NOTICE],
}
"""Answers that the schema leaves open, by method and path below /api/v1."""


def sample(schema: dict[str, Any], schemas: dict[str, Any], name: str = "", depth: int = 0) -> Any:
    """A value of this shape; `name` is the field's."""
    schema = _plain(schema, schemas)
    for known in ("const", "enum"):
        if known in schema:
            return schema[known][0] if known == "enum" else schema[known]
    kind = schema.get("type")
    if kind == "object":
        return _object(schema, schemas, depth)
    if kind == "array":
        parts = schema.get("prefixItems") or [schema.get("items", {})] * max(schema.get("minItems", 0), depth < DEEPEST)
        return [sample(part, schemas, name.removesuffix("s"), depth + 1) for part in parts]
    if kind in ("integer", "number"):
        known = NAMED.get(name, schema.get("minimum", 1))
        return known if isinstance(known, int) else schema.get("minimum", 1)
    return True if kind == "boolean" else None if kind in ("null", None) else _text(schema, name)


def _plain(schema: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    """The schema that is meant: followed where it is named elsewhere, and the first choice that is a value."""
    while "$ref" in schema or "anyOf" in schema or "oneOf" in schema:
        if "$ref" in schema:
            schema = schemas[schema["$ref"].rpartition("/")[2]]
        else:
            choices = schema.get("anyOf") or schema["oneOf"]
            schema = next((one for one in choices if one.get("type") != "null"), choices[0])
    return schema


def _object(schema: dict[str, Any], schemas: dict[str, Any], depth: int) -> dict[str, Any]:
    fields, more = schema.get("properties", {}), schema.get("additionalProperties")
    if depth >= DEEPEST:
        fields = {name: one for name, one in fields.items() if name in schema.get("required", ())}
    found = {name: sample(one, schemas, name, depth + 1) for name, one in fields.items()}
    if not fields and isinstance(more, dict) and depth < DEEPEST:
        key = sample(schema["propertyNames"], schemas) if "propertyNames" in schema else UNIT
        found[str(key)] = sample(more, schemas, "", depth + 1)
    return found


def _text(schema: dict[str, Any], name: str) -> str:
    forms: dict[str, str] = {"date-time": AT, "date": DAY, "time": "09:00", "duration": "P14D", "uri": NAMED["url"]}
    if schema.get("format") in forms:
        return forms[schema["format"]]
    usual = (NAMED[name],) if isinstance(NAMED.get(name), str) else ()
    if name == "id" or name.endswith("_id"):
        usual = (*usual, OTHER)
    pattern, most = re.compile(schema.get("pattern", "")), schema.get("maxLength", 1000)
    return next((text for text in (*usual, *GUESSES) if len(text) <= most and pattern.search(text)), "")


def illustrate(name: str, operation: dict[str, Any], schemas: dict[str, Any]) -> None:
    """An example for each parameter and each answer of this operation."""
    for parameter in operation.get("parameters", ()):
        parameter["example"] = sample(parameter["schema"], schemas, parameter["name"].lower())
    for status, answer in operation["responses"].items():
        told = answer.get("content", {}).get("application/json", {})
        if status.startswith("2") and told.get("schema"):
            told["example"] = OPEN.get(name) or sample(told["schema"], schemas)
