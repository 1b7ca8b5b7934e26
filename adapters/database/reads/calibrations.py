"""The members of a unit's calibration, and its decisions as stored."""

from collections import Counter
from collections.abc import Collection

from sqlalchemy import select

from adapters.database.columns import table_of
from adapters.database.documents import CALIBRATION
from adapters.database.engine import Session, Sessions
from adapters.database.reads.presence import presence
from adapters.database.tables import process
from appraisal.calibration.calibration import Decision, Member
from appraisal.group import Presence
from appraisal.vocabulary import Rating, Step, UnitResult

APPRAISAL, TABLE = table_of(process.Appraisal), table_of(process.Calibration)


class SqlCalibrations:
    """Implements activities.ports.Calibrations."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def presence(self, cycle: str, unit: str) -> Presence:
        async with self._sessions() as session:
            return await presence(session, Step.CALIBRATION, cycle, unit)

    async def members(self, cycle: str, unit: str) -> tuple[Member, ...]:
        columns = (APPRAISAL.c.employee_id, APPRAISAL.c.id, APPRAISAL.c.results_rating, APPRAISAL.c.behaviour_rating)
        waiting = select(*columns).where(
            APPRAISAL.c.cycle_id == cycle,
            APPRAISAL.c.unit_id == unit,
            APPRAISAL.c.step == Step.CALIBRATION,
            APPRAISAL.c.held.is_(False),
        )
        async with self._sessions() as session:
            rows = (await session.execute(waiting.order_by(APPRAISAL.c.employee_id))).all()
            led = await led_results(session, cycle, unit, [row.employee_id for row in rows])
        return tuple(
            Member(who, case, Rating(results), Rating(behaviour), led.get(who))
            for who, case, results, behaviour in rows
        )

    async def decision(self, calibration: str) -> Decision:
        async with self._sessions() as session:
            document = (await session.execute(select(TABLE.c.document).where(TABLE.c.id == calibration))).scalar_one()
        decision = CALIBRATION.validate_python(document).decision
        assert decision is not None, "members are moved only after a stored decision"
        return decision


async def led_results(session: Session, cycle: str, unit: str, people: Collection[str]) -> dict[str, UnitResult]:
    """The result of the unit that each of these members leads; nobody who leads none, only acts, or leads several.

    The rating of an acting head (Plt, Plh) is free: no source says that the unit's result is also his.
    """
    columns = (TABLE.c.head_id, TABLE.c.unit_result, TABLE.c.document)
    query = select(*columns).where(TABLE.c.cycle_id == cycle, TABLE.c.unit_id != unit, TABLE.c.head_id.in_(people))
    rows = [row for row in await session.execute(query) if not row.document.get("represents")]
    leads = Counter(row.head_id for row in rows)
    return {row.head_id: UnitResult(row.unit_result) for row in rows if row.unit_result and leads[row.head_id] == 1}
