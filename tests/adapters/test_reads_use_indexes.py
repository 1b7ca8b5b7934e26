"""The plan of every list query uses an index, so that lists stay as quick with a hundred thousand rows as with a hundred."""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.database import chain
from adapters.database.desk.accounts import SESSION, Accounts
from adapters.database.engine import Session, open_engine, open_sessions
from adapters.database.reads import (
    acting_list,
    board,
    case_rows,
    closing,
    closing_record,
    closing_signature,
    data_requests,
    directory,
    enrolment_rows,
    facts,
    figures,
    group_boards,
    hours,
    joiners,
    measured,
    offices,
    open_cases,
    presence,
    siasn_facts,
    siasn_list,
    socialisation,
    superior_ground,
    superior_reports,
    vitals,
    voice_ground,
    voice_rounds,
)
from adapters.database.writes import deliveries, troubles
from adapters.database.writes.siasn import order_left
from appraisal.siasn.push import Chosen
from appraisal.vocabulary import Step
from tests.adapters.query_plans import plans, scanned

NOW, TODAY = datetime(2026, 3, 1, tzinfo=UTC), date(2026, 3, 1)
LAST = case_rows.After(NOW, "x")
Question = Callable[[Session], Awaitable[Any]]
BOARD = {
    "everything": open_cases.Wanted(),
    "a cycle": open_cases.Wanted(cycle="c1"),
    "a unit": open_cases.Wanted(unit="dinkes"),
    "a step": open_cases.Wanted(step=Step.REVIEW),
    "a step of a cycle": open_cases.Wanted(cycle="c1", step=Step.REVIEW),
    "who is late": open_cases.Wanted(stuck="late"),
    "where the machine fails": open_cases.Wanted(stuck="machine"),
    "where process and record disagree": open_cases.Wanted(stuck="disagree"),
    "what nobody holds": open_cases.Wanted(stuck="nobody"),
    "what is old": open_cases.Wanted(days=7),
    "an officer's unit": open_cases.Wanted(units=("dinkes",)),
    "an officer's units": open_cases.Wanted(units=("dinkes", "p2p")),
    "who is late in an officer's unit": open_cases.Wanted(stuck="late", units=("dinkes",)),
}


def _asked(wanted: open_cases.Wanted) -> Question:
    """One page of the board after another."""
    return lambda s: open_cases.open_cases(s, wanted, NOW, LAST)


