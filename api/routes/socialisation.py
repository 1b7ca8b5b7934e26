"""The rules of a cycle: read and confirmed by those who take part, asked about, answered by HR, followed by unit."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field

from adapters.database.desk.accounts import Visitor
from adapters.database.documents import POLICY, TIMETABLE
from adapters.database.reads import socialisation as record
from adapters.database.reads.socialisation import After, QuestionRow, ReminderRow
from api.errors import NOT_FOUND, NOT_YOURS
from api.orders import order_id
from api.paging import ByInstant
from api.routes.appraisals import IdempotencyKey, Key
from api.routes.cycles import known
from api.security import Officer, Signed
from api.services import Jenjang, Services
from api.strict import CLOSED, json_router
from appraisal import socialisation
from appraisal.cycle import Phase
from appraisal.errors import StillStarting
from appraisal.policy.policy import Policy
from appraisal.socialisation import Share, Stage
from appraisal.sources.rule import Rule
from appraisal.sources.sources import RULES
from appraisal.timetable import Timetable

router = json_router("/cycles/{cycle}/rules", ("rules of a cycle",))


class Read(BaseModel):
    """The `rules` that were read, as the answer to GET names them."""

    rules: str = Field(max_length=60)


class Words(BaseModel):
    """A question, or an answer."""

    text: str = Field(max_length=4000)


class Reminded(BaseModel):
    """How many people have been reminded."""

    people: int


@dataclass(frozen=True, slots=True)
class RulesOfCycle:
    """The rules by which a cycle goes, and how far its socialisation is. `confirmed_at` is the visitor's own.

    `rules` names what is confirmed: the policy and its version. `sources` are the rules of the field, each with its source.
    """

    rules: str
    phase: Phase
    stage: Stage
    takes_part: bool
    confirmed_at: datetime | None
    policy: Policy
    timetable: Timetable
    sources: dict[str, Rule]


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its answers, the oldest first. `asker` is for HR alone; `mine` says that the visitor asked."""

    id: str
    text: str
    asked_at: datetime
    mine: bool
    asker: str | None
    answers: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Who has confirmed these rules, by unit, and the reminders that HR has sent about them."""

    rules: str
    units: tuple[Share, ...]
    reminders: tuple[ReminderRow, ...]


async def rules_of(jenjang: Services, visitor: Visitor, cycle: str) -> RulesOfCycle:
    """For those who take part, and for HR; NOT_FOUND for everybody else. StillStarting while the dates are being made."""
    found = await known(jenjang, cycle)
    policy = POLICY.validate_python(found["policy"])
    rules = socialisation.rules_of(policy)
    async with jenjang.reading() as session:
        part = await record.takes_part(session, cycle, visitor.id)
        confirmed = await record.confirmed_at(session, cycle, rules, visitor.id) if part else None
    if not part and not visitor.hr:
        raise NOT_FOUND
    if found["timetable"] is None:
        raise StillStarting("The dates of this cycle are being made.", "", "Come back in a moment.")
    timetable = TIMETABLE.validate_python(found["timetable"])
    stage = socialisation.stage(socialisation.targets_of(timetable), jenjang.now())
    return RulesOfCycle(rules, Phase(found["phase"]), stage, part, confirmed, policy, timetable, RULES)


async def confirm(jenjang: Services, visitor: Visitor, cycle: str, read: str) -> RulesOfCycle:
    """Keep that the visitor has read these rules; once is enough."""
    found = await _running(jenjang, visitor, cycle)
    if not found.takes_part:
        raise NOT_YOURS
    socialisation.demand_same(read, found.rules)
    await jenjang.socialisation.confirm(cycle, found.rules, visitor.id, jenjang.now())
    return await rules_of(jenjang, visitor, cycle)


async def ask(jenjang: Services, visitor: Visitor, cycle: str, text: str, key: str | None) -> Question:
    """Keep the visitor's question, and tell HR."""
    found = await _running(jenjang, visitor, cycle)
    if not found.takes_part:
        raise NOT_YOURS
    question = order_id(visitor, f"{cycle}.{key}" if key else None)
    text = socialisation.words(text, "text")
    await jenjang.socialisation.ask(cycle, question, visitor.id, text, jenjang.now())
    return shown(await _question(jenjang, cycle, question), visitor)


async def answer(
    jenjang: Services, visitor: Visitor, cycle: str, question: str, text: str, key: str | None
) -> Question:
    """Keep HR's answer, and tell whoever asked."""
    await _running(jenjang, visitor, cycle)
    await _question(jenjang, cycle, question)
    one = order_id(visitor, f"{question}.{key}" if key else None)
    text = socialisation.words(text, "text")
    await jenjang.socialisation.answer(cycle, question, one, visitor.id, text, jenjang.now())
    return shown(await _question(jenjang, cycle, question), visitor)


