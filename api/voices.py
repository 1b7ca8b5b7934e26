"""Other voices, for the JSON and for the pages: whom somebody may see, what he may order, and the one way in for an answer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from adapters.database.desk.accounts import Visitor
from adapters.database.documents import POLICY
from adapters.database.engine import Session
from adapters.database.reads import case_rows, directory, voice_rounds
from adapters.database.reads.facts import CaseFacts
from adapters.database.reads.voice_ground import colleagues, ground
from adapters.database.reads.voice_rounds import InvitationRow, RoundRow
from api import orders
from api.errors import NOT_FOUND
from api.security import actor
from api.services import Services
from appraisal.access import Action, can, demand
from appraisal.case import Case
from appraisal.errors import AppraisalError
from appraisal.vocabulary import Step
from appraisal.voices.errors import AsksNoVoices
from appraisal.voices.ground import fits
from appraisal.voices.policy import Kind
from appraisal.voices.told import Answer, Told, told
from appraisal.voices.voices import Act, Opening, Standing, VoicesOrder, demand_answer, opened
from runtime.processes import start_once
from workflows.identity import appraisal_id, voices_id
from workflows.voices import VoicesWorkflow


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody who is proposed or asked. Whether he has answered or declined is nobody's business."""

    person: str
    name: str
    kind: Kind
    asked: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be asked."""

    id: str
    name: str
    title: str
    unit: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Voices:
    """All that employee, superior and head may know. `told` is there once the round is closed, for all but those who were
    asked themselves; of a kind of which too few have answered it says nothing. `revision` is None before anybody is named,
    `may` what the visitor can do now.
    """

    employee_id: str
    employee: str
    most: dict[Kind, int]
    shown_from: int
    texts: bool
    opens_at: datetime
    due_at: datetime
    ends_at: datetime
    closed: bool
    revision: int | None
    named: tuple[Named, ...]
    declined: int
    told: dict[Kind, Told] | None
    may: Act | None


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody who is asked must know. `open` while he may still answer or decline."""

    employee_id: str
    employee: str
    kind: Kind
    standing: Standing
    shown_from: int
    texts: bool
    due_at: datetime
    ends_at: datetime
    open: bool


async def seen(jenjang: Services, visitor: Visitor, cycle: str, employee: str) -> Voices:
    """What the visitor may know. NOT_FOUND, NotAllowed, or AsksNoVoices where the cycle asks nobody."""
    facts = await orders.visible(jenjang, visitor, cycle, employee)
    demand(actor(visitor), Action.VIEW_VOICES, facts.parties)
    async with jenjang.reading() as session:
        case, whole = await case_rows.case(session, facts.id), await directory.cycle(session, cycle)
        found = await shown(session, visitor, facts, opening_of(case, whole), jenjang.now())
    if found is None:
        raise AsksNoVoices("This cycle asks nobody else.", "", "HR can set it in the policy of the next cycle.")
    return found


def opening_of(case: Case | None, cycle: dict[str, Any] | None) -> Opening | None:
    """How a round about this case would begin; None where the cycle asks nobody."""
    policy = POLICY.validate_python(cycle["policy"]).voices if cycle else None
    if policy is None or case is None or case.timetable.voices is None:
        return None
    return Opening(case.cycle, case.parties.employee, policy, case.timetable.voices)


async def shown(
    session: Session, visitor: Visitor, facts: CaseFacts, planned: Opening | None, now: datetime
) -> Voices | None:
    """The same for a page of the case: None for everybody whom it does not concern, and where nobody else is asked.

    A round that has begun goes by what it began with, whatever is `planned` by now.
    """
    if not can(actor(visitor), Action.VIEW_VOICES, facts.parties).allowed:
        return None
    row = await voice_rounds.round_of(session, voices_id(*facts.id.split("/")[1:]))
    opening = row.opening if row else planned
    if opening is None:
        return None
    policy, everybody = opening.policy, row.voices if row else ()
    closed = row.closed if row else facts.step == Step.CLOSED or now >= opening.window.end
    names = await directory.person_names(session, (opening.employee, *(one.person for one in everybody)))
    named = [
        Named(one.person, names.get(one.person, ""), one.kind, one.standing is not Standing.PROPOSED)
        for one in everybody
    ]
    return Voices(
        employee_id=opening.employee,
        employee=names.get(opening.employee, ""),
        most={kind: policy.most(kind) for kind in Kind},
        shown_from=policy.shown_from,
        texts=policy.texts,
        opens_at=opening.window.opens,
        due_at=opening.window.due,
        ends_at=opening.window.end,
        closed=closed,
        revision=row.revision if row else None,
        named=tuple(sorted(named, key=lambda one: (one.kind, one.name, one.person))),
        declined=sum(one.standing is Standing.DECLINED for one in everybody),
        told=await _told(session, visitor, row) if row else None,
        may=None if closed else _may(visitor, facts, opening, now),
    )


