"""What is on record of a case that has closed, for whoever opens it again."""

from sqlalchemy import delete, select

from adapters.database.columns import table_of
from adapters.database.documents import CALIBRATION, CASE, NOMINATION
from adapters.database.engine import Sessions
from adapters.database.reads import case_rows
from adapters.database.tables import enrolments, process
from appraisal.calibration.calibration import Calibration
from appraisal.reopening import Kept
from appraisal.training.nomination import Nomination
from appraisal.vocabulary import Step

APPRAISAL, EVENT, PROPOSAL = table_of(process.Appraisal), table_of(process.Event), table_of(process.Proposal)
CALIBRATIONS, NOMINATIONS = table_of(process.Calibration), table_of(process.Nomination)
ENROLMENT = table_of(enrolments.Enrolment)


class SqlArchive:
    """Implements activities.reopening_ports.Archive."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def revision_of(self, subject: str, command_id: str) -> int | None:
        async with self._sessions() as session:
            return await case_rows.revision_of(session, subject, command_id)

    async def case(self, case_id: str) -> Kept | None:
        events = select(EVENT.c.command_id, EVENT.c.changes).where(EVENT.c.subject == case_id)
        async with self._sessions() as session:
            document = await session.scalar(select(APPRAISAL.c.document).where(APPRAISAL.c.id == case_id))
            rows = (await session.execute(events.order_by(EVENT.c.revision))).all()
        if document is None:
            return None
        steps = [Step(was) for _, changes in rows for name, was, now in changes if (name, now) == ("step", Step.CLOSED)]
        case = CASE.validate_python(document)
        return Kept(case, steps[-1] if steps else case.step, tuple(row.command_id for row in rows))

    async def given(self, subject: str) -> tuple[str, ...]:
        query = select(EVENT.c.command_id).where(EVENT.c.subject == subject).order_by(EVENT.c.revision)
        async with self._sessions() as session:
            return tuple(await session.scalars(query))

    async def groups(self, cycle: str, unit: str) -> tuple[Calibration | Nomination, ...]:
        of_unit = (CALIBRATIONS.c.cycle_id == cycle, CALIBRATIONS.c.unit_id == unit)
        async with self._sessions() as session:
            calibrations = await session.scalars(select(CALIBRATIONS.c.document).where(*of_unit))
            nominations = await session.scalars(select(NOMINATIONS.c.document).where(NOMINATIONS.c.cycle_id == cycle))
            found = tuple(CALIBRATION.validate_python(document) for document in calibrations)
            return (*found, *(NOMINATION.validate_python(document) for document in nominations))

    async def open_seat(self, cycle: str, employee: str) -> str | None:
        theirs = (ENROLMENT.c.cycle_id == cycle, ENROLMENT.c.employee_id == employee, ENROLMENT.c.closed.is_(False))
        async with self._sessions() as session:
            return await session.scalar(
                select(ENROLMENT.c.id).where(*theirs).order_by(ENROLMENT.c.round.desc()).limit(1)
            )

    async def withdraw_proposal(self, cycle: str, employee: str) -> None:
        theirs = (PROPOSAL.c.cycle_id == cycle, PROPOSAL.c.employee_id == employee)
        async with self._sessions.begin() as session:
            await session.execute(delete(PROPOSAL).where(*theirs))
