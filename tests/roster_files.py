"""Rows of a small, valid file of people, and changes to them."""

from collections.abc import Sequence
from pathlib import Path

from appraisal.roster.people import PEOPLE_COLUMNS

HEADING = list(PEOPLE_COLUMNS)
BUPATI, SEKDA, HEAD, OFFICER, NURSE = (
    "PN-0001",
    "197012071997041007",
    "197202261998041006",
    "198609262015051001",
    "199103142022212003",
)


def row(nip: str, name: str, unit: str, parent: str, superior: str, **other: str) -> list[str]:
    """One row; what is not given is a plain Pelaksana."""
    values = {
        "nipBaru": nip,
        "nama": name,
        "email": f"{name.split(maxsplit=1)[0].lower()}.{nip[-4:].lower()}@lampungutara.example",
        "unorId": unit,
        "unorNama": f"Unit {unit}",
        "unorIndukId": parent,
        "jabatanNama": f"Pengelola {unit}",
        "jenisJabatan": "Pelaksana",
        "golongan": "III/a",
        "eselon": "",
        "nipAtasan": superior,
        "statusKepegawaian": "PNS",
        "tmt": "01-03-2024",
    }
    return [(values | other)[column] for column in HEADING]


def people() -> list[list[str]]:
    """Five people in three units: rows 2 to 6 of a spreadsheet."""
    head = {"jenisJabatan": "Struktural"}
    official = {"statusKepegawaian": "Pejabat Negara", "golongan": "", "jabatanNama": "Bupati"}
    contract = {"statusKepegawaian": "PPPK", "golongan": "IX", "jenisJabatan": "Fungsional", "jabatanNama": "Perawat"}
    return [
        list(HEADING),
        row(BUPATI, "Wira Sakti", "R", "", "", **head, **official),
        row(SEKDA, "Ridwan Oktaviani", "S", "R", BUPATI, **head, jabatanNama="Sekda", eselon="II.a"),
        row(HEAD, "Mega Lesmana", "D", "R", BUPATI, **head, jabatanNama="Kepala Dinas", eselon="II.b"),
        row(OFFICER, "Budi Darmawan", "D", "R", HEAD),
        row(NURSE, "Nia Wardani", "D", "R", HEAD, **contract),
    ]


def with_cell(sheet: Sequence[Sequence[str]], number: int, column: str, value: str) -> list[list[str]]:
    """The sheet with one cell changed; `number` is the row as the spreadsheet shows it."""
    changed = [list(cells) for cells in sheet]
    changed[number - 1][HEADING.index(column)] = value
    return changed


def as_csv(sheet: Sequence[Sequence[str]], separator: str = ",") -> bytes:
    """The sheet as a file."""
    return "\r\n".join(separator.join(f'"{cell}"' for cell in cells) for cells in sheet).encode()


def sample(name: str) -> bytes:
    """A file of the sample regency."""
    return (Path(__file__).parent.parent / "sample" / "regency" / f"{name}.csv").read_bytes()
