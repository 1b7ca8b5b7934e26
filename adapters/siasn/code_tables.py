"""The tables of an installation's file of SIASN's codes, each value looked at. What is wrong is named by its place."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value", int, str)


class UnusableCodes(Exception):
    """The file cannot be read, or says something that is no code."""


def table(
    found: Mapping[str, Any], name: str, key: Callable[[str], Key], kind: type[Value], within: str = ""
) -> dict[Key, Value]:
    """The codes of this table by Jenjang's own words; none where there is no such table."""
    given, place = found.get(name, {}), f"{within}{name}"
    if not isinstance(given, dict):
        raise UnusableCodes(f"[{place}] must be a table")
    made = dict[Key, Value]()
    for word, code in given.items():
        if type(code) is not kind or not str(code).strip():
            raise UnusableCodes(f"{place}.{word} must be a {'whole number' if kind is int else 'text'}")
        try:
            made[key(word)] = code
        except ValueError as unknown:
            raise UnusableCodes(f"{place}.{word} is no word of Jenjang's") from unknown
    return made


def text(found: Mapping[str, Any], name: str, within: str = "") -> str:
    """One word; empty where it is not there."""
    code = found.get(name, "")
    if not isinstance(code, str):
        raise UnusableCodes(f"{within}{name} must be a text")
    return code
