"""Indicators of units and the catalogue of trainings, from the rows of a file."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from appraisal.people.grades import LADDERS, ladder_of
from appraisal.roster.cells import Cells, shown
from appraisal.roster.codes import ProblemCode
from appraisal.roster.columns import rows_of
from appraisal.roster.people import EMPLOYMENTS, POSITION_KINDS
from appraisal.roster.roster import IndicatorEntry, Problem, Sheet, TrainingEntry, in_order
from appraisal.training.course import CourseKind
from appraisal.vocabulary import Aspect, Behaviour, Direction, EvidenceNeed

INDICATOR_COLUMNS = ("unorId", "tahun", "kode", "indikator", "satuan", "baseline", "target")
INDICATOR_EXTRAS = ("arah", "bukti")
"""Columns that a file of indicators may leave out; what is on record then stays."""
TRAINING_COLUMNS = ("tahun", "kode", "nama", "topik", "jp", "kuota", "mulai", "selesai", "tempat")
TRAINING_EXTRAS = ("jenis", "biaya", "penyelenggara", "statusKepegawaian", "jenisJabatan", "golonganMinimal")
"""Columns that a catalogue may leave out, and cells that may be empty; what is on record then stays."""
DEVELOPMENT = "PENGEMBANGAN"
"""The topic of courses for people who stand out, beside the aspects and the behaviours."""
TOPICS = (*Aspect, *Behaviour, DEVELOPMENT)
ATTENDING = {kind: EMPLOYMENTS[kind] for kind in ("PNS", "PPPK")}
FIRST_YEAR, LAST_YEAR = 2000, 2100

Entry = TypeVar("Entry", IndicatorEntry, TrainingEntry)


def read_indicators(sheet: Sheet, units: Collection[str]) -> tuple[tuple[IndicatorEntry, ...], tuple[Problem, ...]]:
    """The indicators of the file and every problem in it; `units` are the codes of the units on record."""

    def indicator(cells: Cells) -> IndicatorEntry | None:
        unit = cells.text("unorId", 64)
        if unit and unit not in units:
            cells.refuse("unorId", ProblemCode.UNIT_UNKNOWN, value=shown(unit))
        year, code, name = cells.whole("tahun", FIRST_YEAR, LAST_YEAR), cells.text("kode", 32), cells.text("indikator")
        measure = cells.text("satuan", 40)
        baseline, target = cells.number("baseline", required=False), cells.number("target")
        direction, evidence = cells.choice("arah", Direction), cells.choice("bukti", EvidenceNeed)
        if target is None:
            return None
        return IndicatorEntry(unit, year, code, name, measure, baseline, target, direction, evidence, cells.row)

    return _read(sheet, INDICATOR_COLUMNS, indicator, _indicator_key, INDICATOR_EXTRAS)


def completed(entries: Iterable[IndicatorEntry], known: Iterable[IndicatorEntry]) -> tuple[IndicatorEntry, ...]:
    """These entries, where they say nothing, with what is on record; a new indicator goes up and needs no evidence."""
    before = {_indicator_key(entry): entry for entry in known}

    def filled(entry: IndicatorEntry) -> IndicatorEntry:
        was = before.get(_indicator_key(entry), entry)
        direction = entry.direction or was.direction or Direction.UP
        return replace(entry, direction=direction, evidence=entry.evidence or was.evidence or EvidenceNeed.OPTIONAL)

    return tuple(filled(entry) for entry in entries)


def _indicator_key(entry: IndicatorEntry) -> tuple[str, int, str]:
    return entry.unit, entry.year, entry.code


def read_trainings(sheet: Sheet) -> tuple[tuple[TrainingEntry, ...], tuple[Problem, ...]]:
    """The trainings of the file and every problem in it."""
    return _read(sheet, TRAINING_COLUMNS, _training, training_key, TRAINING_EXTRAS)


def training_key(entry: TrainingEntry) -> tuple[int, str]:
    """What a course is known by: its year and its code."""
    return entry.year, entry.code


def completed_trainings(entries: Iterable[TrainingEntry], known: Iterable[TrainingEntry]) -> tuple[TrainingEntry, ...]:
    """These courses, where they say nothing, with what is on record; a new one costs nothing and is for everybody."""
    before = {training_key(entry): entry for entry in known}

    def filled(entry: TrainingEntry) -> TrainingEntry:
        was = before.get(training_key(entry), entry)
        price = was.price if entry.price is None else entry.price
        return replace(
            entry,
            kind=entry.kind or was.kind,
            price=Decimal(0) if price is None else price,
            provider=_said(entry.provider, was.provider),
            employments=_said(entry.employments, was.employments),
            positions=_said(entry.positions, was.positions),
            lowest_grades=_said(entry.lowest_grades, was.lowest_grades),
        )

    return tuple(filled(entry) for entry in entries)


def _said(text: str | None, before: str | None) -> str:
    return (before or "") if text is None else text


@dataclass(frozen=True, slots=True)
class Taken:
    """What is on record of a course beside what a file says: seats given away, and whether it is withdrawn."""

    given: int = 0
    withdrawn: bool = False


def training_doubts(
    entries: Iterable[TrainingEntry],
    known: Iterable[TrainingEntry],
    taken: Mapping[tuple[int, str], Taken],
    today: date,
) -> tuple[Problem, ...]:
    """What is wrong with courses that read well: seats that are given away, no seats, begun before they were announced."""
    before = {training_key(entry): entry.starts_on for entry in known}
    found = []
    for entry in entries:
        on_record = taken.get(training_key(entry), Taken())
        if entry.seats < on_record.given:
            given = {"given": str(on_record.given)}
            found.append(Problem(entry.row, "kuota", ProblemCode.SEATS_GIVEN_AWAY, given))
        elif entry.seats == 0:
            found.append(Problem(entry.row, "kuota", ProblemCode.NO_SEATS))
        if entry.starts_on <= today and before.get(training_key(entry)) != entry.starts_on:
            found.append(Problem(entry.row, "mulai", ProblemCode.COURSE_BEGUN, {"day": f"{today:%d-%m-%Y}"}))
        if on_record.withdrawn:
            found.append(Problem(entry.row, "kode", ProblemCode.COURSE_WITHDRAWN))
    return tuple(found)


def _training(cells: Cells) -> TrainingEntry | None:
    year, code, name = cells.whole("tahun", FIRST_YEAR, LAST_YEAR), cells.text("kode", 32), cells.text("nama")
    topics = _topics(cells)
    hours, seats = cells.whole("jp", 1, 2000), cells.whole("kuota", 0, 10_000)
    starts, ends, place = cells.day("mulai"), cells.day("selesai"), cells.optional("tempat") or ""
    kind, price, provider = cells.choice("jenis", CourseKind), cells.rupiah("biaya"), cells.optional("penyelenggara")
    employments = cells.several("statusKepegawaian", ATTENDING)
    positions = cells.several("jenisJabatan", POSITION_KINDS)
    lowest = _lowest(cells)
    if starts is None or ends is None:
        return None
    if ends < starts:
        cells.refuse("selesai", ProblemCode.ENDS_BEFORE_START)
    if starts.year != year:
        cells.refuse("mulai", ProblemCode.OUTSIDE_YEAR, year=str(year))
    return TrainingEntry(
        *(year, code, name, topics, hours, seats, starts, ends, place),
        *(kind, price, provider, employments, positions, lowest, cells.row),
    )


def _lowest(cells: Cells) -> str | None:
    """At most one golongan of each ladder."""
    lowest = cells.several("golonganMinimal", {grade: grade for ladder in LADDERS.values() for grade in ladder})
    ladders = [ladder_of(grade) for grade in (lowest or "").split(";") if grade]
    if len(set(ladders)) < len(ladders):
        cells.refuse("golonganMinimal", ProblemCode.GRADE_TWICE)
    return lowest


def _topics(cells: Cells) -> str:
    """The topics in capitals, joined by ';', each once."""
    words = [word.strip().upper() for word in cells.text("topik").split(";")]
    for word in words:
        if word and word not in TOPICS:
            cells.refuse("topik", ProblemCode.TOPIC_UNKNOWN, value=shown(word), known=", ".join(TOPICS))
    return ";".join(dict.fromkeys(word for word in words if word))


def _read(
    sheet: Sheet,
    columns: Sequence[str],
    read: Callable[[Cells], Entry | None],
    key: Callable[[Entry], object],
    optional: Sequence[str] = (),
) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    rows, problems = rows_of(sheet, columns, optional)
    found = [read(Cells(number, values, problems)) for number, values in rows]
    entries = tuple(entry for entry in found if entry is not None)
    problems += _repeated(entries, key)
    return entries, in_order(problems)


def _repeated(entries: Iterable[Entry], key: Callable[[Entry], object]) -> Iterator[Problem]:
    first: dict[object, int] = {}
    for entry in entries:
        if entry.code and first.setdefault(key(entry), entry.row) != entry.row:
            yield Problem(entry.row, "kode", ProblemCode.ENTRY_REPEATED, {"first": str(first[key(entry)])})
