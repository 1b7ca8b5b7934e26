"""What seats have refused of an applied file of attendance."""

from sqlalchemy import select

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.reads.hours import ENROLMENT, PERSON, TRAINING
from adapters.database.tables import enrolments

NOTE = table_of(enrolments.AttendanceNote)


async def refusals(session: Session, batch: str) -> tuple[tuple[str, str, str], ...]:
    """The seats that have refused what an applied file says: whose, in which course, and the code of the refusal."""
    query = select(PERSON.c.name, TRAINING.c.name.label("course"), NOTE.c.refusal).select_from(NOTE)
    query = query.join(ENROLMENT, ENROLMENT.c.id == NOTE.c.seat_id).join(PERSON, PERSON.c.id == ENROLMENT.c.employee_id)
    query = query.join(TRAINING, TRAINING.c.id == ENROLMENT.c.training_id)
    query = query.where(NOTE.c.import_id == batch, NOTE.c.refusal.is_not(None)).order_by(NOTE.c.place)
    return tuple((row.name, row.course, row.refusal) for row in await session.execute(query))
