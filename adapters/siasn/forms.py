"""How SIASN wants courses and talent boxes, as an agency keeps it in its file of codes: all that is needed, or nothing."""

import re
from collections.abc import Mapping
from decimal import Decimal
from math import isfinite
from typing import Any

from adapters.siasn.code_tables import UnusableCodes, table, text
from appraisal.career.talent import BOXES
from appraisal.siasn.course import NEEDED, CourseForm, Part
from appraisal.siasn.talent import TalentForm
from appraisal.vocabulary import Predicate

PATH = re.compile(r"[\w-]+(/[\w-]+)*", re.ASCII)
AXES = ("kinerja", "potensi")
OF_COURSES = ("riwayat", "pegawai", *Part, "dibaca", "tetap")
OF_TALENT = ("riwayat", "tahun", "sumbu_x", "bobot_x", "bobot_y", "kotak", "kinerja")


def course_form(found: Any) -> CourseForm | None:
    """[kursus]: what SIASN calls each part of a course. None where there is no such table."""
    if found is None:
        return None
    _demand_known(found, "kursus", OF_COURSES)
    names = {part: text(found, part, "kursus.") for part in Part if part in found}
    for part in NEEDED:
        if not names.get(part):
            raise UnusableCodes(f"kursus.{part} is missing")
    fixed = found.get("tetap", {})
    if not isinstance(fixed, dict) or not all(type(value) in (int, str) for value in fixed.values()):
        raise UnusableCodes("[kursus.tetap] must be a table of texts and whole numbers")
    read = table(found, "dibaca", Part, str, "kursus.")
    return CourseForm(_path(found, "kursus"), _word(found, "kursus", "pegawai"), names, read, fixed)


def talent_form(found: Any) -> TalentForm | None:
    """[talenta]: SIASN's numbers of boxes and axes. None where there is no such table."""
    if found is None:
        return None
    _demand_known(found, "talenta", OF_TALENT)
    across = _word(found, "talenta", "sumbu_x")
    if across not in AXES:
        raise UnusableCodes(f"talenta.sumbu_x must be one of {', '.join(AXES)}")
    return TalentForm(
        _path(found, "talenta"),
        _word(found, "talenta", "tahun"),
        table(found, "kotak", _box, int, "talenta."),
        {word: Decimal(value) for word, value in table(found, "kinerja", Predicate, int, "talenta.").items()},
        across == "potensi",
        (_weight(found, "bobot_x"), _weight(found, "bobot_y")),
    )


def _demand_known(found: Any, name: str, known: tuple[str, ...]) -> None:
    if not isinstance(found, dict):
        raise UnusableCodes(f"[{name}] must be a table")
    for word in found:
        if word not in known:
            raise UnusableCodes(f"'{name}.{word}' is unknown; there are {', '.join(known)}")


def _word(found: Mapping[str, Any], within: str, name: str) -> str:
    said = text(found, name, f"{within}.")
    if not said:
        raise UnusableCodes(f"{within}.{name} is missing")
    return said


def _path(found: Mapping[str, Any], within: str) -> str:
    """Where SIASN gives its records back; the NIP follows after it."""
    path = _word(found, within, "riwayat")
    if not PATH.fullmatch(path):
        raise UnusableCodes(f"{within}.riwayat must be a path like pns/rw-kursus")
    return path


def _box(word: str) -> int:
    if word not in map(str, BOXES.values()):
        raise ValueError(word)
    return int(word)


def _weight(found: Mapping[str, Any], name: str) -> Decimal:
    weight = found.get(name)
    if not isinstance(weight, int | float) or isinstance(weight, bool) or not isfinite(weight):
        raise UnusableCodes(f"talenta.{name} must be a number")
    return Decimal(str(weight))
