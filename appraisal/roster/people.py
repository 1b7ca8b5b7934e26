"""People and their units from the rows of a personnel system's export. Rules: employment, positions."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import chain

from appraisal.career.credit import LEVELS, level_in
from appraisal.people.grades import GRADES
from appraisal.roster.cells import Cells, shown
from appraisal.roster.codes import ProblemCode
from appraisal.roster.columns import rows_of
from appraisal.roster.nip import plain_nip, read_nip
from appraisal.roster.reporting import reporting_problems
from appraisal.roster.roster import PersonEntry, Problem, Roster, Sheet, UnitEntry, in_order
from appraisal.roster.units import unit_problems
from appraisal.vocabulary import Employment, Level, PositionKind

PEOPLE_COLUMNS = (
    "nipBaru", "nama", "email", "unorId", "unorNama", "unorIndukId", "jabatanNama",
    "jenisJabatan", "golongan", "eselon", "nipAtasan", "statusKepegawaian", "tmt",
)  # fmt: skip
PEOPLE_EXTRAS = ("jenjang",)
"""A column that a file of people may leave out; what is on record then stays."""
EMPLOYMENTS = {
    "PNS": Employment.PNS,
    "PPPK": Employment.PPPK,
    "Pejabat Negara": Employment.PEJABAT_NEGARA,
}
POSITION_KINDS = {
    "Struktural": PositionKind.STRUKTURAL,
    "Fungsional": PositionKind.FUNGSIONAL,
    "Pelaksana": PositionKind.PELAKSANA,
}


def read_people(sheet: Sheet, known: Roster = Roster()) -> tuple[Roster, tuple[Problem, ...]]:  # noqa: B008 - frozen
    """The roster that the file describes and every problem in it, by row. `known` is what is on record."""
    rows, problems = rows_of(sheet, PEOPLE_COLUMNS, PEOPLE_EXTRAS)
    complete = not any(problem.code is ProblemCode.COLUMN_MISSING for problem in problems)
    people: list[PersonEntry] = []
    units: list[UnitEntry] = []
    for number, values in rows:
        cells = Cells(number, values, problems)
        people.append(_person(cells))
        units.append(UnitEntry(people[-1].unit, cells.text("unorNama"), cells.optional("unorIndukId", 64), number))
    problems += chain(_repeated_nips(people), _repeated_emails(people))
    people = list({person.nip: person for person in reversed(people)}.values())[::-1]
    if complete:  # else every row would be blamed for what the heading lacks
        problems += chain(_positions(people), reporting_problems(people, known), unit_problems(units, people, known))
    levels = {person.nip: person.level for person in known.people}
    people = [replace(person, level=person.level or levels.get(person.nip)) for person in people]
    first_rows = {unit.code: unit for unit in reversed(units)}
    roster = Roster(tuple(sorted(first_rows.values(), key=lambda unit: unit.row)), tuple(people))
    return roster, in_order(problems)


def _person(cells: Cells) -> PersonEntry:
    employment = cells.word("statusKepegawaian", EMPLOYMENTS, Employment.PNS)
    grade = cells.optional("golongan", 10)
    if grade and grade not in GRADES:
        cells.refuse("golongan", ProblemCode.GRADE_UNKNOWN, value=shown(grade))
    cells.day("tmt")
    title, kind = cells.text("jabatanNama"), cells.word("jenisJabatan", POSITION_KINDS, PositionKind.PELAKSANA)
    return PersonEntry(
        nip=read_nip(cells, "nipBaru", employment),
        name=cells.text("nama"),
        email=cells.email("email"),
        employment=employment,
        grade=grade,
        unit=cells.text("unorId", 64),
        title=title,
        kind=kind,
        echelon=cells.optional("eselon", 10),
        superior=plain_nip(cells.raw("nipAtasan")) or None,
        row=cells.row,
        level=_level(cells, title, kind),
    )


def _level(cells: Cells, title: str, kind: PositionKind) -> Level | None:
    """The jenjang that the file gives, if it gives any. Rule: credit_level."""
    if not cells.raw("jenjang"):
        return None
    if kind is not PositionKind.FUNGSIONAL:
        cells.refuse("jenjang", ProblemCode.LEVEL_NOT_FUNCTIONAL)
        return None
    level, said = cells.word("jenjang", LEVELS, Level.PEMULA), level_in(title)
    if said is not None and said is not level:
        cells.refuse("jenjang", ProblemCode.LEVEL_CONTRADICTS, other=said.replace("_", " ").title())
    return level


def _repeated_nips(people: Iterable[PersonEntry]) -> Iterable[Problem]:
    first: dict[str, int] = {}
    for person in people:
        if person.nip and first.setdefault(person.nip, person.row) != person.row:
            yield Problem(person.row, "nipBaru", ProblemCode.NIP_REPEATED, {"first": str(first[person.nip])})


def _repeated_emails(people: Iterable[PersonEntry]) -> Iterable[Problem]:
    """Within the file only: an address on record with somebody who is not in it may well have moved on."""
    first: dict[str, int] = {}
    for person in people:
        if person.email and first.setdefault(person.email, person.row) != person.row:
            yield Problem(person.row, "email", ProblemCode.EMAIL_REPEATED, {"first": str(first[person.email])})


def _positions(people: Iterable[PersonEntry]) -> Iterable[Problem]:
    """A position is one by unit and title: it cannot be Struktural in one row and Pelaksana in the next."""
    first: dict[tuple[str, str], PersonEntry] = {}
    for person in people:
        other = first.setdefault((person.unit, person.title), person)
        for column, mine, theirs in (
            ("jenisJabatan", person.kind.capitalize(), other.kind.capitalize()),
            ("eselon", person.echelon or "", other.echelon or ""),
        ):
            if person.title and mine != theirs:
                args = {"first": str(other.row), "other": shown(theirs)}
                yield Problem(person.row, column, ProblemCode.POSITION_CONTRADICTS, args)
