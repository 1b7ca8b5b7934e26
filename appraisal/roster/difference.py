"""What applying a file would change in what is on record. The same file again changes nothing."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from appraisal.roster.roster import (
    AssessmentEntry,
    Difference,
    IndicatorEntry,
    PersonEntry,
    Roster,
    TrainingEntry,
    UnitEntry,
)

Entry = TypeVar("Entry", IndicatorEntry, TrainingEntry)
_Fields = Sequence[tuple[str, str]]

_ABOUT = (
    ("nama", "name"),
    ("email", "email"),
    ("statusKepegawaian", "employment"),
    ("golongan", "grade"),
    ("jenjang", "level"),
)
_POST = (("jabatanNama", "title"), ("jenisJabatan", "kind"), ("eselon", "echelon"))
_INDICATOR = (
    *(("indikator", "name"), ("satuan", "unit_of_measure"), ("baseline", "baseline"), ("target", "target")),
    *(("arah", "direction"), ("bukti", "evidence")),
)
_TRAINING = (
    ("nama", "name"), ("topik", "topics"), ("jp", "hours"), ("kuota", "seats"),
    ("mulai", "starts_on"), ("selesai", "ends_on"), ("tempat", "place"),
    ("jenis", "kind"), ("biaya", "price"), ("penyelenggara", "provider"),
    ("statusKepegawaian", "employments"), ("jenisJabatan", "positions"), ("golonganMinimal", "lowest_grades"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plan:
    """What applying a roster writes.

    `moved` need a new period, `reformed` hold a position whose kind or echelon changes;
    `left` are on record and not in the file: they are ended only when HR says so.
    """

    units_added: tuple[UnitEntry, ...]
    units_changed: tuple[UnitEntry, ...]
    added: tuple[PersonEntry, ...]
    changed: tuple[PersonEntry, ...]
    moved: tuple[PersonEntry, ...]
    reformed: tuple[PersonEntry, ...]
    left: tuple[PersonEntry, ...]


def plan(roster: Roster, known: Roster) -> Plan:
    """The writes that turn what is known into the roster."""
    units = {unit.code: unit for unit in known.units}
    before = {person.nip: person for person in known.people}
    staying = [(before[person.nip], person) for person in roster.people if person.nip in before]
    in_file = {person.nip for person in roster.people}
    return Plan(
        units_added=tuple(unit for unit in roster.units if unit.code not in units),
        units_changed=tuple(unit for unit in roster.units if unit.code in units and _unit(units[unit.code], unit)),
        added=tuple(person for person in roster.people if person.nip not in before),
        changed=tuple(after for was, after in staying if _changes(was, after, _ABOUT)),
        moved=tuple(after for was, after in staying if _post(was) != _post(after)),
        reformed=tuple(after for was, after in staying if (was.kind, was.echelon) != (after.kind, after.echelon)),
        left=tuple(person for person in known.people if person.nip not in in_file),
    )


def roster_differences(roster: Roster, known: Roster) -> tuple[Difference, ...]:
    """The plan in words that people read, in the order of the file: units, then people, then who is missing."""
    names = {unit.code: unit.name for unit in (*known.units, *roster.units)}
    people = {person.nip: person.name for person in (*known.people, *roster.people)}
    units = {unit.code: unit for unit in known.units}
    before = {person.nip: person for person in known.people}
    found: list[Difference] = []
    for unit in roster.units:
        found += _unit_difference(units.get(unit.code), unit, names)
    for person in roster.people:
        found += _person_difference(before.get(person.nip), person, names, people)
    found += [Difference("person_left", 0, left.name, _where(left, names)) for left in plan(roster, known).left]
    return tuple(found)


def indicator_differences(entries: Sequence[IndicatorEntry], known: Sequence[IndicatorEntry]) -> tuple[Difference, ...]:
    """Indicators added and changed; what the file leaves out stays."""
    return tuple(_entries("indicator", entries, known, lambda entry: (entry.unit, entry.year, entry.code), _INDICATOR))


def training_differences(entries: Sequence[TrainingEntry], known: Sequence[TrainingEntry]) -> tuple[Difference, ...]:
    """Trainings added and changed; what the file leaves out stays."""
    return tuple(_entries("training", entries, known, lambda entry: (entry.year, entry.code), _TRAINING))


def assessment_differences(
    entries: Sequence[AssessmentEntry], known: Sequence[AssessmentEntry], names: Mapping[str, str]
) -> tuple[Difference, ...]:
    """Assessments added and corrected; `names` are people's by NIP. What the file leaves out stays."""
    before = {(entry.nip, entry.on, entry.source): entry.score for entry in known}
    found: list[Difference] = []
    for entry in entries:
        was, who = before.get((entry.nip, entry.on, entry.source)), names.get(entry.nip, "")
        detail = f"{entry.on:%d-%m-%Y}, {entry.source}"
        if was is None:
            found.append(Difference("assessment_added", entry.row, who, f"{_text(entry.score)}; {detail}"))
        elif was != entry.score:
            change = ("nilai", _text(was), _text(entry.score))
            found.append(Difference("assessment_changed", entry.row, who, detail, (change,)))
    return tuple(found)


