"""The record of the processes: projection, events and notices of one change in one transaction."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from prometheus_client import Counter
from sqlalchemy import select

from adapters.database import chain
from adapters.database.announcing import announce, announce_all
from adapters.database.columns import table_of
from adapters.database.engine import Session, Sessions
from adapters.database.tables import process
from adapters.database.upsert import upsert, upsert_all
from adapters.database.writes.evaluations import keep_evaluation
from adapters.database.writes.heads_words import to_heads
from adapters.database.writes.nominations import nomination_row
from adapters.database.writes.passages import keep_passages
from adapters.database.writes.rows import appraisal_row, bulk_row, calibration_row, cycle_row
from adapters.database.writes.together import Together
from adapters.database.writes.upstream import nudge_upstream
from appraisal.bulk import Bulk
from appraisal.calibration import rules as calibration_rules
from appraisal.calibration.calibration import Calibration
from appraisal.case import Case
from appraisal.cycle import Cycle
from appraisal.notices import Notice, notices
from appraisal.periods.evaluation import Evaluation
from appraisal.training import nomination_rules
from appraisal.training.nomination import Nomination

CALIBRATION, NOMINATION = table_of(process.Calibration), table_of(process.Nomination)
APPRAISAL, BULK = table_of(process.Appraisal), table_of(process.Bulk)
CYCLE = table_of(process.Cycle)
SAVED = Counter("jenjang_cases_saved_total", "Changes of cases that were put on record by this process")


class SqlRecords:
    """Implements activities.ports.Records. Storing the same state twice leaves one trace."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions
        self._cases = Together(self._store_cases)

    async def store_case(self, case: Case) -> None:
        await self._cases(case)

    async def _store_cases(self, cases: Sequence[Case]) -> None:
        async with self._sessions.begin() as session:
            fresh = await keep_cases(session, cases)
            await announce_all(session, _news(fresh))
            for case in fresh:
                await nudge_upstream(session, case)
        SAVED.inc(len(fresh))

    async def store_new_cases(self, cases: Sequence[Case]) -> tuple[str, ...]:
        async with self._sessions.begin() as session:
            await chain.begin(session, [(case.id, event) for case in cases for event in case.events])
            await upsert_all(session, APPRAISAL, [appraisal_row(case) for case in cases], newer="revision")
            await announce_all(session, _news(cases))
            known = select(APPRAISAL.c.id, APPRAISAL.c.revision).where(APPRAISAL.c.id.in_([case.id for case in cases]))
            on_record = {row.id: row.revision for row in await session.execute(known)}
        SAVED.inc(len(cases))
        return tuple(case.id for case in cases if on_record[case.id] > case.revision)

    async def store_cycle(self, cycle: Cycle) -> None:
        async with self._sessions.begin() as session:
            if await chain.append(session, f"cycle/{cycle.id}", cycle.events):
                await upsert(session, CYCLE, cycle_row(cycle), newer="revision")

    async def store_calibration(self, calibration: Calibration) -> None:
        found = calibration_rules.notices(calibration)
        async with self._sessions.begin() as session:
            if await chain.append(session, calibration.id, calibration.events):
                await upsert(session, CALIBRATION, calibration_row(calibration), newer="revision")
                await announce(session, calibration.id, found, calibration.events[-1].at)

    async def store_nomination(self, nomination: Nomination) -> None:
        found = nomination_rules.notices(nomination)
        async with self._sessions.begin() as session:
            if await chain.append(session, nomination.id, nomination.events):
                await upsert(session, NOMINATION, nomination_row(nomination), newer="revision")
                told = await to_heads(session, nomination.cycle, found)
                await announce(session, nomination.id, told, nomination.events[-1].at)

    async def store_bulk(self, bulk: Bulk) -> None:
        async with self._sessions.begin() as session:
            if await chain.append(session, bulk.id, bulk.events):
                await upsert(session, BULK, bulk_row(bulk), newer="revision")

    async def store_evaluation(self, evaluation: Evaluation) -> None:
        async with self._sessions.begin() as session:
            await keep_evaluation(session, evaluation)


def _news(cases: Sequence[Case]) -> Iterator[tuple[str, tuple[Notice, ...], datetime]]:
    return ((case.id, notices(case), case.events[-1].at) for case in cases)


async def keep_cases(session: Session, cases: Sequence[Case]) -> tuple[Case, ...]:
    """Add what these cases have not on record yet, and bring their rows up to date; those that had something to add."""
    changed = await chain.append_all(session, [(case.id, case.events) for case in cases])
    fresh = tuple(case for case in cases if case.id in changed)
    await keep_passages(session, fresh)
    await upsert_all(session, APPRAISAL, [appraisal_row(case) for case in fresh], newer="revision")
    return fresh
