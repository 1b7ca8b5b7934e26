"""Imports against a real database."""

from datetime import date
from typing import Any

from sqlalchemy import Row, select

from adapters.database.columns import table_of
from adapters.database.engine import Sessions
from adapters.database.tables.desk import Upload
from adapters.database.tables.process import Event, RosterImport
from adapters.database.writes.roster import SqlRosters
from appraisal.people.departure import OwnCases
from appraisal.roster.importing import Decision, Findings, Missing
from appraisal.roster.roster import ImportKind
from tests.adapters.roster_drive import HR, NOW, apply, bring, everything, preview, rows
from tests.roster_files import BUPATI, HEAD, OFFICER, SEKDA, people, row, sample, with_cell

LATER = date(2026, 5, 1)
PERIODS = """
SELECT person.name, position.title, superior.name, assignment.valid_from, assignment.valid_to FROM assignment
JOIN person ON person.id = assignment.person_id JOIN position ON position.id = assignment.position_id
LEFT JOIN person AS superior ON superior.id = assignment.supervisor_id
WHERE person.nip = '{}' ORDER BY assignment.valid_from
"""


async def kept(sessions: Sessions, batch: str) -> Row[Any]:
    """An import as it is on record."""
    imports = table_of(RosterImport)
    async with sessions() as session:
        return (await session.execute(select(imports).where(imports.c.id == batch))).one()


async def differences(sessions: Sessions, batch: str) -> list[tuple[str, int, str, list[list[str]]]]:
    """What the preview shows, briefly."""
    stored = await kept(sessions, batch)
    return [(item["kind"], item["row"], item["label"], item["changes"]) for item in stored.differences]


async def periods(sessions: Sessions, nip: str) -> list[tuple[object, ...]]:
    return [
        (*found[:3], str(found[3]), found[4] and str(found[4])) for found in await rows(sessions, PERIODS.format(nip))
    ]


async def test_the_sample_regency_is_imported_whole_and_a_second_time_changes_nothing(sessions: Sessions) -> None:
    for batch, name, kind in (
        ("one", "people", ImportKind.PEOPLE),
        ("two", "indicators", ImportKind.INDICATORS),
        ("three", "trainings", ImportKind.TRAININGS),
    ):
        content = sample(name)
        first = await preview(sessions, batch, content, kind=kind)
        assert (first.findings.errors, first.findings.warnings, first.findings.differences > 30) == (0, 0, True)
        assert (await apply(sessions, first)).applied
        before = await everything(sessions)
        again = await preview(sessions, f"{batch}-again", content, kind=kind)
        assert again.findings == Findings()
        assert (await apply(sessions, again)).applied
        assert await everything(sessions) == before


async def test_a_preview_changes_nothing_and_an_applied_file_leaves_no_upload(sessions: Sessions) -> None:
    state = await preview(sessions, "one", people())
    assert not any((await everything(sessions)).values())
    assert len(await rows(sessions, table_of(Upload))) == 1
    assert (await apply(sessions, state)).applied
    assert await rows(sessions, table_of(Upload)) == []


async def test_a_change_is_shown_first_then_closes_the_old_period_and_opens_the_next(sessions: Sessions) -> None:
    await bring(sessions, "one", people())
    changed = with_cell(with_cell(people(), 5, "jabatanNama", "Analis"), 5, "nipAtasan", SEKDA)
    state = await preview(sessions, "two", with_cell(changed, 5, "golongan", "III/b"), LATER)
    assert await differences(sessions, "two") == [
        ("person_changed", 5, "Budi Darmawan", [["golongan", "III/a", "III/b"]]),
        (
            "person_moved",
            5,
            "Budi Darmawan",
            [["jabatanNama", "Pengelola D", "Analis"], ["nipAtasan", "Mega Lesmana", "Ridwan Oktaviani"]],
        ),
    ]
    await apply(sessions, state)
    assert await periods(sessions, OFFICER) == [
        ("Budi Darmawan", "Pengelola D", "Mega Lesmana", "2026-01-01", "2026-05-01"),
        ("Budi Darmawan", "Analis", "Ridwan Oktaviani", "2026-05-01", None),
    ]


