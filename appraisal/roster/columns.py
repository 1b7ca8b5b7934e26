"""Which column holds what: the heading of a file against the columns that are expected."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from appraisal.roster.cells import shown
from appraisal.roster.codes import ProblemCode
from appraisal.roster.roster import Problem, Sheet

Row = tuple[int, dict[str, str]]
"""A row's number and its cells by column."""


def rows_of(sheet: Sheet, columns: Sequence[str], optional: Sequence[str] = ()) -> tuple[list[Row], list[Problem]]:
    """The rows below the heading, blank ones left out, and what is wrong with the heading. Nobody misses `optional` columns."""
    heading = sheet[0] if sheet else ()
    problems, places = _placed(heading, columns, optional)
    rows: list[Row] = []
    for number, cells in enumerate(sheet[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if any(cell.strip() for cell in cells[len(heading) :]):
            problems.append(Problem(number, "", ProblemCode.CELL_BEYOND_HEADING))
        rows.append((number, {name: cells[at] if at < len(cells) else "" for name, at in places.items()}))
    if not rows:
        problems.append(Problem(0, "", ProblemCode.EMPTY_FILE))
    return rows, problems


def _placed(
    heading: Sequence[str], columns: Sequence[str], optional: Sequence[str]
) -> tuple[list[Problem], dict[str, int]]:
    known = {_plain(name): name for name in (*columns, *optional)}
    places: dict[str, int] = {}
    problems: list[Problem] = []
    unknown: list[str] = []
    for at, title in enumerate(heading):
        name = known.get(_plain(title))
        if name is None:
            unknown += [title] if title.strip() else []
        elif name in places:
            problems.append(Problem(1, name, ProblemCode.COLUMN_REPEATED, {"name": name}))
        else:
            places[name] = at
    missing = [name for name in columns if name not in places]
    problems += _unknown(unknown, tuple(known.values()), missing)
    problems += [Problem(1, name, ProblemCode.COLUMN_MISSING, {"name": name}) for name in missing]
    return problems, places


def _unknown(titles: Sequence[str], columns: Sequence[str], missing: Sequence[str]) -> Iterator[Problem]:
    """Likely meant is first of all a column that is missing."""
    for title in titles:
        name = shown(title)
        likely = _likely(title, missing) or _likely(title, columns)
        if likely:
            yield Problem(1, name, ProblemCode.COLUMN_MISSPELLED, {"name": name, "likely": likely})
        else:
            yield Problem(1, name, ProblemCode.COLUMN_UNKNOWN, {"name": name, "known": ", ".join(columns)})


def _likely(title: str, columns: Sequence[str]) -> str | None:
    plain = {_plain(name): name for name in columns}
    found = get_close_matches(_plain(title)[:60], list(plain), n=1, cutoff=0.6)
    return plain[found[0]] if found else None


def _plain(title: str) -> str:
    """Letters and digits in lower case: 'Jenis Jabatan', 'jenis_jabatan' and 'jenisJabatan' are one column."""
    return "".join(character for character in title.casefold() if character.isalnum())
