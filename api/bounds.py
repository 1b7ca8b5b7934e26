"""How long a text, a list and a number of any JSON body may be at most: refused in one place, and announced in the description.

Most fields have narrower bounds of their own, which the rules know. These are the outer ones: nothing past them reaches a rule,
a process or the database.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from api.errors import BAD_INPUT, Problem

LONGEST_TEXT = 10_000
LONGEST_PARAMETER = 1000
LARGEST_BODY = 1024 * 1024
"""Bytes of a request without a file; far more than any form holds."""
MOST_ITEMS = 5000
LARGEST_NUMBER = 2**31 - 1
LOCAL_TIME = "^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$"
KEPT = {"maxLength", "enum", "const", "pattern", "format", "contentMediaType"}
"""What bounds a text already, each by itself."""


def within_bounds(value: Any, where: str = "") -> None:
    """Nothing, or a Problem that names the first place which no field of ours could take."""
    if isinstance(value, str):
        _text(value, where)
    elif isinstance(value, int | float) and abs(value) > LARGEST_NUMBER:
        raise _refused("A number is larger than is accepted here.", where, f"Give at most {LARGEST_NUMBER}.")
    elif isinstance(value, list | dict):
        if len(value) > MOST_ITEMS:
            raise _refused("A list is longer than is accepted here.", where, f"Send at most {MOST_ITEMS} at once.")
        for name, part in value.items() if isinstance(value, dict) else enumerate(value):
            _text(str(name), where)
            within_bounds(part, f"{where}.{name}".lstrip("."))


def _text(text: str, where: str) -> None:
    if "\0" in text:
        raise _refused("A text holds the control character NUL.", where, "Remove it or type the text again.")
    if len(text) > LONGEST_TEXT:
        raise _refused("A text is longer than is accepted here.", where, f"Shorten it to {LONGEST_TEXT} characters.")


def parameters_within_bounds(values: Iterable[tuple[str, str]]) -> None:
    """The same for what stands in an address."""
    for name, value in values:
        _text(value, name)
        if len(value) > LONGEST_PARAMETER:
            remedy = f"Shorten it to {LONGEST_PARAMETER} characters."
            raise _refused("A value in the address is longer than is accepted here.", name[:100], remedy)


def parameters_known(given: Iterable[str], known: Sequence[str]) -> None:
    """A mistyped filter must not answer everything: what the address does not know is refused by name."""
    for name in given:
        if name not in known:
            choose = f"Leave it out, or choose one of: {', '.join(known)}." if known else "Leave it out."
            raise _refused("There is no such parameter.", name, choose)


def _refused(what: str, where: str, remedy: str) -> Problem:
    return Problem(BAD_INPUT, "invalid_request", what, where[:100], remedy)


def tell_local_times(schemas: dict[str, Any]) -> None:
    """A time of ours is that of the office's clock, which the format "time" of JSON Schema does not allow: it has a zone."""
    waiting: list[Any] = [schemas]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict) and one.get("format") == "time":
            one.pop("format")
            one["pattern"] = LOCAL_TIME
        waiting += one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()


def announce(schema: dict[str, Any], schemas: dict[str, Any], longest: int = LONGEST_TEXT, closed: bool = True) -> None:
    """Write these bounds into the schema of something that is sent as JSON, wherever it has none of its own."""
    waiting, seen = [schema], set[str]()
    while waiting:
        one = waiting.pop()
        name = one.get("$ref", "").rpartition("/")[2]
        if name and name not in seen:
            seen.add(name)
            waiting.append(schemas[name])
        _bound(one, longest, closed)
        waiting += [*one.get("properties", {}).values(), *one.get("prefixItems", ())]
        waiting += [part for kind in ("anyOf", "allOf", "oneOf") for part in one.get(kind, ())]
        waiting += [one[kind] for kind in ("items", "additionalProperties") if isinstance(one.get(kind), dict)]


def _bound(schema: dict[str, Any], longest: int, closed: bool) -> None:
    kind = schema.get("type")
    if kind == "string" and not KEPT & set(schema):
        schema["maxLength"] = longest
    elif kind == "array":
        schema.setdefault("maxItems", MOST_ITEMS)
    elif kind == "object":
        known = "properties" in schema  # fields that a body does not have are refused (api.strict.CLOSED)
        if closed or not known:
            schema.setdefault(*("additionalProperties", False) if known else ("maxProperties", MOST_ITEMS))
    elif kind in ("integer", "number"):
        if not {"maximum", "exclusiveMaximum"} & set(schema):
            schema["maximum"] = LARGEST_NUMBER
        if not {"minimum", "exclusiveMinimum"} & set(schema):
            schema["minimum"] = -LARGEST_NUMBER
