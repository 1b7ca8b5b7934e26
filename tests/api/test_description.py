"""The description of the API: an example for every body, every refusal announced, nothing without bounds. No server."""

from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from api.description import PARTS
from api.errors import KINDS
from api.examples import EXAMPLES
from api.links import LEADS_TO
from api.sampled import OPEN
from api.whole_lists import WHOLE
from tests.announced import codes, description

OPERATIONS = {
    f"{method.upper()} {path.removeprefix('/api/v1/')}": operation
    for path, operations in description()["paths"].items()
    if path.startswith("/api/v1/")
    for method, operation in operations.items()
}
LARGEST = {"maximum", "exclusiveMaximum"}
BOUNDS = {
    "string": {"maxLength", "enum", "const", "pattern", "format"},
    "array": {"maxItems"},
    "integer": LARGEST,
    "number": LARGEST,
}
JSON = {
    name: sent["application/json"]
    for name, operation in OPERATIONS.items()
    if "application/json" in (sent := operation.get("requestBody", {}).get("content", {}))
}


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema itself, where it is named elsewhere."""
    while "$ref" in schema:
        schema = description()["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema


def of_rows(schema: dict[str, Any]) -> bool:
    """Whether it is a list of things that have fields."""
    items = resolved(resolved(schema).get("items", {}))
    return resolved(schema).get("type") == "array" and items.get("type") == "object"


def holds_rows(operation: dict[str, Any]) -> bool:
    """Whether the answer is a list of rows, or has one among its fields."""
    answer = resolved(operation["responses"]["200"].get("content", {}).get("application/json", {}).get("schema", {}))
    return of_rows(answer) or any(map(of_rows, answer.get("properties", {}).values()))


@pytest.mark.parametrize("operation", JSON)
def test_every_body_has_an_example_of_its_shape(operation: str) -> None:
    sent = JSON[operation]
    whole = {**sent["schema"], "components": description()["components"]}
    assert [error.message for error in Draft202012Validator(whole).iter_errors(sent["example"])] == []


def shown() -> Iterator[tuple[str, dict[str, Any], Any]]:
    """Every parameter, answer and refusal of the description: its name, its schema, its example."""
    for name, operation in OPERATIONS.items():
        for parameter in operation.get("parameters", ()):
            yield f"{name} {parameter['name']}", parameter["schema"], parameter["example"]
        for status, answer in operation["responses"].items():
            if told := answer.get("content", {}).get("application/json", {}):
                yield f"{name} {status}", told["schema"], told["example"]
    for name, answer in description()["components"]["responses"].items():
        yield (name, *(answer["content"]["application/problem+json"][part] for part in ("schema", "example")))


def test_every_parameter_and_every_answer_has_an_example_of_its_shape() -> None:
    wrong, parts = dict[str, str](), {"components": description()["components"]}
    for name, schema, example in shown():
        for error in Draft202012Validator({**schema, **parts}).iter_errors(example):
            wrong[name] = error.message
    assert wrong == {}
    assert {*OPEN} <= {*OPERATIONS}


def test_examples_and_links_are_of_operations_that_there_are() -> None:
    led = {target for _, _, targets in LEADS_TO.values() for target in targets}
    assert {*EXAMPLES} - {*JSON} == set()
    assert {*LEADS_TO, *led} - {*OPERATIONS} == set()
    assert {*PARTS} <= {operation["tags"][0] for operation in OPERATIONS.values()}


LIST = {"after", "limit"}
LISTS = {
    name.removeprefix("GET "): {one["name"]: one for one in operation.get("parameters", ())}
    for name, operation in OPERATIONS.items()
    if name.startswith("GET ") and holds_rows(operation)
}


def test_every_list_comes_in_pages_or_is_named_with_what_bounds_it() -> None:
    paged = {name for name, parameters in LISTS.items() if set(parameters) >= LIST}
    whole = [path for paths in WHOLE.values() for path in paths]
    assert (set(LISTS) - paged, len(whole)) == (set(whole), len(set(whole)))
    assert {name for name in LISTS if LIST & set(LISTS[name])} == paged, "one of the two alone"


def test_pages_are_asked_for_alike() -> None:
    """The same names, bounds and words, the same way to the next page; nothing else says where a page begins."""
    found = [parameters for parameters in LISTS.values() if "after" in parameters]
    for name in LIST:
        first, *others = [{**parameters[name]} for parameters in found]
        assert [other for other in others if other != first] == []
    assert found[0]["limit"]["schema"] == {**found[0]["limit"]["schema"], "minimum": 1, "maximum": 200, "default": 50}
    for name, parameters in LISTS.items():
        ways = {"offset", "page", "size", "cursor", "before"} | {one for one in parameters if one.startswith("after_")}
        assert not ways & set(parameters), name
        headers = OPERATIONS[f"GET {name}"]["responses"]["200"].get("headers", {})
        assert ("Link" in headers) == ("after" in parameters), name


def test_every_refusal_is_announced_somewhere() -> None:
    announced = {
        code
        for operation in OPERATIONS.values()
        for answer in operation["responses"].values()
        if "$ref" in answer
        for code in codes(answer)
    }
    assert {kind.code() for kind in KINDS.values()} - announced == set()


def test_nothing_that_is_sent_is_without_bounds() -> None:
    """Each text, list and number of a body or an address."""
    unbound = [f"{name} {where}" for name, operation in OPERATIONS.items() for where in _unbound(operation)]
    assert unbound == []


def _unbound(operation: dict[str, Any]) -> list[str]:
    waiting = [(parameter["name"], parameter["schema"]) for parameter in operation.get("parameters", ())]
    waiting += [("body", sent["schema"]) for kind, sent in _sent(operation) if kind == "application/json"]
    found, seen = [], set()
    while waiting:
        where, schema = waiting.pop()
        name = schema.get("$ref", "").rpartition("/")[2]
        if name and name not in seen:
            seen.add(name)
            waiting.append((name, description()["components"]["schemas"][name]))
        wanted = BOUNDS.get(str(schema.get("type")), set())
        if wanted and not wanted & set(schema):
            found.append(where)
        waiting += [(f"{where}.{key}", part) for key, part in schema.get("properties", {}).items()]
        waiting += [(where, part) for kind in ("anyOf", "allOf", "oneOf") for part in schema.get(kind, ())]
        waiting += [
            (where, schema[kind]) for kind in ("items", "additionalProperties") if isinstance(schema.get(kind), dict)
        ]
    return found


def _sent(operation: dict[str, Any]) -> list[tuple[str, Any]]:
    return [*operation.get("requestBody", {}).get("content", {}).items()]
