"""A calibration as a session: the board that its heads work on, silent first votes, and taking a decision back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import Response
from pydantic import BaseModel

from adapters.database.desk.accounts import Visitor
from adapters.database.reads.group_boards import BoardMember, CalibrationBoard, calibration_board
from api.errors import NOT_FOUND, problem_of, render
from api.orders import tell
from api.routes import groups
from api.routes.appraisals import IdempotencyKey, Key
from api.security import Signed, actor
from api.services import Jenjang, Services
from api.strict import CLOSED, json_router
from appraisal.access import Action
from appraisal.calibration.calibration import Calibration, CalibrationOrder
from appraisal.calibration.rules import ACTIONS
from appraisal.calibration.session import AskForVotes, OpenVotes, Undo
from appraisal.calibration.session_errors import StaleProposal
from appraisal.calibration.votes import Ballot, Vote, checked_ballot, open_to_all, spread
from appraisal.calibration.working_board import JUSTIFICATION, Change, Proposal, WorkingBoard
from appraisal.commands import Receipt
from appraisal.errors import NotAMember, NotOpenYet
from appraisal.group import GroupPhase
from appraisal.group_clock import demand_running
from appraisal.parties import HR
from appraisal.vocabulary import Predicate, Rating
from workflows.calibration import CalibrationWorkflow
from workflows.identity import calibration_id

router = json_router(tags=("calibrations and nominations",))


class Undone(BaseModel):
    """Why the last decision is taken back; those who were calibrated read it."""

    reason: str


class Proposed(BaseModel):
    """What is proposed for one member. No ratings: those of the review."""

    employee: str
    results: Rating | None = None
    behaviour: Rating | None = None
    reason: str = ""
    discussed: bool = False


class Changes(BaseModel):
    """Changes of the board that was seen at this revision. All count or none."""

    revision: int
    proposals: tuple[Proposed, ...] = ()
    justification: str | None = None


class Voted(BaseModel):
    """A ballot: views on some members. Whoever is left out of it has no view from this voter."""

    votes: tuple[Vote, ...]


@dataclass(frozen=True, slots=True)
class VotersBoard:
    """What somebody who was asked for a view sees: those he may vote on, his own ballot, and whether votes are over."""

    members: tuple[BoardMember, ...]
    votes: tuple[Vote, ...]
    given: bool
    over: bool


@dataclass(frozen=True, slots=True)
class Votes:
    """How far the first votes are. `spread` by member is empty until they are open, `named` unless the policy says so."""

    asked: int
    given: int
    opened: bool
    spread: Mapping[str, Mapping[Predicate, int]]
    named: tuple[Ballot, ...] = ()


@router.post("/calibrations/{cycle}/{unit}/undo")
async def undo(
    cycle: Key,
    unit: Key,
    wish: Annotated[Undone, CLOSED],
    visitor: Signed,
    jenjang: Jenjang,
    idempotency_key: IdempotencyKey = None,
) -> Receipt:
    """Take the last decision back for everybody, or for nobody."""
    found = await groups.board(jenjang, visitor, cycle, unit)
    return await give(jenjang, visitor, found, Undo(wish.reason), idempotency_key)


@router.get("/calibrations/{cycle}/{unit}/board")
async def board(cycle: Key, unit: Key, visitor: Signed, jenjang: Jenjang) -> WorkingBoard:
    """What the heads of this session have proposed so far."""
    found = await groups.session_board(jenjang, visitor, cycle, unit)
    return (await jenjang.boards.read(found.calibration.id)).without(visitor.id)


@router.post("/calibrations/{cycle}/{unit}/board", response_model=WorkingBoard)
async def change_board(
    cycle: Key, unit: Key, changes: Annotated[Changes, CLOSED], visitor: Signed, jenjang: Jenjang
) -> WorkingBoard | Response:
    """Change the board. Where somebody else was faster nothing is changed, and `errors` says what stands there now."""
    found = await groups.board(jenjang, visitor, cycle, unit)
    wishes = tuple(Proposal(**one.model_dump()) for one in changes.proposals)
    if changes.justification is not None:
        wishes += (Proposal(JUSTIFICATION, reason=changes.justification),)
    made = await change(jenjang, visitor, found, changes.revision, wishes)
    if made.conflicts:
        what = "Somebody else has changed the same part of the board since you saw it."
        stale = StaleProposal(what, "revision", "Load the board again and decide anew.")
        there = [{"where": one.employee or "justification", "what": _shown(one)} for one in made.conflicts]
        return render(problem_of(stale), there)
    return made.board


@router.get("/calibrations/{cycle}/{unit}/votes")
async def votes(cycle: Key, unit: Key, visitor: Signed, jenjang: Jenjang) -> Votes:
    """How many have given a first view; what they said, once the votes are open."""
    found = await groups.session_board(jenjang, visitor, cycle, unit)
    return await votes_of(jenjang, found, visitor)


@router.post("/calibrations/{cycle}/{unit}/votes/invitation")
async def ask_for_votes(
    cycle: Key, unit: Key, visitor: Signed, jenjang: Jenjang, idempotency_key: IdempotencyKey = None
) -> Receipt:
    """Ask whoever reviewed members of the unit for a first view on the others."""
    found = await groups.board(jenjang, visitor, cycle, unit)
    return await give(jenjang, visitor, found, AskForVotes(reviewers(found)), idempotency_key)


@router.post("/calibrations/{cycle}/{unit}/votes/opening")
async def open_votes(
    cycle: Key, unit: Key, visitor: Signed, jenjang: Jenjang, idempotency_key: IdempotencyKey = None
) -> Receipt:
    """Show the first views. Nobody can give one any more."""
    found = await groups.board(jenjang, visitor, cycle, unit)
    return await give(jenjang, visitor, found, OpenVotes(), idempotency_key)


@router.get("/calibrations/{cycle}/{unit}/ballot")
async def ballot(cycle: Key, unit: Key, visitor: Signed, jenjang: Jenjang) -> VotersBoard:
    """For whoever was asked: the members on whom a view is wanted, and the own views."""
    return (await invited(jenjang, visitor, cycle, unit))[1]


@router.put("/calibrations/{cycle}/{unit}/ballot")
async def vote(
    cycle: Key, unit: Key, voted: Annotated[Voted, CLOSED], visitor: Signed, jenjang: Jenjang
) -> VotersBoard:
    """Give views, unseen by the others; until the votes are open another ballot takes the place of this one."""
    found, _ = await invited(jenjang, visitor, cycle, unit)
    await cast(jenjang, visitor, found, voted.votes)
    return (await invited(jenjang, visitor, cycle, unit))[1]


async def give(
    jenjang: Services,
    visitor: Visitor,
    found: CalibrationBoard,
    command: Undo | AskForVotes | OpenVotes,
    key: str | None,
) -> Receipt:
    """Give the calibration this order; whether it holds, the process decides."""
    groups.require(visitor, ACTIONS[command.kind], found)
    process = calibration_id(found.calibration.cycle, found.calibration.unit)
    order = CalibrationOrder(command, actor(visitor))
    return await tell(jenjang, visitor, process, CalibrationWorkflow.perform, order, key)


async def change(
    jenjang: Services, visitor: Visitor, found: CalibrationBoard, seen: int, wishes: tuple[Proposal, ...]
) -> Change:
    """Change the working board, if the visitor decides here and now; NotAMember for a wish about somebody else."""
    groups.require(visitor, Action.DECIDE_CALIBRATION, found)
    state, present = found.calibration, {member.employee for member in found.members}
    demand_running(state)
    if state.phase is not GroupPhase.OPEN:
        raise NotOpenYet("This calibration is not open.", "", "The board is worked on while it is.")
    for number, wish in enumerate(wishes):
        if wish.employee not in (*present, JUSTIFICATION):
            where = f"proposals[{number}].employee"
            raise NotAMember("This person is not on the board.", where, "Load the board again.")
    return await jenjang.boards.change(state.id, seen, wishes, visitor.id, jenjang.now())


def reviewers(found: CalibrationBoard) -> tuple[str, ...]:
    """Who reviewed somebody here and does not decide: whoever decides says it by deciding."""
    state = found.calibration
    those = {member.supervisor for member in found.members if member.supervisor}
    return tuple(sorted(those - {state.head, state.escalated_to, HR}))


async def votes_of(jenjang: Services, found: CalibrationBoard, reader: Visitor) -> Votes:
    """The first votes as whoever decides, and HR, may see them by now; nobody sees those about himself."""
    state = found.calibration
    given = await jenjang.boards.ballots(state.id) if state.voters else ()
    opened = open_to_all(state, tuple(one.voter for one in given))
    seen = tuple(one.without(reader.id) for one in given) if opened else ()
    by_member = {member.employee: spread(seen, member.employee) for member in found.members} if opened else {}
    return Votes(len(state.voters), len(given), opened, by_member, seen if state.rules.votes_named else ())


async def invited(jenjang: Services, visitor: Visitor, cycle: str, unit: str) -> tuple[CalibrationBoard, VotersBoard]:
    """The session for somebody who was asked for a view; NOT_FOUND for everybody else."""
    async with jenjang.reading() as session:
        found = await calibration_board(session, cycle, unit)
    if found is None or visitor.id not in found.calibration.voters:
        raise NOT_FOUND
    state = found.calibration
    given = await jenjang.boards.ballots(state.id)
    voters = tuple(one.voter for one in given)
    mine = next((one.votes for one in given if one.voter == visitor.id), ())
    others = tuple(one for one in found.members if visitor.id not in (one.employee, one.supervisor))
    over = open_to_all(state, voters) or state.phase is not GroupPhase.OPEN or state.held is not None
    return found, VotersBoard(others, mine, visitor.id in voters, over)


async def cast(jenjang: Services, visitor: Visitor, found: CalibrationBoard, given: tuple[Vote, ...]) -> None:
    """Keep this ballot; refusals say why it does not count."""
    owners = {member.employee: member.supervisor for member in found.members}
    mine = Ballot(visitor.id, given)

    def check(state: Calibration, voters: tuple[str, ...]) -> Ballot:
        return checked_ballot(state, mine, owners, voters)

    await jenjang.boards.vote(found.calibration.id, mine, check, jenjang.now())


def _shown(one: Proposal) -> str:
    """What stands on the board, for a program that was too slow."""
    ratings = f"{one.results or 'as reviewed'}/{one.behaviour or 'as reviewed'}"
    return f"revision {one.revision} by {one.by}: {ratings}; discussed: {one.discussed}; {one.reason}"
