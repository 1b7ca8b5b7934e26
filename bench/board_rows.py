"""Cases of an agency of any size, written straight into the tables: for measuring lists, where no process is needed."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import insert

from adapters.database.columns import table_of
from adapters.database.engine import Sessions
from adapters.database.tables import organisation, process, watch
from appraisal.vocabulary import OPEN_STEPS, Step

START = datetime(2026, 1, 5, 1, tzinfo=UTC)
UNITS, STAFF, CHUNK = 40, 12, 1000
"""Calibration pools, and people for whom one supervisor acts."""


async def fill(sessions: Sessions, cases: int) -> None:
    """So many open cases of one running cycle, as many closed ones of the year before, and their passages."""
    people = [_person(number) for number in range(cases)]
    units = [{"id": f"u{unit}", "code": f"u{unit}"} for unit in range(UNITS)]
    names: list[dict[str, Any]] = [
        {
            "id": f"u{unit}-1",
            "unit_id": f"u{unit}",
            "name": f"Dinas Uji {unit:03}",
            "parent_id": None,
            "valid_from": date(2020, 1, 1),
            "valid_to": None,
        }
        for unit in range(UNITS)
    ]
    rows = [_case(number, "now") for number in range(cases)] + [_closed(number) for number in range(cases)]
    passages = [_passage(number, place) for number in range(cases) for place in range(number % 6)]
    tables = (
        (organisation.Unit, units),
        (organisation.UnitPeriod, names),
        (organisation.Person, people),
        (process.Cycle, [_cycle("before", "closed"), _cycle("now", "running")]),
        (process.Appraisal, rows),
        (watch.Passage, passages),
    )
    async with sessions.begin() as session:
        for table, values in tables:
            for first in range(0, len(values), CHUNK):
                await session.execute(insert(table_of(table)), values[first : first + CHUNK])


def _person(number: int) -> dict[str, Any]:
    name = f"Pegawai Uji {number * 7919 % 100003:06}"
    return {"id": f"p{number}", "nip": f"{number:018}", "name": name, "email": None, "employment": "PNS", "grade": None}


def _cycle(cycle: str, phase: str) -> dict[str, Any]:
    return {"id": cycle, "year": 2026, "name": cycle, "phase": phase, "policy": {}, "timetable": None} | {
        "participants": 0,
        "started": 0,
        "starts_at": START,
        "closes_at": None,
        "revision": 3,
    }


def _case(number: int, cycle: str) -> dict[str, Any]:
    step, since = OPEN_STEPS[number % len(OPEN_STEPS)], START + timedelta(minutes=7 * (number % 5000))
    due, superior = since + timedelta(days=14), f"p{number // STAFF * STAFF}"
    holder = f"p{number}" if step in (Step.TARGETS, Step.SELF_ASSESSMENT, Step.ACKNOWLEDGEMENT) else superior
    return {
        "id": f"appraisal/{cycle}/p{number}",
        "cycle_id": cycle,
        "employee_id": f"p{number}",
        "unit_id": f"u{number // STAFF % UNITS}",
        "supervisor_id": superior,
        "step": step,
        "holder_id": "hr" if step is Step.NOMINATION else None if number % 97 == 0 else holder,
        "since": since,
        "opens_at": since,
        "due_at": due,
        "ends_at": due + timedelta(days=14),
        "next_alarm": "remind",
        "next_at": due - timedelta(days=3),
        "returned": 0,
        "escalated": number % 11 == 0,
        "calibrated": False,
        "revision": number % 9,
        "document": {},
        "updated_at": since,
    }


def _closed(number: int) -> dict[str, Any]:
    dates = {"opens_at": None, "due_at": None, "ends_at": None, "next_alarm": None, "next_at": None}
    return _case(number, "before") | {"step": Step.CLOSED, "holder_id": None} | dates


def _passage(number: int, place: int) -> dict[str, Any]:
    return {
        "case_id": f"appraisal/now/p{number}",
        "revision": place + 1,
        "cycle_id": "now",
        "unit_id": f"u{number // STAFF % UNITS}",
        "step": OPEN_STEPS[place],
        "seconds": 3600 * (1 + number * 31 % 400),
        "in_time": number % 5 != 0,
    }
