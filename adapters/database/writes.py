"""The record of the processes: projection, events and notices of one change in one transaction."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from prometheus_client import Counter
from sqlalchemy import select

from adapters.database import chain
from adapters.database.announcing import announce, announce_all
from adapters.database.bulk import bulk_row
from adapters.database.calibrations import calibration_row
from adapters.database.columns import table_of
from adapters.database.documents import CASE, POLICY, TIMETABLE
from adapters.database.documents import CYCLE as WHOLE_CYCLE
from adapters.database.engine import Session, Sessions
from adapters.database.evaluations import keep_evaluation
from adapters.database.heads_words import to_heads
from adapters.database.nominations import nomination_row
from adapters.database.objections import objection_row
from adapters.database.passages import keep_passages
from adapters.database.tables import process
from adapters.database.together import Together
from adapters.database.upsert import upsert, upsert_all
from adapters.database.upstream import nudge_upstream
from appraisal import calibration_rules, nomination_rules
from appraisal.bulk import Bulk
from appraisal.calibration import Calibration
from appraisal.case import Case
from appraisal.cycle import Cycle
from appraisal.evaluation import Evaluation
from appraisal.nomination import Nomination
from appraisal.notices import Notice, notices

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
                await upsert(session, CYCLE, _cycle(cycle), newer="revision")

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


def appraisal_row(case: Case) -> dict[str, Any]:
    window = case.window if case.open else None
    following = case.next_alarm
    return {
        "id": case.id,
        "cycle_id": case.cycle,
        "employee_id": case.parties.employee,
        "unit_id": case.parties.unit,
        "supervisor_id": case.parties.supervisor,
        "superior_id": case.parties.line[1] if len(case.parties.line) > 1 else None,
        "head_id": case.parties.head,
        "step": case.step,
        "holder_id": case.holder,
        "escalated_to": case.escalated_to,
        "preparer_id": case.preparer,
        "acting": [[one.represented, one.by, one.signs] for one in case.parties.acting],
        "since": case.since,
        "opens_at": window.opens if window else None,
        "due_at": window.due if window else None,
        "ends_at": window.end if window else None,
        "next_alarm": following[1] if following else None,
        "next_at": following[0] if following else None,
        "returned": case.returned,
        "escalated": case.escalated,
        "results_rating": case.results,
        "behaviour_rating": case.behaviour,
        "predicate": case.predicate,
        "calibrated": case.calibrated is not None and bool(case.calibrated.reason),
        "outcome": case.outcome,
        "training_id": case.nominated.training if case.nominated else None,
        "handed_to_hr": case.parties.handed_to_hr,
        "handed_to_unit_hr": case.parties.handed_to_unit_hr,
        "taken_by": case.parties.taken_by,
        "held": case.held is not None,
        "held_until": case.held.until if case.held else None,
        "exit": case.exit,
        **objection_row(case),
        "revision": case.revision,
        "document": CASE.dump_python(case.stored(case.revision), mode="json"),
        "updated_at": datetime.now(UTC),
        "earlier": list(case.parties.earlier),
        "waits_upstream": case.waits_upstream,
    }


def _cycle(cycle: Cycle) -> dict[str, Any]:
    launch, table = cycle.launch, cycle.timetable
    return {
        "id": cycle.id,
        "year": launch.year,
        "name": launch.name,
        "phase": cycle.phase,
        "policy": POLICY.dump_python(launch.policy, mode="json"),
        "timetable": TIMETABLE.dump_python(table, mode="json") if table else None,
        "participants": cycle.participants,
        "started": cycle.started,
        "starts_at": launch.starts_at,
        "closes_at": table.closes if table else None,
        "calendar_version": cycle.calendar,
        "unconfirmed_years": list(cycle.unconfirmed),
        "revision": cycle.revision,
        "document": WHOLE_CYCLE.dump_python(cycle.stored(cycle.revision), mode="json"),
    }
