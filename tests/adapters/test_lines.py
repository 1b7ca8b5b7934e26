"""Reporting lines and pools as of a day, one by one and all at once."""

from datetime import date

from sqlalchemy import insert

from adapters.database.columns import table_of
from adapters.database.engine import Sessions
from adapters.database.reads.lines import reporting_line, reporting_lines
from adapters.database.tables.organisation import Assignment
from appraisal.people.organisation import Line, Organisation, Post
from appraisal.vocabulary import AssignmentKind
from tests.adapters.roster_drive import DAY, bring, rows
from tests.roster_files import BUPATI, HEAD, NURSE, OFFICER, SEKDA, people, row, sample

LATER = date(2026, 5, 1)
CLERK = "198001012005011002"


async def line(sessions: Sessions, nip: str, on: date = DAY) -> tuple[tuple[str, ...], str, str, str | None] | None:
    """A line in NIPs and unit codes. Asked one by one and in bulk, which must agree."""
    nips = {str(key): str(value) for key, value in await rows(sessions, "SELECT id, nip FROM person")}
    codes = {str(key): str(value) for key, value in await rows(sessions, "SELECT id, code FROM unit")}
    person = next(key for key, value in nips.items() if value == nip)
    async with sessions.begin() as session:
        found = await reporting_line(session, person, on)
        assert (await reporting_lines(session, on)).get(person) == found
        assert (await reporting_lines(session, on, [person])).get(person) == found
    if found is None:
        return None
    superiors = tuple(nips[superior] for superior in found.superiors)
    return superiors, codes[found.unit_id], codes[found.pool_unit_id], nips[found.head_id] if found.head_id else None


async def act_as_head(sessions: Sessions, who: str, kind: AssignmentKind, since: date) -> None:
    """Let a person act in the position of the head of D."""
    ((person,),) = await rows(sessions, f"SELECT id FROM person WHERE nip = '{who}'")
    ((position,),) = await rows(sessions, "SELECT id FROM position WHERE title = 'Kepala Dinas'")
    values = {
        "id": f"acting-{kind[:3]}",
        "person_id": person,
        "position_id": position,
        "kind": kind,
        "valid_from": since,
    }
    async with sessions.begin() as session:
        await session.execute(insert(table_of(Assignment)), [values])


async def test_staff_are_calibrated_in_the_agency_and_its_head_and_the_staff_of_the_top_in_the_root(
    sessions: Sessions,
) -> None:
    sub_unit = row(CLERK, "Sri Utami", "D.1", "D", HEAD, jenisJabatan="Struktural", jabatanNama="Kabid")
    await bring(sessions, "one", [*people(), sub_unit])
    assert await line(sessions, OFFICER) == ((HEAD, BUPATI), "D", "D", HEAD)
    assert await line(sessions, CLERK) == ((HEAD, BUPATI), "D.1", "D", HEAD)
    assert await line(sessions, HEAD) == ((BUPATI,), "D", "R", BUPATI)
    assert await line(sessions, SEKDA) == ((BUPATI,), "S", "R", BUPATI)
    assert await line(sessions, BUPATI) == ((), "R", "R", None)


async def test_who_holds_no_position_on_the_day_has_no_line(sessions: Sessions) -> None:
    await bring(sessions, "one", people())
    assert await line(sessions, OFFICER, date(2025, 12, 31)) is None


async def test_an_acting_head_acts_while_there_is_no_definitive_one(sessions: Sessions) -> None:
    await bring(sessions, "one", people())
    await act_as_head(sessions, SEKDA, AssignmentKind.PLT, DAY)
    assert await line(sessions, OFFICER) == ((HEAD, BUPATI), "D", "D", HEAD)
    await bring(sessions, "two", [*people()[:3], *_without_superior()], LATER, ends_missing=False)
    await _retire_head(sessions)
    assert await line(sessions, NURSE, LATER) == ((SEKDA, BUPATI), "D", "D", SEKDA)


async def test_plt_comes_before_plh_and_nobody_calibrates_himself(sessions: Sessions) -> None:
    await bring(sessions, "one", people())
    await _retire_head(sessions)
    await act_as_head(sessions, SEKDA, AssignmentKind.PLH, LATER)
    await act_as_head(sessions, OFFICER, AssignmentKind.PLT, LATER)
    assert await line(sessions, NURSE, LATER) == ((OFFICER, BUPATI), "D", "D", OFFICER)
    assert await line(sessions, OFFICER, LATER) == ((BUPATI,), "D", "R", BUPATI)


async def test_a_pool_without_a_head_falls_to_the_next_head_above(sessions: Sessions) -> None:
    await bring(sessions, "one", people())
    await _retire_head(sessions)
    assert await line(sessions, OFFICER, LATER) == ((BUPATI,), "D", "D", BUPATI)


async def test_everybody_of_the_sample_but_the_bupati_has_a_supervisor_a_pool_and_a_head(sessions: Sessions) -> None:
    await bring(sessions, "one", sample("people"))
    async with sessions.begin() as session:
        lines = await reporting_lines(session, DAY)
    assert len([person for person, found in lines.items() if not found.superiors]) == 1
    assert all(found.head_id not in (None, person) for person, found in lines.items() if found.superiors)
    assert len({found.pool_unit_id for found in lines.values()}) == 14


def test_a_record_that_goes_in_circles_still_gives_an_answer() -> None:
    organisation = Organisation({"u": "v", "v": "u"}, {}, {"a": Post("u", "b"), "b": Post("u", "a")})
    assert organisation.line("a") == Line(("b",), "u", "u", "b")


async def _retire_head(sessions: Sessions) -> None:
    ((person,),) = await rows(sessions, f"SELECT id FROM person WHERE nip = '{HEAD}'")
    table = table_of(Assignment)
    async with sessions.begin() as session:
        await session.execute(table.update().where(table.c.person_id == person).values(valid_to=LATER))


def _without_superior() -> list[list[str]]:
    """The staff of D, still naming the head who has left."""
    return people()[3:]
