"""SIASN's reference codes as an agency keeps them in a TOML file: what BKN has told it, and nothing else."""

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from appraisal.periods import Every
from appraisal.siasn import Codes
from appraisal.vocabulary import Predicate

KNOWN = ("kuadran", "golongan", "periodik", "koefisien", "bukan_asn")
Key = TypeVar("Key")
Value = TypeVar("Value", int, str)


class UnusableCodes(Exception):
    """The file cannot be read, or says something that is no code."""


def read_codes(file: Path | None) -> Codes:
    """The codes of this file; none where there is no file. UnusableCodes names the place that is wrong."""
    if file is None:
        return Codes()
    try:
        found = tomllib.loads(file.read_text())
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as wrong:
        raise UnusableCodes(f"the file cannot be read as TOML: {wrong}") from wrong
    for name in found:
        if name not in KNOWN:
            raise UnusableCodes(f"'{name}' is unknown; there are {', '.join(KNOWN)}")
    return Codes(
        _table(found, "kuadran", Predicate, int),
        _table(found, "golongan", str, str),
        _table(found, "periodik", Every, str),
        _one(found, "koefisien"),
        _one(found, "bukan_asn"),
    )


def _table(found: Mapping[str, Any], name: str, key: Callable[[str], Key], kind: type[Value]) -> dict[Key, Value]:
    table = found.get(name, {})
    if not isinstance(table, dict):
        raise UnusableCodes(f"[{name}] must be a table")
    made = dict[Key, Value]()
    for word, code in table.items():
        if type(code) is not kind or not str(code).strip():
            raise UnusableCodes(f"{name}.{word} must be a {'whole number' if kind is int else 'text'}")
        try:
            made[key(word)] = code
        except ValueError as unknown:
            raise UnusableCodes(f"{name}.{word} is no word of Jenjang's") from unknown
    return made


def _one(found: Mapping[str, Any], name: str) -> str:
    code = found.get(name, "")
    if not isinstance(code, str):
        raise UnusableCodes(f"{name} must be a text")
    return code
