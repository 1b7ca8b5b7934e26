"""Other voices: whom an employee wants to be asked, whom the superior lets be asked, and what those answer, without names."""

from typing import Annotated

from pydantic import BaseModel, Field

from adapters.database.reads.voice_rounds import InvitationRow
from api import voices
from api.routes.appointments import Name
from api.routes.appraisals import IdempotencyKey, Key
from api.security import Signed, actor
from api.services import Jenjang
from api.strict import CLOSED, json_router
from api.voices import Asked, Candidate, Voices
from appraisal.vocabulary import Behaviour
from appraisal.voices.told import Answer
from appraisal.voices.voices import Act, VoicesOrder

router = json_router("/voices", ("other voices",))
People = Annotated[list[Name], Field(max_length=100)]


class Proposal(BaseModel):
    """All whom the employee wants to be asked; it takes the place of what was proposed before and is not decided yet."""

    people: People


class Invitation(BaseModel):
    """Whom the superior invites; other proposals lapse. A `reason` is needed where they differ from what was proposed.

    `revision` is the one that the superior has seen.
    """

    people: People
    reason: str = Field(default="", max_length=4000)
    revision: int | None = None


class Said(BaseModel):
    """Each behaviour from 1 (rarely) to 4 (always), left out where one cannot say; words if one likes and the cycle asks."""

    ratings: dict[Behaviour, int]
    text: str = Field(default="", max_length=4000)


@router.get("")
async def owed(visitor: Signed, jenjang: Jenjang) -> tuple[InvitationRow, ...]:
    """About whom the visitor is asked and has not answered, the first due first."""
    return await voices.owed(jenjang, visitor)


@router.get("/{cycle}/{employee}")
async def read(cycle: Key, employee: Key, visitor: Signed, jenjang: Jenjang) -> Voices:
    """Who is asked, and after the end what all have said together: for employee, superior and head."""
    return await voices.seen(jenjang, visitor, cycle, employee)


@router.get("/{cycle}/{employee}/candidates")
async def candidates(cycle: Key, employee: Key, visitor: Signed, jenjang: Jenjang) -> tuple[Candidate, ...]:
    """Who may be asked: peers and subordinates of the same unit or team."""
    return await voices.candidates(jenjang, visitor, cycle, employee)


@router.post("/{cycle}/{employee}/proposals")
async def propose(
    cycle: Key,
    employee: Key,
    proposal: Annotated[Proposal, CLOSED],
    visitor: Signed,
    jenjang: Jenjang,
    idempotency_key: IdempotencyKey = None,
) -> Voices:
    """The employee names people; the superior is told."""
    order = VoicesOrder(Act.PROPOSE, actor(visitor), tuple(proposal.people))
    return await voices.order(jenjang, visitor, (cycle, employee), order, idempotency_key)


@router.post("/{cycle}/{employee}/invitations")
async def invite(
    cycle: Key,
    employee: Key,
    wanted: Annotated[Invitation, CLOSED],
    visitor: Signed,
    jenjang: Jenjang,
    idempotency_key: IdempotencyKey = None,
) -> Voices:
    """The superior decides; everybody who is invited is told."""
    order = VoicesOrder(Act.INVITE, actor(visitor), tuple(wanted.people), wanted.reason, wanted.revision)
    return await voices.order(jenjang, visitor, (cycle, employee), order, idempotency_key)


@router.get("/{cycle}/{employee}/question")
async def question(cycle: Key, employee: Key, visitor: Signed, jenjang: Jenjang) -> Asked:
    """What the visitor is asked about this employee."""
    return await voices.asked(jenjang, visitor, cycle, employee)


@router.post("/{cycle}/{employee}/answer")
async def answer(cycle: Key, employee: Key, said: Annotated[Said, CLOSED], visitor: Signed, jenjang: Jenjang) -> Asked:
    """Answer, once. What is said is counted with what others say; nobody can find it again, not even to change it."""
    return await voices.answer(jenjang, visitor, cycle, employee, Answer(said.ratings, said.text))


@router.post("/{cycle}/{employee}/refusal")
async def decline(
    cycle: Key, employee: Key, visitor: Signed, jenjang: Jenjang, idempotency_key: IdempotencyKey = None
) -> Asked:
    """Do not answer. The superior hears that somebody has declined, not who."""
    return await voices.decline(jenjang, visitor, cycle, employee, idempotency_key)
