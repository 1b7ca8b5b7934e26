"""The delivery of a result over JSON: not acknowledging it, objecting to it, answering and deciding."""

from typing import Annotated, Literal

from pydantic import BaseModel

from adapters.database.reads import directory
from api.routes.appraisals import At, Door, Taken
from api.services import Services
from api.strict import CLOSED, json_router
from appraisal.errors import UnknownPerson
from appraisal.objection.commands import (
    AnswerObjection,
    DecideObjection,
    NameDecider,
    Object,
    RefuseAcknowledgement,
    WithdrawObjection,
)
from appraisal.objection.errors import InvalidRuling
from appraisal.objection.objections import Account, Complaint
from appraisal.vocabulary import Rating

router = json_router("/appraisals/{cycle}/{employee}", ("objections",))


class Refusal(BaseModel):
    """The employee does not acknowledge the result; the words are kept."""

    words: str


class Withdrawal(BaseModel):
    """Why it is withdrawn, if the employee wants to say so."""

    reason: str = ""


class Decision(BaseModel):
    """`uphold` the rating, or `change` it to the ratings given here; one that is left out stays. Final either way."""

    decision: Literal["uphold", "change"]
    reason: str
    results: Rating | None = None
    behaviour: Rating | None = None

    def command(self) -> DecideObjection:
        """The command that is meant; InvalidRuling where word and ratings do not fit."""
        chosen = bool(self.results or self.behaviour)
        if (self.decision == "change") is not chosen:
            remedy = "Give a rating to change it, and none to uphold it."
            raise InvalidRuling("The decision and its ratings do not fit.", "results", remedy)
        return DecideObjection(self.reason, self.results, self.behaviour)


class Decider(BaseModel):
    """Who decides, because the one who should cannot or because nobody is above the supervisor."""

    person: str
    reason: str


@router.post("/acknowledgement/refusal")
async def refuse(refusal: Annotated[Refusal, CLOSED], at: At) -> Taken:
    """The employee does not acknowledge the result."""
    return await at.give(RefuseAcknowledgement(refusal.words))


@router.post("/objection")
async def object_to(complaint: Annotated[Complaint, CLOSED], at: At) -> Taken:
    """The employee objects; once to a rating, until the time to object is over."""
    return await at.give(Object(complaint))


@router.post("/objection/withdrawal")
async def withdraw(withdrawal: Annotated[Withdrawal, CLOSED], at: At) -> Taken:
    """The employee takes it back, before it is decided."""
    return await at.give(WithdrawObjection(withdrawal.reason))


@router.post("/objection/account")
async def answer(account: Annotated[Account, CLOSED], at: At) -> Taken:
    """Whoever rated says how the rating came about."""
    return await at.give(AnswerObjection(account))


@router.post("/objection/decision")
async def decide(decision: Annotated[Decision, CLOSED], at: At) -> Taken:
    """The superior of the supervisor decides, finally."""
    return await at.give(decision.command())


@router.post("/objection/decider")
async def name(decider: Annotated[Decider, CLOSED], at: At) -> Taken:
    """HR names who decides."""
    return await named(at, decider.person, decider.reason)


async def named(at: Door, person: str, why: str) -> Taken:
    """Give the order, if there is such a person."""
    await demand_known(at.jenjang, person)
    return await at.give(NameDecider(person, why))


async def demand_known(jenjang: Services, person: str) -> None:
    """UnknownPerson where nobody is on record under this id."""
    async with jenjang.reading() as session:
        if person not in await directory.person_names(session, (person,)):
            raise UnknownPerson("There is no such person.", "person", "Choose somebody from the list.")
