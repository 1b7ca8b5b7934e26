"""A record as SIASN takes it and gives it back: what it holds already, and whether what is read back is what was sent."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any


@dataclass(frozen=True, slots=True)
class Form:
    """How SIASN takes a kind of record, and gives it back.

    `person` and `id`: what it calls whom a record is about, and the record itself; no `id` where it takes none. `place`: what
    tells one record of a person from another; `proof`: what must be read back as it was sent. `read`: what it gives back, and
    under which name; it mixes capitals besides.
    """

    kind: str
    save: str
    history: str
    person: str
    place: tuple[str, ...]
    proof: tuple[str, ...]
    read: Mapping[str, str] = field(default_factory=dict)
    id: str = "id"


@dataclass(frozen=True, slots=True)
class Record:
    """A record as SIASN shall have it; what it calls the person and the record, SIASN itself says."""

    form: Form
    number: str = field(repr=False)
    fields: Mapping[str, Any] = field(repr=False)


def digest(sent: Record) -> str:
    """SHA-256 over all that the record says: it tells what was sent without keeping it."""
    said = json.dumps(
        [sent.form.kind, sent.number, sent.fields], sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    return hashlib.sha256(said.encode()).hexdigest()


def held(wanted: Record, found: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """What SIASN holds already in the same place: of the same year or months, or about the same course."""
    return next((one for one in found if not _differing(wanted, one, wanted.form.place)), None)


def is_told(wanted: Record, found: Mapping[str, Any]) -> bool:
    """Whether SIASN holds all of it already, so that there is nothing to send."""
    form = wanted.form
    return not _differing(wanted, found, (*form.place, *form.proof, *form.read))


def is_proved(sent: Record, found: Mapping[str, Any]) -> bool:
    """Whether what SIASN gives back is what was sent."""
    return not _differing(sent, found, (*sent.form.place, *sent.form.proof))


def _differing(wanted: Record, found: Mapping[str, Any], names: Sequence[str]) -> tuple[str, ...]:
    asked = [name for name in names if name in wanted.fields]
    return tuple(name for name in asked if not _same(_read(wanted.form, found, name), str(wanted.fields[name])))


def _read(form: Form, found: Mapping[str, Any], name: str) -> str:
    """The value as SIASN gives it back, under either name and with a small or a capital first letter."""
    for called in (form.read.get(name, name), name):
        for spelled in (called[0].lower() + called[1:], called[0].upper() + called[1:]):
            if found.get(spelled) is not None:
                return str(found[spelled])
    return ""


def _same(one: str, other: str) -> bool:
    """Whether two values are the same, also where a number is written with other zeros behind the point."""
    if one == other:
        return True
    if "." not in one + other:
        return False
    try:
        return Decimal(one) == Decimal(other)
    except InvalidOperation:
        return False