async def remind(jenjang: Services, visitor: Visitor, cycle: str) -> int:
    """Tell everybody who has not confirmed; how many that are."""
    found = await _running(jenjang, visitor, cycle)

    def allowed(reminded: tuple[str, ...], missing: int) -> None:
        socialisation.demand_reminder(found.stage, reminded, missing)

    now = jenjang.now()
    return await jenjang.socialisation.remind(cycle, found.rules, found.stage, visitor.id, now, allowed)


async def confirmed(jenjang: Services, cycle: str, rules: str) -> Confirmed:
    """The share that has confirmed these rules, by unit."""
    async with jenjang.reading() as session:
        units = await record.shares(session, cycle, rules)
        return Confirmed(rules, units, await record.reminders(session, cycle, rules))


async def questions(
    jenjang: Services, visitor: Visitor, cycle: str, after: After | None, limit: int
) -> tuple[Question, ...]:
    """What was asked about the rules, the newest first, as this visitor may read it."""
    async with jenjang.reading() as session:
        rows = await record.questions(session, cycle, after, limit)
    return tuple(shown(row, visitor) for row in rows)


def shown(row: QuestionRow, visitor: Visitor) -> Question:
    """Who asked is told to HR alone; who answered is HR, whoever it was."""
    answers = tuple({"id": one.id, "text": one.text, "answered_at": one.answered_at} for one in row.answers)
    asker = row.asker if visitor.hr else None
    return Question(row.id, row.text, row.asked_at, row.person_id == visitor.id, asker, answers)


async def _running(jenjang: Services, visitor: Visitor, cycle: str) -> RulesOfCycle:
    found = await rules_of(jenjang, visitor, cycle)
    socialisation.demand_running(found.phase)
    return found


async def _question(jenjang: Services, cycle: str, question: str) -> QuestionRow:
    async with jenjang.reading() as session:
        found = await record.question(session, cycle, question)
    if found is None:
        raise NOT_FOUND
    return found


@router.get("")
async def current(cycle: Key, visitor: Signed, jenjang: Jenjang) -> RulesOfCycle:
    """The rules of the cycle: its policy, its dates, and where each rule of the field comes from."""
    return await rules_of(jenjang, visitor, cycle)


@router.post("/confirmation")
async def confirmation(cycle: Key, read: Annotated[Read, CLOSED], visitor: Signed, jenjang: Jenjang) -> RulesOfCycle:
    """Confirm that you have read the rules. They bind nobody the more for it, and no appraisal waits."""
    return await confirm(jenjang, visitor, cycle, read.rules)


@router.get("/questions")
async def asked(cycle: Key, visitor: Signed, jenjang: Jenjang, paging: ByInstant) -> tuple[Question, ...]:
    """Questions and answers, the newest question first; names of askers for HR alone."""
    await rules_of(jenjang, visitor, cycle)
    last = After(*paging.after) if paging.after else None
    rows = await questions(jenjang, visitor, cycle, last, paging.read)
    return paging.cut(rows, lambda row: (row.asked_at, row.id))


@router.post("/questions", status_code=201)
async def new_question(
    cycle: Key,
    words: Annotated[Words, CLOSED],
    visitor: Signed,
    jenjang: Jenjang,
    idempotency_key: IdempotencyKey = None,
) -> Question:
    """Ask about the rules. HR is told, and everybody who takes part can read it, without your name."""
    return await ask(jenjang, visitor, cycle, words.text, idempotency_key)


@router.post("/questions/{question}/answers", status_code=201)
async def new_answer(
    cycle: Key,
    question: Key,
    words: Annotated[Words, CLOSED],
    visitor: Officer,
    jenjang: Jenjang,
    idempotency_key: IdempotencyKey = None,
) -> Question:
    """HR answers; a further answer adds to those before."""
    return await answer(jenjang, visitor, cycle, question, words.text, idempotency_key)


@router.get("/confirmations")
async def confirmations(cycle: Key, visitor: Officer, jenjang: Jenjang) -> Confirmed:
    """How many have confirmed the rules that hold now, by unit, and when HR has reminded."""
    return await confirmed(jenjang, cycle, (await rules_of(jenjang, visitor, cycle)).rules)


@router.post("/reminders", status_code=201)
async def reminder(cycle: Key, visitor: Officer, jenjang: Jenjang) -> Reminded:
    """Remind everybody who has not confirmed: once before the targets open, and once while they are."""
    return Reminded(people=await remind(jenjang, visitor, cycle))
