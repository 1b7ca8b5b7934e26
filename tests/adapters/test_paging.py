"""Lists by pages: nothing twice, nothing left out, whatever the page's length, also where many rows are due at one instant."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from adapters.database.engine import Sessions
from adapters.database.reads import case_rows, directory
from adapters.database.writes.records import SqlRecords
from appraisal.case_events import opened
from appraisal.parties import Parties
from tests import agency, builders

PEOPLE = ("ani", "budi", "citra", "dewi", "eko", "fajar", "gita")
JAKARTA = timezone(timedelta(hours=7))


@pytest.fixture
async def filled(sessions: Sessions) -> Sessions:
    """Seven cases that all wait for ani; four of them are due at the same instant."""
    await agency.build(sessions)
    for number, who in enumerate(PEOPLE):
        start = builders.START + timedelta(days=max(0, number - 3))
        parties = Parties("ani", "dinkes", ("budi",), "dewi")
        await SqlRecords(sessions).store_case(
            opened(f"appraisal/{who}/x", who, parties, builders.timetable(start), start)
        )
    return sessions


@pytest.mark.parametrize("size", [1, 2, 3, 7, 50])
@pytest.mark.parametrize("zone", [UTC, JAKARTA])
async def test_work_by_pages(filled: Sessions, size: int, zone: timezone) -> None:
    """The key of the last row may come back in another zone than the record's."""
    async with filled() as session:
        whole = [row.id for row in await case_rows.waiting_for(session, ("ani",))]
        found: list[str] = []
        after: case_rows.After | None = None
        while page := await case_rows.waiting_for(session, ("ani",), after, size):
            found += [row.id for row in page]
            last = page[-1].due_at
            assert isinstance(last, datetime)
            after = case_rows.After(last.astimezone(zone), page[-1].id)
    assert found == whole
    assert len(whole) == len(PEOPLE)


@pytest.mark.parametrize("size", [1, 3, 50])
async def test_people_by_pages(filled: Sessions, size: int) -> None:
    async with filled() as session:
        found: list[str] = []
        after: tuple[str, str] | None = None
        while page := await directory.people(session, date(2026, 1, 1), "", after, size):
            found += [row.name for row in page]
            after = (page[-1].name, page[-1].id)
    assert found == sorted(name for _, name, *_ in agency.PEOPLE)


async def test_closed_cases_by_pages(filled: Sessions) -> None:
    async with filled() as session:
        assert (
            await case_rows.cases_of_cycle(session, "ani", "closed", after=case_rows.After(builders.START, "x")) == ()
        )
