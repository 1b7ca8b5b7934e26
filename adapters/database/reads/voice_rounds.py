"""Other voices as people read them: who is asked, by whom it is still owed, and what all have said together."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from adapters.database.columns import table_of
from adapters.database.documents import OPENING, TALLY
from adapters.database.engine import Session
from adapters.database.tables import organisation, voices
from appraisal.voices.policy import Kind
from appraisal.voices.told import Tally
from appraisal.voices.voices import Opening, Standing, Voice

ROUND, INVITATION = table_of(voices.VoiceRound), table_of(voices.VoiceInvitation)
TALLIES, PERSON = table_of(voices.VoiceTally), table_of(organisation.Person)


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A round as last stored. `voices` are in an order that tells nothing."""

    id: str
    closed: bool
    opening: Opening
    revision: int
    voices: tuple[Voice, ...]


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """An answer that somebody still owes."""

    cycle_id: str
    employee_id: str
    employee: str
    kind: Kind
    due_at: datetime
    ends_at: datetime


async def round_of(session: Session, round_id: str) -> RoundRow | None:
    """The round with this id, if anybody has been named."""
    row = (await session.execute(select(ROUND).where(ROUND.c.id == round_id))).mappings().first()
    if row is None:
        return None
    query = select(INVITATION).where(INVITATION.c.round_id == round_id).order_by(INVITATION.c.person_id)
    asked = await session.execute(query)
    found = tuple(Voice(one.person_id, Kind(one.kind), Standing(one.standing)) for one in asked)
    return RoundRow(round_id, row["closed"], OPENING.validate_python(row["document"]), row["revision"], found)


async def tally_of(session: Session, round_id: str, kind: Kind) -> Tally:
    """What all of this kind have answered."""
    query = select(TALLIES.c.document).where(TALLIES.c.round_id == round_id, TALLIES.c.kind == kind)
    document = await session.scalar(query)
    return TALLY.validate_python(document) if document else Tally()


async def owed_by(session: Session, person: str, now: datetime, limit: int = 50) -> tuple[InvitationRow, ...]:
    """Whom this person is asked about and has neither answered nor declined, the first due first."""
    whose = (ROUND.c.cycle_id, ROUND.c.employee_id, PERSON.c.name)
    query = (
        select(*whose, INVITATION.c.kind, ROUND.c.due_at, ROUND.c.ends_at)
        .select_from(INVITATION)
        .join(ROUND, ROUND.c.id == INVITATION.c.round_id)
    )
    query = query.join(PERSON, PERSON.c.id == ROUND.c.employee_id)
    query = query.where(INVITATION.c.person_id == person, INVITATION.c.standing == Standing.INVITED)
    query = query.where(ROUND.c.closed.is_(False), ROUND.c.ends_at > now)
    found = await session.execute(query.order_by(ROUND.c.due_at, ROUND.c.id).limit(limit))
    return tuple(InvitationRow(*row[:3], Kind(row[3]), *row[4:]) for row in found)
