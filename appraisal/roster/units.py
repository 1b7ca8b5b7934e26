"""The tree of units: one name, one parent, one top, one head each. Rule: positions."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from appraisal.roster.cells import shown
from appraisal.roster.circles import circles
from appraisal.roster.codes import ProblemCode
from appraisal.roster.roster import PersonEntry, Problem, Roster, UnitEntry
from appraisal.vocabulary import PositionKind


def unit_problems(units: Sequence[UnitEntry], people: Sequence[PersonEntry], known: Roster) -> Iterator[Problem]:
    """Everything wrong with the units, where `units` has one entry for each row of the file."""
    named = [unit for unit in units if unit.code]
    first: dict[str, UnitEntry] = {}
    for unit in named:
        first.setdefault(unit.code, unit)
    yield from _contradictions(named, first)
    merged = {unit.code: unit for unit in known.units} | first
    for unit in first.values():
        if unit.parent and unit.parent not in merged:
            yield Problem(unit.row, "unorIndukId", ProblemCode.UNIT_PARENT_UNKNOWN, {"value": shown(unit.parent)})
    yield from _circles(merged)
    yield from _tops(merged)
    yield from _heads(first, people, known)


def _contradictions(units: Sequence[UnitEntry], first: dict[str, UnitEntry]) -> Iterator[Problem]:
    """Each deviating value once, at the first row that has it: seventy rows of one unit are one mistake."""
    seen: set[tuple[str, str, str | None]] = set()
    for unit in units:
        original = first[unit.code]
        for column, code, mine, theirs in (
            ("unorNama", ProblemCode.UNIT_TWO_NAMES, unit.name, original.name),
            ("unorIndukId", ProblemCode.UNIT_TWO_PARENTS, unit.parent, original.parent),
        ):
            if mine != theirs and (unit.code, column, mine) not in seen:
                seen.add((unit.code, column, mine))
                yield Problem(unit.row, column, code, {"first": str(original.row), "other": shown(theirs or "-")})


def _circles(units: dict[str, UnitEntry]) -> Iterator[Problem]:
    for circle in circles({code: unit.parent for code, unit in units.items()}):
        members = [units[code] for code in (*circle, circle[0])]
        row = min((unit.row for unit in members if unit.row), default=0)
        if row:
            chain = " → ".join(f"row {unit.row}" if unit.row else f"{unit.name} (on record)" for unit in members)
            yield Problem(row, "unorIndukId", ProblemCode.UNIT_LOOP, {"chain": chain})


def _tops(units: dict[str, UnitEntry]) -> Iterator[Problem]:
    tops = sorted((unit for unit in units.values() if unit.parent is None), key=lambda unit: unit.row)
    for unit in tops[1:]:
        yield Problem(unit.row, "unorIndukId", ProblemCode.UNIT_SECOND_ROOT, {"other": shown(tops[0].name)})


def _heads(units: dict[str, UnitEntry], people: Sequence[PersonEntry], known: Roster) -> Iterator[Problem]:
    heads: dict[str, list[PersonEntry]] = defaultdict(list)
    for person in people:
        if person.kind is PositionKind.STRUKTURAL:
            heads[person.unit].append(person)
    in_file = {person.nip for person in people}
    staying = [head for head in known.people if head.kind is PositionKind.STRUKTURAL and head.nip not in in_file]
    remaining = {head.unit: head.name for head in staying}
    for code, unit in units.items():
        for second in heads[code][1:]:
            yield Problem(second.row, "jenisJabatan", ProblemCode.UNIT_TWO_HEADS, {"first": str(heads[code][0].row)})
        if code in remaining and heads[code]:
            args = {"name": shown(remaining[code])}
            yield Problem(heads[code][0].row, "jenisJabatan", ProblemCode.UNIT_HEAD_ON_RECORD, args)
        elif not heads[code] and code not in remaining:
            yield Problem(unit.row, "unorId", ProblemCode.UNIT_WITHOUT_HEAD, {"name": shown(unit.name)})
