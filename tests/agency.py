"""A tiny agency of invented people, written straight into the tables: enough for every relation that a case knows."""

from datetime import date
from typing import Any

from sqlalchemy import insert

from adapters.database.columns import table_of
from adapters.database.engine import Sessions
from adapters.database.tables import organisation

SINCE = date(2020, 1, 1)
UNITS = (
    ("kabupaten", None, "Pemerintah Kabupaten"),
    ("dinkes", "kabupaten", "Dinas Kesehatan"),
    ("p2p", "dinkes", "Bidang P2P"),
    ("dinsos", "kabupaten", "Dinas Sosial"),
)
PEOPLE = (
    # id, name, employment, unit, title, kind, supervisor
    ("bupati", "Bupati Contoh", "PEJABAT_NEGARA", "kabupaten", "Bupati", "STRUKTURAL", None),
    ("dewi", "Dewi Lestari Contoh", "PNS", "dinkes", "Kepala Dinas Kesehatan", "STRUKTURAL", "bupati"),
    ("citra", "Citra Contoh", "PNS", "p2p", "Kepala Bidang P2P", "STRUKTURAL", "dewi"),
    ("budi", "Budi Contoh", "PNS", "p2p", "Pengawas Imunisasi", "FUNGSIONAL", "citra"),
    ("ani", "Ani Contoh", "PNS", "p2p", "Pengelola Data", "PELAKSANA", "budi"),
    ("eko", "Eko Contoh", "PPPK", "p2p", "Perawat", "FUNGSIONAL", "budi"),
    ("fajar", "Fajar Contoh", "PNS", "dinsos", "Kepala Dinas Sosial", "STRUKTURAL", "bupati"),
    ("gita", "Gita Contoh", "PNS", "dinsos", "Pekerja Sosial", "FUNGSIONAL", "fajar"),
)
INDICATORS = (
    ("i1", "dinkes", "Cakupan imunisasi dasar lengkap"),
    ("i2", "dinsos", "Keluarga penerima manfaat terdata"),
)


async def build(sessions: Sessions, year: int = 2026) -> None:
    """Units, people, positions, assignments, indicators and two trainings (one with a single seat)."""
    async with sessions.begin() as session:
        for table, rows in _rows(year).items():
            await session.execute(insert(table_of(table)), rows)


def _rows(year: int) -> dict[Any, list[dict[str, Any]]]:
    rows: dict[Any, list[dict[str, Any]]] = {}
    rows[organisation.Unit] = [{"id": unit, "code": unit} for unit, _, _ in UNITS]
    rows[organisation.UnitPeriod] = [
        {"id": f"{unit}-1", "unit_id": unit, "name": name, "parent_id": parent, "valid_from": SINCE, "valid_to": None}
        for unit, parent, name in UNITS
    ]
    rows[organisation.Person] = [
        {
            "id": who,
            "nip": f"{n:018d}",
            "name": name,
            "email": f"{who}@contoh.example",
            "employment": kind,
            "grade": None,
        }
        for n, (who, name, kind, *_) in enumerate(PEOPLE)
    ]
    rows[organisation.Position] = [
        {"id": f"{who}-p", "unit_id": unit, "title": title, "kind": kind, "echelon": None}
        for who, _, _, unit, title, kind, _ in PEOPLE
    ]
    rows[organisation.Assignment] = [
        {
            "id": f"{who}-a",
            "person_id": who,
            "position_id": f"{who}-p",
            "supervisor_id": above,
            "kind": "DEFINITIF",
            "valid_from": SINCE,
            "valid_to": None,
        }
        for who, _, _, _, _, _, above in PEOPLE
    ]
    rows[organisation.Indicator] = [
        {
            "id": i,
            "unit_id": unit,
            "year": year,
            "code": i,
            "name": name,
            "unit_of_measure": "persen",
            "baseline": None,
            "target": 95,
        }
        for i, unit, name in INDICATORS
    ]
    rows[organisation.Training] = [_training("t1", "Analisis data", "KUANTITAS;KUALITAS", 1, year + 1)]
    rows[organisation.Training] += [
        _training("t2", "Pelayanan prima", "BP;AK;KO;HA;LO;AD;KB;PENGEMBANGAN", 20, year + 1)
    ]
    return rows


def _training(training: str, name: str, topics: str, seats: int, year: int) -> dict[str, Any]:
    days = {"starts_on": date(year, 6, 1), "ends_on": date(year, 6, 3)}
    return {
        "id": training,
        "year": year,
        "code": training,
        "name": name,
        "topics": topics,
        "hours": 20,
        "seats": seats,
        "place": "",
        **days,
    }


async def in_office(session: Any, unit: str, *people: str) -> None:
    """A unit of nobody but these, for tests that need people and nothing else of an agency."""
    await session.execute(insert(table_of(organisation.Unit)).values(id=unit, code=unit))
    for who in people:
        person = {"id": who, "nip": f"{unit}{who}"[:18], "name": who, "employment": "PNS"}
        held = {"id": f"{who}a", "person_id": who, "position_id": f"{who}p", "kind": "DEFINITIF", "valid_from": SINCE}
        post = {"id": f"{who}p", "unit_id": unit, "title": who, "kind": "PELAKSANA"}
        await session.execute(insert(table_of(organisation.Person)).values(**person))
        await session.execute(insert(table_of(organisation.Position)).values(**post))
        await session.execute(insert(table_of(organisation.Assignment)).values(**held))
