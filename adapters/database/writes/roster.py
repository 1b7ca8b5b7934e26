"""Imports: preview, apply, end. Each call is one transaction; repeated, it changes nothing."""

from asyncio import to_thread
from dataclasses import replace
from typing import Any

from sqlalchemy import delete, select, text, update

from adapters.database.chain import append
from adapters.database.columns import table_of
from adapters.database.engine import Session, Sessions
from adapters.database.tables.desk import Upload
from adapters.database.tables.process import RosterImport
from adapters.database.upsert import upsert
from adapters.database.writes.departures import note
from adapters.database.writes.roster_assessments import examine_assessments
from adapters.database.writes.roster_attendance import examine_attendance
from adapters.database.writes.roster_calendar import examine_holidays, examine_schedules
from adapters.database.writes.roster_catalogue import (
    known_indicators,
    known_trainings,
    unit_keys,
    write_indicators,
    write_trainings,
)
from adapters.database.writes.roster_examined import Examined
from adapters.database.writes.roster_known import load_known
from adapters.database.writes.roster_people import write_plan
from adapters.files import read_sheet
from appraisal.errors import UnreadableFile
from appraisal.roster.catalogue import (
    completed,
    completed_trainings,
    read_indicators,
    read_trainings,
    training_doubts,
)
from appraisal.roster.codes import ProblemCode
from appraisal.roster.difference import indicator_differences, plan, roster_differences, training_differences
from appraisal.roster.importing import Findings, Import, ImportOrder, Outcome, Phase
from appraisal.roster.people import read_people
from appraisal.roster.roster import ImportKind, Problem, Severity, Sheet, in_order

UPLOAD, IMPORT = table_of(Upload), table_of(RosterImport)
Document = list[dict[str, Any]]