async def test_a_second_import_on_the_same_day_corrects_the_period_in_place(sessions: Sessions) -> None:
    await bring(sessions, "one", people())
    await bring(sessions, "two", with_cell(people(), 5, "jabatanNama", "Analis"), LATER)
    await bring(sessions, "three", with_cell(people(), 5, "jabatanNama", "Arsiparis"), LATER)
    assert [found[1] for found in await periods(sessions, OFFICER)] == ["Pengelola D", "Arsiparis"]


async def test_an_import_for_an_earlier_day_splits_the_period_that_held_it(sessions: Sessions) -> None:
    await bring(sessions, "one", people())
    await bring(sessions, "two", with_cell(people(), 5, "jabatanNama", "Analis"), LATER)
    await bring(sessions, "three", with_cell(people(), 5, "jabatanNama", "Arsiparis"), date(2026, 3, 1))
    assert [(found[1], *found[3:]) for found in await periods(sessions, OFFICER)] == [
        ("Pengelola D", "2026-01-01", "2026-03-01"),
        ("Arsiparis", "2026-03-01", "2026-05-01"),
        ("Analis", "2026-05-01", None),
    ]


async def test_whoever_is_missing_stays_unless_hr_ends_it(sessions: Sessions) -> None:
    await bring(sessions, "one", people())
    fewer = [*people()[:4], people()[5]]
    assert (await preview(sessions, "two", fewer, LATER)).findings == Findings(missing=1)
    assert await differences(sessions, "two") == [("person_left", 0, "Budi Darmawan", [])]
    await bring(sessions, "three", fewer, LATER)
    assert [found[4] for found in await periods(sessions, OFFICER)] == [None]
    await bring(sessions, "four", fewer, LATER, ends_missing=True)
    assert [found[4] for found in await periods(sessions, OFFICER)] == ["2026-05-01"]


async def test_whoever_is_ended_leaves_by_the_order_that_hr_gives_with_the_file(sessions: Sessions) -> None:
    await bring(sessions, "one", people())
    state = await preview(sessions, "two", [*people()[:4], people()[5]], LATER)
    missing = Missing(OwnCases.CLOSE, NOW, "Tidak ada dalam berkas.")
    await SqlRosters(sessions).apply(state.decide(Decision(HR, True, ends_missing=True, missing=missing), NOW, "go"))
    columns = "order_id, name, cause, effective_on, own_cases, reason, ordered_by"
    query = f"SELECT {columns} FROM departure JOIN person ON id = person_id"
    ((order, name, cause, on, *said),) = await rows(sessions, query)
    assert (order, name, cause, str(on)) == ("two", "Budi Darmawan", "left", LATER.isoformat())
    assert said == ["close", "Tidak ada dalam berkas.", HR.id]


async def test_who_returns_keeps_the_key_of_old(sessions: Sessions) -> None:
    await bring(sessions, "one", people())
    key = await rows(sessions, f"SELECT id FROM person WHERE nip = '{OFFICER}'")
    await bring(sessions, "two", [*people()[:4], people()[5]], LATER, ends_missing=True)
    await bring(sessions, "three", people(), date(2026, 9, 1))
    assert await rows(sessions, f"SELECT id FROM person WHERE nip = '{OFFICER}'") == key
    assert [found[3] for found in await periods(sessions, OFFICER)] == ["2026-01-01", "2026-09-01"]


async def test_who_is_ended_on_the_day_of_the_first_import_was_never_there(sessions: Sessions) -> None:
    await bring(sessions, "one", people())
    await bring(sessions, "two", [*people()[:4], people()[5]], ends_missing=True)
    assert await periods(sessions, OFFICER) == []


async def test_units_are_renamed_and_moved_with_their_dates(sessions: Sessions) -> None:
    await bring(sessions, "one", people())
    changed = people()
    for number in (4, 5, 6):
        changed = with_cell(with_cell(changed, number, "unorNama", "Dinas Baru"), number, "unorIndukId", "S")
    await preview(sessions, "two", changed, LATER)
    assert await differences(sessions, "two") == [
        ("unit_renamed", 4, "Dinas Baru", [["unorNama", "Unit D", "Dinas Baru"]]),
        ("unit_moved", 4, "Dinas Baru", [["unorIndukId", "Unit R", "Unit S"]]),
    ]
    await bring(sessions, "three", changed, LATER)
    query = (
        "SELECT name, valid_from, valid_to FROM unit_period JOIN unit ON unit.id = unit_id WHERE code = 'D' ORDER BY 2"
    )
    assert [(name, str(start), end and str(end)) for name, start, end in await rows(sessions, query)] == [
        ("Unit D", "2026-01-01", "2026-05-01"),
        ("Dinas Baru", "2026-05-01", None),
    ]