LISTS: list[tuple[str, Question]] = [
    ("what waits for me", lambda s: case_rows.waiting_for(s, ("ani",))),
    ("what waits for me, next page", lambda s: case_rows.waiting_for(s, ("ani",), LAST)),
    ("what waits for officers", lambda s: case_rows.waiting_for(s, ("ani", "hr"), LAST)),
    (
        "what waits for officers of a unit",
        lambda s: case_rows.waiting_for(s, ("ani", "hr/dinkes"), LAST, 50, ("dinkes",)),
    ),
    ("cases of an officer's units", lambda s: case_rows.cases_of_cycle(s, "c1", after=LAST, units=("dinkes", "p2p"))),
    ("counts of an officer's units", lambda s: board.by_step(s, "c1", NOW, ("dinkes", "p2p"))),
    ("who is HR officer of which unit", lambda s: offices.officers(s, TODAY)),
    ("cases of a cycle", lambda s: case_rows.cases_of_cycle(s, "c1")),
    ("cases of a cycle, next page", lambda s: case_rows.cases_of_cycle(s, "c1", after=LAST)),
    ("cases at a step", lambda s: case_rows.cases_of_cycle(s, "c1", Step.REVIEW, after=LAST)),
    ("cases of a unit", lambda s: case_rows.cases_of_cycle(s, "c1", unit="dinkes", after=LAST)),
    ("overdue cases", lambda s: case_rows.cases_of_cycle(s, "c1", overdue_at=NOW, after=LAST)),
    ("closed cases", lambda s: case_rows.cases_of_cycle(s, "c1", Step.CLOSED, after=LAST)),
    ("my cases", lambda s: case_rows.cases_of_person(s, "ani")),
    ("one case", lambda s: case_rows.case(s, "appraisal/c1/ani")),
    ("what is on record of these cases", lambda s: s.execute(chain.RECENT, {"subjects": ["a", "b"], "revision": 3})),
    ("a case's record", lambda s: case_rows.events(s, "appraisal/c1/ani")),
    ("my notices", lambda s: case_rows.notices(s, ("ani",))),
    ("officers' notices", lambda s: case_rows.notices(s, ("ani", "hr"))),
    ("notices to be mailed", lambda s: s.execute(deliveries.UNSENT, {"last": NOW})),
    ("deliveries to be tried", lambda s: s.execute(deliveries.WAITING, {"way": "mail", "now": NOW})),
    ("the facts of a case", lambda s: facts.case_facts(s, "c1", "ani")),
    ("superiors", lambda s: facts.superiors(s, "ani", TODAY)),
    ("names of people", lambda s: directory.person_names(s, ("ani", "budi"))),
    ("indicators of a unit", lambda s: directory.indicators(s, "dinkes", 2026)),
    ("a training's name", lambda s: directory.training_name(s, "t1")),
    ("one cycle", lambda s: directory.cycle(s, "c1")),
    ("whose ratings somebody sees anyway", lambda s: measured.acquainted(s, "c1", "dinkes", "ani")),
    ("who has read the rules, by unit", lambda s: socialisation.shares(s, "c1", "annual/1")),
    ("who has not read the rules", lambda s: socialisation.missing(s, "c1", "annual/1")),
    ("questions about the rules", lambda s: socialisation.questions(s, "c1", socialisation.After(NOW, "x"))),
    ("one import", lambda s: directory.roster_import(s, "b1")),
    ("my calibrations", lambda s: directory.calibrations(s, ("dewi",), "")),
    ("calibrations of a cycle", lambda s: directory.calibrations(s, None, "c1")),
    ("a calibration's board", lambda s: group_boards.calibration_board(s, "c1", "dinkes")),
    ("a nomination's board", lambda s: group_boards.nomination_board(s, "c1", (3, "ani"))),
    ("who is at a step", lambda s: presence.presence(s, Step.CALIBRATION, "c1", "dinkes")),
    ("counts by step", lambda s: board.by_step(s, "c1", NOW)),
    ("counts by unit", lambda s: board.by_unit(s, "c1", NOW)),
    ("totals", lambda s: board.totals(s, "c1")),
    ("how open cases will leave", lambda s: closing.still_open(s, "c1", NOW)),
    ("how cases have left", lambda s: closing.left(s, "c1")),
    ("how many have left, and how", lambda s: closing.exits(s, "c1")),
    ("how trainings were given", lambda s: closing_record.trainings(s, "c1")),
    ("predicates by unit", lambda s: closing_record.predicates(s, "c1")),
    ("who has signed", lambda s: closing_signature.signature(s, "c1")),
    *((f"the board, {name}", _asked(wanted)) for name, wanted in BOARD.items()),
    ("the board's other troubles", open_cases.troubles_elsewhere),
    ("what an operator watches", lambda s: vitals.vitals(s, NOW)),
    ("the board's counts", lambda s: open_cases.counts(s, NOW)),
    ("the board's counts of an officer's units", lambda s: open_cases.counts(s, NOW, ("dinkes", "p2p"))),
    ("whether the board has changed", open_cases.fingerprint),
    ("ageing", lambda s: figures.ageing(s, NOW, "")),
    ("ageing of a cycle", lambda s: figures.ageing(s, NOW, "c1")),
    ("pace of a cycle", lambda s: figures.pace(s, figures.PASSAGE.c.unit_id, "c1")),
    ("ageing of an officer's units", lambda s: figures.ageing(s, NOW, "", ("dinkes", "p2p"))),
    ("load of an officer's units", lambda s: figures.load(s, NOW, "", ("dinkes", "p2p"))),
    ("load", lambda s: figures.load(s, NOW, "")),
    ("who acts for whom", lambda s: acting_list.appointments_of(s, NOW)),
    ("who acts for me", lambda s: acting_list.appointments_of(s, NOW, "ani")),
    ("one appointment", lambda s: acting_list.appointment(s, "a1")),
    ("who answers to somebody", lambda s: superior_ground.reports_of(s, "budi", TODAY)),
    ("reports of a wrong superior that wait", superior_reports.open_reports),
    ("what I have reported", lambda s: superior_reports.reports_by(s, "ani")),
    ("one report", lambda s: superior_reports.report(s, "r1")),
    ("whether somebody's report waits", lambda s: superior_reports.open_report_of(s, "ani")),
    ("how many reports wait", lambda s: superior_reports.waiting(s, NOW)),
    ("requests about own data that wait", lambda s: data_requests.open_requests(s, None)),
    ("those of a unit that wait", lambda s: data_requests.open_requests(s, ("dinkes",))),
    ("what I have asked about my data", lambda s: data_requests.requests_of(s, "ani")),
    ("one request about own data", lambda s: data_requests.request(s, "q1")),
    ("how many requests about own data wait", lambda s: data_requests.waiting(s, None, NOW)),
    ("how many of a unit wait", lambda s: data_requests.waiting(s, ("dinkes",), NOW)),
    ("who works beside somebody", lambda s: voice_ground.colleagues(s, "ani", TODAY)),
    ("who is asked about somebody", lambda s: voice_rounds.round_of(s, "voices/c1/ani")),
    ("about whom I am asked", lambda s: voice_rounds.owed_by(s, "ani", NOW)),
    ("what an order for superiors changed", lambda s: superior_ground.changes(s, "o1")),
    ("my trainings", lambda s: enrolment_rows.own(s, "ani")),
    ("trainings of those who answer to me", lambda s: enrolment_rows.of_line(s, "budi", TODAY)),
    ("trainings that wait for me", lambda s: enrolment_rows.waiting(s, "budi", TODAY)),
    ("all seats", lambda s: enrolment_rows.listed(s, "", "", (TODAY, "x"), 50)),
    ("seats of a course", lambda s: enrolment_rows.listed(s, "t1", "invited", (TODAY, "x"), 50)),
    ("what was said of a course", lambda s: enrolment_rows.views(s, "t1")),
    ("nominations without a training", lambda s: enrolment_rows.without_training(s, "ani")),
    ("my hours", lambda s: hours.years_of(s, "ani")),
    ("my ledger of hours", lambda s: hours.ledger_of(s, "ani")),
    ("who has read the rules", lambda s: socialisation.readers(s, "c1", "open/1", ("dinkes", "Ani", "ani"))),
    ("results towards SIASN", lambda s: siasn_list.listed(s, "c1", siasn_list.Wanted("listed"))),
    ("results towards SIASN, next page", lambda s: siasn_list.listed(s, "c1", siasn_list.Wanted(), Chosen("ani"))),
    ("one result towards SIASN", lambda s: siasn_list.one(s, "c1", Chosen("ani"))),
    ("how results stand towards SIASN", lambda s: siasn_list.figures(s, "c1")),
    ("how many results wait by an order", lambda s: siasn_list.of_order(s, "o1")),
    ("what results tell", lambda s: siasn_facts.results_of(s, ("push/2026/ani/0",), ZoneInfo("Asia/Jakarta"))),
    ("which orders to SIASN are not over", troubles.orders_left),
    ("what of an order to SIASN is left", lambda s: order_left(s, "o1")),
    ("who could take part, next page", lambda s: joiners.candidates(s, "c1", TODAY, after=("Ani", "ani"))),
]
OFFICERS: list[tuple[str, Question]] = [
    ("people", lambda s: directory.people(s, TODAY)),
    ("people, next page", lambda s: directory.people(s, TODAY, after=("x", "y"))),
    ("superiors who have left", lambda s: superior_ground.gone_superiors(s, TODAY)),
]


