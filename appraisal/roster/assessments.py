"""Results of assessments of the potential, from the rows of a file."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from appraisal.roster.cells import Cells, shown
from appraisal.roster.codes import ProblemCode
from appraisal.roster.columns import rows_of
from appraisal.roster.nip import became_number, plain_nip
from appraisal.roster.roster import AssessmentEntry, Problem, Sheet, in_order

ASSESSMENT_COLUMNS = ("nipBaru", "tanggal", "nilai", "sumber")
HIGHEST = 100


def read_assessments(
    sheet: Sheet, names: Mapping[str, str], today: date
) -> tuple[tuple[AssessmentEntry, ...], tuple[Problem, ...]]:
    """The assessments of the file and every problem in it; `names` are the people on record by NIP."""
    rows, problems = rows_of(sheet, ASSESSMENT_COLUMNS)
    found = [_assessment(Cells(number, values, problems), names, today) for number, values in rows]
    entries = tuple(entry for entry in found if entry is not None)
    first: dict[tuple[str, date, str], int] = {}
    for entry in entries:
        row = first.setdefault((entry.nip, entry.on, entry.source), entry.row)
        if row != entry.row:
            problems.append(Problem(entry.row, "nipBaru", ProblemCode.ASSESSMENT_REPEATED, {"first": str(row)}))
    return entries, in_order(problems)


def _assessment(cells: Cells, names: Mapping[str, str], today: date) -> AssessmentEntry | None:
    nip = plain_nip(cells.text("nipBaru"))
    if became_number(nip):
        cells.refuse("nipBaru", ProblemCode.NIP_AS_NUMBER)
    elif nip and nip not in names:
        cells.refuse("nipBaru", ProblemCode.PERSON_UNKNOWN)
    day, score, source = cells.day("tanggal"), _score(cells), cells.text("sumber")
    if day is not None and day > today:
        cells.refuse("tanggal", ProblemCode.DAY_IN_FUTURE)
    return None if day is None or score is None else AssessmentEntry(nip, day, score, source, cells.row)


def _score(cells: Cells) -> Decimal | None:
    score = cells.number("nilai")
    if score is not None and (score < 0 or score > HIGHEST):
        cells.refuse("nilai", ProblemCode.OUT_OF_RANGE, value=shown(cells.raw("nilai")), low="0", high=str(HIGHEST))
    return score
