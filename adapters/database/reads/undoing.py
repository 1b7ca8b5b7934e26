"""Where the members of a calibration's last decision stand, for whoever takes it back."""

from sqlalchemy import select

from adapters.database.columns import table_of
from adapters.database.documents import CASE
from adapters.database.engine import Session
from adapters.database.tables import process
from appraisal.calibration.calibration import Calibration
from appraisal.calibration.undoing import Standing

APPRAISAL, PROPOSAL = table_of(process.Appraisal), table_of(process.Proposal)


async def standing(session: Session, calibration: Calibration) -> tuple[Standing, ...]:
    """Where each member of the last decision stands; none where there is no decision."""
    if calibration.decision is None:
        return ()
    people = [rated.member.employee for rated in calibration.decision.ratings]
    case = (PROPOSAL.c.cycle_id == APPRAISAL.c.cycle_id) & (PROPOSAL.c.employee_id == APPRAISAL.c.employee_id)
    query = select(APPRAISAL.c.employee_id, APPRAISAL.c.document, PROPOSAL.c.decision)
    query = query.join_from(APPRAISAL, PROPOSAL, case, isouter=True)
    query = query.where(APPRAISAL.c.cycle_id == calibration.cycle, APPRAISAL.c.employee_id.in_(people))
    rows = await session.execute(query.order_by(APPRAISAL.c.employee_id))
    return tuple(_standing(who, document, decision) for who, document, decision in rows)


def _standing(employee: str, document: object, decision: str | None) -> Standing:
    case = CASE.validate_python(document)
    gone_on = (decision is not None, case.objection is not None)
    return Standing(employee, case.step, case.calibrated is not None, *gone_on)