@pytest.fixture
async def engine(migrated_file: Path, tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    shutil.copy(migrated_file, tmp_path / "plans.db")
    made = open_engine(f"sqlite+aiosqlite:///{tmp_path}/plans.db")
    yield made
    await made.dispose()


@pytest.mark.parametrize(("name", "question"), LISTS, ids=[name for name, _ in LISTS])
async def test_a_list_is_found_by_an_index(engine: AsyncEngine, name: str, question: Question) -> None:
    async def ask() -> None:
        async with open_sessions(engine)() as session:
            await question(session)

    lines = await plans(engine, ask)
    assert not scanned(lines), f"{name} reads a whole table: {lines}"


@pytest.mark.parametrize(("name", "question"), OFFICERS, ids=[name for name, _ in OFFICERS])
async def test_the_list_of_people_reads_the_assignments_and_finds_the_rest(
    engine: AsyncEngine, name: str, question: Question
) -> None:
    """SQLite, knowing nothing of how many rows there are, starts from the assignments: one agency's, and only officers ask."""

    async def ask() -> None:
        async with open_sessions(engine)() as session:
            await question(session)

    assert set(scanned(await plans(engine, ask))) <= {"SCAN assignment"}, name


NAMED = dict(LISTS)
PAGED = [
    (name, NAMED[name])
    for name in ("what waits for me", "what waits for me, next page", "cases at a step", "closed cases", "my notices")
]
ORDERED = ("everything", "a cycle", "a unit", "a step", "who is late", "what is old", "an officer's unit")
PAGED += [(name, _asked(BOARD[name])) for name in ORDERED]


@pytest.mark.parametrize(("name", "question"), PAGED, ids=[name for name, _ in PAGED])
async def test_a_page_is_read_in_the_order_of_its_index_and_never_sorted(
    engine: AsyncEngine, name: str, question: Question
) -> None:
    async def ask() -> None:
        async with open_sessions(engine)() as session:
            await question(session)

    assert not [line for line in await plans(engine, ask) if "ORDER BY" in line], name


async def test_who_is_signed_in_is_found_by_an_index(engine: AsyncEngine) -> None:
    lines = await plans(engine, lambda: Accounts(engine).visitor("secret", (SESSION,), NOW, TODAY))
    assert not scanned(lines)