async def test_applying_the_same_decision_twice_is_harmless(sessions: Sessions) -> None:
    state = await preview(sessions, "one", people())
    first = await apply(sessions, state)
    before = await everything(sessions)
    assert await apply(sessions, state) == first
    assert await everything(sessions) == before
    assert [(kind, revision) for _, revision, _, kind, *_ in await rows(sessions, table_of(Event), "2")] == [
        ("previewed", 0),
        ("applied", 1),
    ]


async def test_a_file_with_errors_shows_them_and_no_difference(sessions: Sessions) -> None:
    state = await preview(sessions, "one", with_cell(people(), 5, "nipAtasan", OFFICER))
    assert state.findings == Findings(errors=1)
    stored = await kept(sessions, "one")
    (problem,) = stored.problems
    assert (problem["row"], problem["column"], problem["code"]) == (5, "nipAtasan", "superior_self")
    assert problem["what"]
    assert problem["remedy"]


async def test_if_the_record_has_changed_since_the_preview_there_is_a_new_preview_and_nothing_is_written(
    sessions: Sessions,
) -> None:
    stale = await preview(sessions, "one", people())
    await bring(sessions, "two", people()[:4])
    before = await everything(sessions)
    outcome = await apply(sessions, stale)
    assert (outcome.applied, outcome.findings.differences) == (False, 2)
    assert await everything(sessions) == before
    assert await apply(sessions, stale) == outcome, "a repeated attempt must not apply what nobody has seen"
    seen = stale.decide(Decision(HR, True), NOW, "decision").found(outcome.findings)
    assert (await SqlRosters(sessions).apply(seen.decide(Decision(HR, True), NOW, "again"))).applied
    assert len((await everything(sessions))["person"]) == 5


async def test_an_unreadable_or_vanished_file_is_a_problem_of_the_preview(sessions: Sessions) -> None:
    state = await preview(sessions, "one", b"\xff\xfe")
    assert state.findings == Findings(errors=1)
    discarded = state.decide(Decision(HR, False), NOW, "no")
    await SqlRosters(sessions).close(discarded)
    await SqlRosters(sessions).close(discarded)
    assert await rows(sessions, table_of(Upload)) == []
    assert (await kept(sessions, "one")).phase == "discarded"
    assert await SqlRosters(sessions).preview(state) == Findings(errors=1)


async def test_a_position_that_becomes_another_kind_is_shown_and_opens_no_period(sessions: Sessions) -> None:
    await bring(sessions, "one", people())
    await bring(sessions, "two", with_cell(people(), 5, "jenisJabatan", "Fungsional"), LATER)
    assert await differences(sessions, "two") == [
        ("person_moved", 5, "Budi Darmawan", [["jenisJabatan", "PELAKSANA", "FUNGSIONAL"]])
    ]
    assert len(await periods(sessions, OFFICER)) == 1
    assert (await preview(sessions, "three", with_cell(people(), 5, "jenisJabatan", "Fungsional"), LATER)).findings == (
        Findings()
    )


async def test_a_new_head_for_a_unit_moves_everybody_who_reports_to_that_head(sessions: Sessions) -> None:
    await bring(sessions, "one", people())
    new = "198001012005011002"
    changed = [list(cells) for cells in people()]
    changed[3] = row(
        new, "Sri Utami", "D", "R", BUPATI, jenisJabatan="Struktural", jabatanNama="Kepala Dinas", eselon="II.b"
    )
    for number in (5, 6):
        changed = with_cell(changed, number, "nipAtasan", new)
    await bring(sessions, "two", changed, LATER, ends_missing=True)
    assert [found[4] for found in await periods(sessions, HEAD)] == ["2026-05-01"]
    assert [found[2] for found in await periods(sessions, OFFICER)] == ["Mega Lesmana", "Sri Utami"]
