"""What a calibration's last decision has set going, taken back."""

from sqlalchemy import delete, select

from adapters.database.columns import table_of
from adapters.database.documents import CALIBRATION
from adapters.database.engine import Sessions
from adapters.database.reads.undoing import APPRAISAL, PROPOSAL, standing
from adapters.database.tables import process
from appraisal.calibration.calibration import Calibration
from appraisal.calibration.undoing import Standing
from appraisal.vocabulary import Step

TABLE = table_of(process.Calibration)


class SqlUndos:
    """Implements activities.undoing.Undos."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def stored(self, calibration: str) -> Calibration:
        async with self._sessions.begin() as session:
            document = (await session.execute(select(TABLE.c.document).where(TABLE.c.id == calibration))).scalar_one()
        return CALIBRATION.validate_python(document)

    async def standing(self, calibration: str) -> tuple[Standing, ...]:
        state = await self.stored(calibration)
        async with self._sessions.begin() as session:
            return await standing(session, state)

    async def withdraw(self, calibration: str) -> None:
        state = await self.stored(calibration)
        members = state.undoing.members if state.undoing else ()
        still_there = select(APPRAISAL.c.employee_id).where(
            APPRAISAL.c.cycle_id == state.cycle, APPRAISAL.c.step == Step.NOMINATION
        )
        theirs = (PROPOSAL.c.cycle_id == state.cycle, PROPOSAL.c.employee_id.in_(members))
        async with self._sessions.begin() as session:
            await session.execute(delete(PROPOSAL).where(*theirs, PROPOSAL.c.employee_id.not_in(still_there)))
