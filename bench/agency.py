"""A synthetic agency, made on the fly and brought in through the import like any other."""

import asyncio
import csv
import io
from dataclasses import dataclass
from typing import Any

from demo.office import Somebody, apply_import, everybody, expect, let_in

COLUMNS = (
    *("nipBaru", "nama", "email", "unorId", "unorNama", "unorIndukId", "jabatanNama", "jenisJabatan"),
    *("golongan", "eselon", "nipAtasan", "statusKepegawaian", "tmt"),
)
TOP = "PN-0001"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it works: its head and the people under that head."""

    id: str
    head: Somebody
    staff: tuple[Somebody, ...]


def roster(units: int, staff: int) -> bytes:
    """A file of so many units with a head and so many staff each."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    root = ("R", "Kabupaten Bangku Uji", "")
    writer.writerow((TOP, "Bupati Uji", "", *root, "Bupati", "Struktural", "", "", "", "Pejabat Negara", "01-03-2025"))
    for unit in range(units):
        where, head = (f"U{unit:03}", f"Dinas Uji {unit:03}", "R"), _nip(unit * (staff + 1))
        job = (f"Kepala Dinas Uji {unit:03}", "Struktural", "IV/b", "II.b")
        writer.writerow((head, f"Kepala {unit:03}", "", *where, *job, TOP, "PNS", "01-03-2020"))
        for number in range(staff):
            nip, job = _nip(unit * (staff + 1) + number + 1), (f"Pelaksana {number:03}", "Pelaksana", "III/a", "")
            writer.writerow((nip, f"Pegawai {unit:03} {number:03}", "", *where, *job, head, "PNS", "01-03-2020"))
    return text.getvalue().encode()


def _nip(number: int) -> str:
    return f"19800101200501{1 + number // 999 % 2}{number % 999 + 1:03}" if number < 1998 else f"19810101{number:010}"


@dataclass(frozen=True, slots=True)
class Agency:
    """Everybody below the heads by id, and the units whose people may sign in."""

    staff: tuple[str, ...]
    units: tuple[Unit, ...]

    async def aclose(self) -> None:
        """Everybody goes home: their connections are closed."""
        for unit in self.units:
            for who in (unit.head, *unit.staff):
                await who.http.aclose()


async def bring_in(hr: Somebody, url: str, size: tuple[int, int], signed_in: int) -> Agency:
    """Import an agency of (units, staff of each) and let the people of so many units in."""
    units, staff = size
    upload = {"file": ("people.csv", roster(units, staff), "text/csv")}
    batch = expect(await hr.http.post("/api/v1/imports", files=upload, data={"kind": "people"}))["id"]
    while (found := await hr.get(f"imports/{batch}"))["phase"] == "checking":
        await asyncio.sleep(0.1)
    errors = [problem for problem in found["problems"] if problem["severity"] == "error"]
    assert not errors, errors[:3]
    await apply_import(hr, batch)
    people = [person for person in await everybody(hr) if person["employment"] == "PNS"]
    by_unit: dict[str, list[dict[str, Any]]] = {}
    for person in people:
        by_unit.setdefault(person["unit_id"], []).append(person)
    tops = {person["id"] for person in people if person["supervisor_id"] not in {other["id"] for other in people}}
    return Agency(
        tuple(person["id"] for person in people if person["id"] not in tops),
        tuple([await _unit(hr, url, unit, members) for unit, members in list(by_unit.items())[:signed_in]]),
    )


async def _unit(hr: Somebody, url: str, unit: str, members: list[dict[str, Any]]) -> Unit:
    signed = {person["id"]: await let_in(hr, url, person["id"]) for person in members}
    ids = set(signed)
    head = next(person["id"] for person in members if person["supervisor_id"] not in ids)
    return Unit(unit, signed[head], tuple(who for person, who in signed.items() if person != head))
