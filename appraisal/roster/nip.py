"""The number of a civil servant. Of a PPPK, digits 13 and 14 count contracts and are no month. Rules: nip, employment."""

import re
from datetime import date

from appraisal.roster.cells import Cells
from appraisal.roster.codes import ProblemCode
from appraisal.vocabulary import Employment

_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+|\d{15,}[.,]0*")
_OFFICIAL = re.compile(r"PN-[0-9]{1,15}")


def plain_nip(value: str) -> str:
    """The digits without the spaces of the printed form and without the apostrophe that marks text in spreadsheets."""
    return value.removeprefix("'").replace(" ", "").upper()


def read_nip(cells: Cells, column: str, employment: Employment) -> str:
    """The NIP in this cell, whatever is noted about it."""
    nip = plain_nip(cells.raw(column))
    if not nip:
        cells.text(column)
    elif employment is Employment.PEJABAT_NEGARA:
        if not _OFFICIAL.fullmatch(nip):
            cells.refuse(column, ProblemCode.NIP_OFFICIAL)
    elif became_number(nip):
        cells.refuse(column, ProblemCode.NIP_AS_NUMBER)
    elif not (nip.isascii() and nip.isdigit()):
        cells.refuse(column, ProblemCode.NIP_NOT_DIGITS)
    elif len(nip) != 18:
        cells.refuse(column, ProblemCode.NIP_LENGTH, length=str(len(nip)))
    else:
        _read_digits(cells, column, nip, employment)
    return nip[:18]


def became_number(nip: str) -> bool:
    """Spreadsheets keep 15 digits: 18 come back as 1,98E+17, or end in three zeros, which no NIP does."""
    return bool(_SCIENTIFIC.fullmatch(nip)) or (len(nip) == 18 and nip.isdigit() and nip.endswith("000"))


def _read_digits(cells: Cells, column: str, nip: str, employment: Employment) -> None:
    if not _possible_birth(nip):
        cells.refuse(column, ProblemCode.NIP_BIRTH_DATE)
    year, month = int(nip[8:12]), int(nip[12:14])
    old_enough = 14 <= year - int(nip[:4]) <= 70
    if not old_enough or (employment is Employment.PNS and not 1 <= month <= 12):
        cells.refuse(column, ProblemCode.NIP_APPOINTMENT)
    if employment is Employment.PNS and nip[14] not in "12":
        cells.refuse(column, ProblemCode.NIP_SEX)


def _possible_birth(nip: str) -> bool:
    try:
        return 1920 <= date(int(nip[:4]), int(nip[4:6]), int(nip[6:8])).year <= 2020
    except ValueError:
        return False