def _entries(
    kind: str, entries: Sequence[Entry], known: Sequence[Entry], key: Callable[[Entry], object], fields: _Fields
) -> Iterator[Difference]:
    before = {key(entry): entry for entry in known}
    for entry in entries:
        was = before.get(key(entry))
        detail = f"{entry.code}, {entry.year}"
        if was is None:
            yield Difference(f"{kind}_added", entry.row, entry.name, detail)
        elif changes := _changes(was, entry, fields):
            yield Difference(f"{kind}_changed", entry.row, entry.name, detail, changes)


def _unit(was: UnitEntry, after: UnitEntry) -> bool:
    return (was.name, was.parent) != (after.name, after.parent)


def _unit_difference(was: UnitEntry | None, unit: UnitEntry, names: Mapping[str, str]) -> Iterator[Difference]:
    above = names.get(unit.parent or "", "")
    if was is None:
        yield Difference("unit_added", unit.row, unit.name, above)
        return
    if was.name != unit.name:
        yield Difference("unit_renamed", unit.row, unit.name, unit.code, (("unorNama", was.name, unit.name),))
    if was.parent != unit.parent:
        change = ("unorIndukId", names.get(was.parent or "", ""), above)
        yield Difference("unit_moved", unit.row, unit.name, unit.code, (change,))


def _person_difference(
    was: PersonEntry | None, person: PersonEntry, names: Mapping[str, str], people: Mapping[str, str]
) -> Iterator[Difference]:
    where = _where(person, names)
    if was is None:
        yield Difference("person_added", person.row, person.name, where)
        return
    if about := _changes(was, person, _ABOUT):
        yield Difference("person_changed", person.row, person.name, where, about)
    moves = _changes(was, person, _POST)
    if was.unit != person.unit:
        moves = (("unorId", names.get(was.unit, was.unit), names[person.unit]), *moves)
    if was.superior != person.superior:
        moves = (*moves, ("nipAtasan", people.get(was.superior or "", ""), people.get(person.superior or "", "")))
    if moves:
        yield Difference("person_moved", person.row, person.name, where, moves)


def _where(person: PersonEntry, names: Mapping[str, str]) -> str:
    return f"{person.title}, {names.get(person.unit, person.unit)}"


def _post(person: PersonEntry) -> tuple[str, str, str | None]:
    return person.unit, person.title, person.superior


def _changes(was: object, after: object, fields: _Fields) -> tuple[tuple[str, str, str], ...]:
    found = ((column, getattr(was, name), getattr(after, name)) for column, name in fields)
    return tuple((column, _text(old), _text(new)) for column, old, new in found if old != new)


def _text(value: object) -> str:
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return "" if value is None else str(value)
