"""What the record holds of courses and boxes that go to SIASN, for a page of them at once."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import String, cast, select

from adapters.database.columns import table_of
from adapters.database.documents import ENROLMENT as WHOLE
from adapters.database.engine import Session
from adapters.database.reads.hours import ENROLMENT, PERSON, TRAINING
from adapters.database.tables import career, siasn
from appraisal.career.career import Kind, Why
from appraisal.siasn.course import Attended
from appraisal.siasn.push import Failure, Matter
from appraisal.siasn.talent import Mapped
from appraisal.training.enrolment import Stage
from appraisal.vocabulary import Predicate

PUSH, DECISION = table_of(siasn.Push), table_of(career.CareerDecision)


async def courses(session: Session, pushes: Sequence[str]) -> dict[str, Attended | Failure]:
    """The seat of each; of somebody who had it twice, the one that was attended. An attendance taken back tells nothing."""
    theirs = (ENROLMENT.c.cycle_id == PUSH.c.cycle_id) & (ENROLMENT.c.employee_id == PUSH.c.person_id)
    joined = PUSH.join(ENROLMENT, theirs & (ENROLMENT.c.training_id == PUSH.c.course_id))
    joined = joined.join(PERSON, PERSON.c.id == PUSH.c.person_id).join(TRAINING, TRAINING.c.id == PUSH.c.course_id)
    columns = (PUSH.c.id, PERSON.c.nip, TRAINING.c.provider, ENROLMENT.c.stage, ENROLMENT.c.document)
    query = select(*columns).select_from(joined).where(PUSH.c.id.in_(pushes), PUSH.c.matter == Matter.COURSE)
    order = (ENROLMENT.c.stage == Stage.ATTENDED, ENROLMENT.c.round)
    return {row.id: _attended(row) for row in await session.execute(query.order_by(*order))}


def _attended(row: Any) -> Attended | Failure:
    if row.stage != Stage.ATTENDED:
        return Failure.NOT_ATTENDED
    seat = WHOLE.validate_python(row.document)
    taught, number = seat.course, seat.certificate.number if seat.certificate else ""
    told = (taught.name, taught.starts_on, taught.ends_on, seat.hours, taught.year, taught.place, row.provider)
    return Attended(row.nip, *told, number)


async def boxes(session: Session, pushes: Sequence[str]) -> dict[str, Mapped]:
    """The box of each as it was decided last, and what the committee saw of performance and potential."""
    of_year = (DECISION.c.kind == Kind.BOX) & (DECISION.c.about == cast(PUSH.c.year, String))
    joined = PUSH.join(DECISION, of_year & (DECISION.c.person_id == PUSH.c.person_id))
    joined = joined.join(PERSON, PERSON.c.id == PUSH.c.person_id)
    columns = (PUSH.c.id, PUSH.c.year, PERSON.c.nip, DECISION.c.value, DECISION.c.grounds)
    query = select(*columns).select_from(joined).where(PUSH.c.id.in_(pushes), PUSH.c.matter == Matter.TALENT)
    return {row.id: _mapped(row) for row in await session.execute(query.order_by(DECISION.c.number))}


def _mapped(row: Any) -> Mapped:
    seen = {why: dict(told) for why, told in row.grounds}
    predicate, score = seen[Why.PERFORMANCE]["predicate"], seen[Why.POTENTIAL]["score"]
    return Mapped(row.nip, row.year, int(row.value), Predicate(predicate), Decimal(score))
