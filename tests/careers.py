"""Closed years and assessments of the tiny agency, written straight into the tables: what careers follow from."""

from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy import insert, update

from adapters.database.columns import table_of
from adapters.database.engine import Sessions
from adapters.database.tables import career, organisation, process

RATED = {
    "gita": {2025: "SANGAT_BAIK", 2026: "SANGAT_BAIK"},
    "eko": {2026: "BAIK"},
    "citra": {2026: "SANGAT_BAIK"},
    "dewi": {2026: "BUTUH_PERBAIKAN"},
}
SCORES = {"gita": "84.5", "eko": "61", "citra": "80.99", "dewi": "60.99"}
RULES = {
    "high": "81",
    "middle": "61",
    "axis": {
        "SANGAT_BAIK": "high",
        "BAIK": "middle",
        "BUTUH_PERBAIKAN": "low",
        "KURANG": "low",
        "SANGAT_KURANG": "low",
    },
    "places": 2,
    "rounding": "half_up",
    "own_box": False,
    "committee": ["dewi"],
}


async def years(sessions: Sessions) -> None:
    """Who was rated how, the levels of two people, and everybody's assessment."""
    at = datetime(2027, 1, 15, tzinfo=UTC)
    async with sessions.begin() as session:
        for year in sorted({year for of in RATED.values() for year in of}):
            kept = {"phase": "closed", "policy": {}, "starts_at": at.replace(year=year), "revision": 1}
            cycle = {"id": f"c{year}", "year": year, "name": str(year), **kept}
            await session.execute(insert(table_of(process.Cycle)).values(**cycle))
        closed = [
            {
                "id": f"appraisal/c{year}/{who}",
                "cycle_id": f"c{year}",
                "employee_id": who,
                "unit_id": "dinkes",
                "step": "closed",
                "since": at,
                "predicate": predicate,
                "outcome": "rated",
                "revision": 1,
                "document": {},
            }
            for who, of in RATED.items()
            for year, predicate in of.items()
        ]
        await session.execute(insert(table_of(process.Appraisal)), closed)
        assessed = [
            {
                "id": f"{who}-s",
                "person_id": who,
                "assessed_on": date(2026, 5, 4),
                "score": Decimal(score),
                "source": "Assessment Center Provinsi",
                "import_id": "impor",
            }
            for who, score in SCORES.items()
        ]
        await session.execute(insert(table_of(career.Assessment)), assessed)
        person = table_of(organisation.Person)
        for who, level in (("gita", "AHLI_PERTAMA"), ("eko", "TERAMPIL")):
            await session.execute(update(person).where(person.c.id == who).values(level=level))
