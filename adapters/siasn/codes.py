"""SIASN's reference codes as an agency keeps them in a TOML file: what BKN has told it, and nothing else."""

import tomllib
from pathlib import Path

from adapters.siasn.code_tables import UnusableCodes, table, text
from adapters.siasn.forms import course_form, talent_form
from appraisal.periods.periods import Every
from appraisal.siasn.result import Codes
from appraisal.vocabulary import Predicate

KNOWN = ("kuadran", "golongan", "periodik", "koefisien", "bukan_asn", "kursus", "talenta")


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
        table(found, "kuadran", Predicate, int),
        table(found, "golongan", str, str),
        table(found, "periodik", Every, str),
        text(found, "koefisien"),
        text(found, "bukan_asn"),
        course_form(found.get("kursus")),
        talent_form(found.get("talenta")),
    )