class SqlRosters:
    """Implements activities.ports.Rosters."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def preview(self, state: Import) -> Findings:
        """Read the upload, compare it, and keep the preview."""
        assert state.event is not None, "a preview is an event"
        async with self._sessions.begin() as session:
            examined, filename = await _examine(session, state.order)
            problems, differences = _documents(examined)
            row = {
                "id": state.order.batch,
                "kind": state.order.kind,
                "filename": filename,
                "effective_on": state.order.effective_on,
                "uploaded_by": state.order.uploaded_by,
                "phase": Phase.PREVIEWED,
                "problems": problems,
                "differences": differences,
                "revision": state.revision,
                "created_at": state.event.at,
            }
            if await append(session, _subject(state.order), (state.event,)):
                await upsert(session, IMPORT, row)
            return findings(problems, differences)

    async def apply(self, state: Import) -> Outcome:
        """Apply what was previewed. If the record has changed in between, keep a new preview instead."""
        assert state.event is not None, "a decision is an event"
        async with self._sessions.begin() as session:
            await _one_at_a_time(session)
            stored = (await session.execute(select(IMPORT).where(IMPORT.c.id == state.order.batch))).one()
            if stored.revision >= state.revision:
                done = stored.phase == Phase.APPLIED
                return Outcome(done, findings(stored.problems, stored.differences))
            examined, _ = await _examine(session, state.order)
            problems, differences = _documents(examined)
            now = findings(problems, differences)
            as_seen = now.errors == 0 and differences == stored.differences
            if as_seen:
                await examined.write(state)
                await _keep(session, state, phase=Phase.APPLIED)
                await session.execute(delete(UPLOAD).where(UPLOAD.c.id == state.order.batch))
            else:
                again = replace(state.event, kind="previewed", actor="import", changes=())
                renewed = {"problems": problems, "differences": differences, "phase": Phase.PREVIEWED}
                await _keep(session, replace(state, event=again), **renewed)
            return Outcome(as_seen, now)

    async def close(self, state: Import) -> None:
        """Record that the import was discarded or lapsed, and delete the upload."""
        async with self._sessions.begin() as session:
            await _keep(session, state, phase=state.phase)
            await session.execute(delete(UPLOAD).where(UPLOAD.c.id == state.order.batch))


def findings(problems: Document, differences: Document) -> Findings:
    """A stored preview in numbers."""
    errors = sum(problem["severity"] == Severity.ERROR for problem in problems)
    bereft = sum(problem["code"] == ProblemCode.SUPERIOR_NOT_IN_FILE for problem in problems)
    missing = sum(difference["kind"] == "person_left" for difference in differences)
    return Findings(errors, len(problems) - errors, len(differences) - missing, missing, bereft)


async def _examine(session: Session, order: ImportOrder) -> tuple[Examined, str]:
    upload = (await session.execute(select(UPLOAD).where(UPLOAD.c.id == order.batch))).first()
    try:
        if upload is None:
            raise UnreadableFile("The uploaded file is no longer there.", "file", "Upload it again.")
        sheet = await to_thread(read_sheet, upload.content)
    except UnreadableFile as unreadable:
        args = {"what": unreadable.what, "remedy": unreadable.remedy}
        problem = Problem(0, "", ProblemCode.UNREADABLE, args)
        return Examined((problem,), (), _write_nothing), upload.filename if upload else ""
    readers = {
        ImportKind.PEOPLE: _examine_people,
        ImportKind.INDICATORS: _examine_indicators,
        ImportKind.TRAININGS: _examine_trainings,
        ImportKind.HOLIDAYS: examine_holidays,
        ImportKind.SCHEDULES: examine_schedules,
        ImportKind.ASSESSMENTS: examine_assessments,
        ImportKind.ATTENDANCE: examine_attendance,
    }
    return await readers[order.kind](session, order, sheet), upload.filename


async def _examine_people(session: Session, order: ImportOrder, sheet: Sheet) -> Examined:
    known = await load_known(session, order.effective_on)
    roster, problems = await to_thread(read_people, sheet, known.roster)

    async def write(state: Import) -> None:
        found = plan(roster, known.roster)
        await write_plan(session, found, known, order.effective_on, state.ends_missing)
        gone = state.departures(tuple(known.people[person.nip] for person in found.left))
        if gone is not None and state.event is not None:
            await note(session, gone, state.event.at)

    return Examined(problems, roster_differences(roster, known.roster), write)


async def _examine_indicators(session: Session, order: ImportOrder, sheet: Sheet) -> Examined:
    units = await unit_keys(session)
    read, problems = read_indicators(sheet, units.keys())
    known, keys = await known_indicators(session)
    entries = completed(read, known)

    async def write(_: Import) -> None:
        await write_indicators(session, entries, keys, units)

    return Examined(problems, indicator_differences(entries, known), write)


async def _examine_trainings(session: Session, order: ImportOrder, sheet: Sheet) -> Examined:
    read, problems = read_trainings(sheet)
    known, keys, taken = await known_trainings(session)
    entries = completed_trainings(read, known)
    problems = in_order((*problems, *training_doubts(entries, known, taken, order.effective_on)))

    async def write(_: Import) -> None:
        await write_trainings(session, entries, keys)

    return Examined(problems, training_differences(entries, known), write)


async def _write_nothing(_: Import) -> None:
    """What an unreadable file writes."""


async def _keep(session: Session, state: Import, **values: Any) -> None:
    assert state.event is not None, "what is kept is an event"
    if await append(session, _subject(state.order), (state.event,)):
        changed = update(IMPORT).where(IMPORT.c.id == state.order.batch)
        await session.execute(changed.values(revision=state.revision, **values))


async def _one_at_a_time(session: Session) -> None:
    """Two imports must not compare with the same record and then both write. SQLite's write lock does it already."""
    if session.dialect.name == "postgresql":
        tables = "assignment, indicator, training, calendar_day, unit_schedule, assessment, attendance_note"
        await session.execute(text(f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE"))


def _subject(order: ImportOrder) -> str:
    return f"import/{order.batch}"


def _documents(examined: Examined) -> tuple[Document, Document]:
    """Problems and differences as they are stored. While there are errors a difference would only mislead."""
    problems = [
        {
            "row": problem.row,
            "column": problem.column,
            "code": str(problem.code),
            "severity": str(problem.severity),
            "args": dict(problem.args),
            "what": problem.what,
            "remedy": problem.remedy,
        }
        for problem in examined.problems
    ]
    if any(problem.severity is Severity.ERROR for problem in examined.problems):
        return problems, []
    return problems, [
        {
            "kind": difference.kind,
            "row": difference.row,
            "label": difference.label,
            "detail": difference.detail,
            "changes": [list(change) for change in difference.changes],
        }
        for difference in examined.differences
    ]