async def candidates(jenjang: Services, visitor: Visitor, cycle: str, employee: str) -> tuple[Candidate, ...]:
    """Who may be asked and is not asked yet, by name."""
    before = await seen(jenjang, visitor, cycle, employee)
    asked = {one.person for one in before.named if one.asked}
    async with jenjang.reading() as session:
        facts = await ground(session, cycle, employee, jenjang.today())
        around = await colleagues(session, employee, jenjang.today())
    assert facts is not None, "a case that is seen has facts"
    found = []
    for one in around:
        try:
            kind = fits(one.id, facts)
        except AppraisalError:
            continue
        if one.id not in asked and before.most[kind]:
            found.append(Candidate(one.id, one.name, one.title, one.unit, kind))
    return tuple(found)


async def order(
    jenjang: Services, visitor: Visitor, case: tuple[str, str], order: VoicesOrder, key: str | None
) -> Voices:
    """Propose or invite; what is refused before anybody was named starts nothing."""
    cycle, employee = case
    await seen(jenjang, visitor, cycle, employee)
    process = voices_id(cycle, employee)
    async with jenjang.reading() as session:
        known, whole = (
            await case_rows.case(session, appraisal_id(cycle, employee)),
            await directory.cycle(session, cycle),
        )
        begun, facts = (
            await voice_rounds.round_of(session, process),
            await ground(session, cycle, employee, jenjang.today()),
        )
    opening = begun.opening if begun else opening_of(known, whole)
    assert opening is not None, "what is seen can be opened"
    assert facts is not None, "what is seen has facts"
    if begun is None:
        opened(opening, jenjang.now()).performed(order, facts, jenjang.now(), "")
        await start_once(jenjang.temporal, VoicesWorkflow.run, opening, process, jenjang.settings.task_queue)
    await orders.tell(jenjang, visitor, process, VoicesWorkflow.perform, order, key)
    return await seen(jenjang, visitor, cycle, employee)


async def owed(jenjang: Services, visitor: Visitor) -> tuple[InvitationRow, ...]:
    """About whom the visitor is asked still."""
    async with jenjang.reading() as session:
        return await voice_rounds.owed_by(session, visitor.id, jenjang.now())


async def asked(jenjang: Services, visitor: Visitor, cycle: str, employee: str) -> Asked:
    """The question to the visitor. NotAsked for whoever may see the case but is not asked; NOT_FOUND for everybody else."""
    async with jenjang.reading() as session:
        found = await voice_rounds.round_of(session, voices_id(cycle, employee))
        names = await directory.person_names(session, (employee,))
    mine = next((one for one in found.voices if one.person == visitor.id), None) if found else None
    if found is None or mine is None or mine.standing is Standing.PROPOSED:
        await orders.visible(jenjang, visitor, cycle, employee)
        demand_answer(None)
        raise NOT_FOUND
    policy, window = found.opening.policy, found.opening.window
    open_now = not found.closed and jenjang.now() < window.end
    known = (employee, names.get(employee, ""), mine.kind, mine.standing, policy.shown_from, policy.texts)
    return Asked(*known, window.due, window.end, open_now and mine.standing is Standing.INVITED)


async def answer(jenjang: Services, visitor: Visitor, cycle: str, employee: str, said: Answer) -> Asked:
    """Count what the visitor says. The request's key is not kept: a second try hears that it is counted already."""
    await asked(jenjang, visitor, cycle, employee)
    await jenjang.voices.answer(voices_id(cycle, employee), visitor.id, said, jenjang.now())
    return await asked(jenjang, visitor, cycle, employee)


async def decline(jenjang: Services, visitor: Visitor, cycle: str, employee: str, key: str | None) -> Asked:
    """The visitor does not answer; nobody is told who it was."""
    demand_answer((await asked(jenjang, visitor, cycle, employee)).standing)
    declining = VoicesOrder(Act.DECLINE, actor(visitor))
    await orders.tell(jenjang, visitor, voices_id(cycle, employee), VoicesWorkflow.perform, declining, key)
    return await asked(jenjang, visitor, cycle, employee)


def _may(visitor: Visitor, facts: CaseFacts, opening: Opening, now: datetime) -> Act | None:
    """What the visitor can do now, if anything."""
    if facts.step == Step.CLOSED or not opening.window.opens <= now < opening.window.end:
        return None
    rights = ((Action.PROPOSE_VOICES, Act.PROPOSE), (Action.INVITE_VOICES, Act.INVITE))
    return next((act for action, act in rights if can(actor(visitor), action, facts.parties).allowed), None)


async def _told(session: Session, visitor: Visitor, row: RoundRow) -> dict[Kind, Told] | None:
    """What all have said. Not before the end: two looks would tell what was answered between them. Nor to whoever was asked:
    who knows one answer knows more of the others."""
    asked = {one.person for one in row.voices if one.standing is not Standing.PROPOSED}
    if not row.closed or visitor.id in asked:
        return None
    policy = row.opening.policy
    return {kind: told(await voice_rounds.tally_of(session, row.id, kind), policy.shown_from) for kind in policy.kinds}
