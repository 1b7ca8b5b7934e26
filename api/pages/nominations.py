"""The nominations of a cycle for HR: who is proposed for which training and why, how full each is, and HR's decisions."""

import uuid
from dataclasses import replace
from typing import Any

from fastapi import Response

from adapters.database.reads import case_rows, directory, group_boards
from adapters.database.reads.enrolment_rows import WithoutTraining
from adapters.database.reads.group_boards import BoardProposal, NominationBoard
from api import orders
from api.errors import NOT_FOUND, Problem, problem_of
from api.pages import labels, refusals, seat_words, terms
from api.pages.calibration_board import Many
from api.pages.drawing import Bar, stacked
from api.pages.forms import Fields, key_of
from api.pages.render import OfficerPage, Page
from api.pages.routing import page_router
from api.paging import RANKED, AfterRank
from api.routes.appraisals import Key
from api.security import actor
from appraisal.errors import AppraisalError
from appraisal.group import GroupPhase
from appraisal.seats.market import Proposal
from appraisal.training.heads_word import objects
from appraisal.training.nomination import (
    MOST_DECISIONS,
    Decide,
    Nomination,
    NominationDecision,
    NominationOrder,
    RefreshProposals,
)
from appraisal.training.training import SOURCE
from workflows.identity import nomination_id
from workflows.nomination import NominationWorkflow

router = page_router()
PAGE = 50
LATER, AS_PROPOSED, REFUSE = "", "as_proposed", "refuse"
"""What can be chosen for a proposal beside another training."""


@router.get("/nominations/{cycle}")
async def show(
    cycle: Key,
    page: OfficerPage,
    after: AfterRank,
    undecided: bool = False,
) -> Response:
    """A page of the proposals, best rank first."""
    return await whole(page, cycle, {}, {}, after, undecided)


@router.post("/nominations/{cycle}/proposals")
async def refresh(cycle: Key, page: OfficerPage, fields: Many) -> Response:
    """Propose anew for everybody who waits and is undecided."""
    return await _ordered(page, cycle, NominationOrder(RefreshProposals(), actor(page.person)), fields, ())


@router.post("/nominations/{cycle}/approval")
async def look(cycle: Key, page: OfficerPage) -> Response:
    """What 'approve all' would approve, before it is done."""
    board, left = await _board(page, cycle, None, False), await _undecided(page, cycle)
    unheard = tuple(p for p in left if waits_for_head(page, board.nomination, p))
    objected = tuple(p for p in left if objects(p.word))
    proposals = tuple(p for p in left if p not in unheard and p not in objected)
    courses = [(one.course, sum(1 for p in proposals if p.training == one.course.id), one) for one in board.courses]
    seen = " ".join(f"{p.employee}:{p.training or ''}" for p in proposals)
    context: dict[str, Any] = {
        "courses": [one for one in courses if one[1]],
        "count": len(proposals),
        "seen": seen,
        "revision": board.nomination.revision,
        "key": uuid.uuid4().hex,
        "unheard": len(unheard),
        "objected": len(objected),
    }
    without = sum(1 for p in proposals if p.training is None)
    return await page.show("nominations_confirm.html", cycle=cycle, without=without, most=MOST_DECISIONS, **context)


@router.post("/nominations/{cycle}/all")
async def approve_all(cycle: Key, page: OfficerPage, fields: Many) -> Response:
    """Approve exactly the proposals that were shown; one that has changed meanwhile is refused, and with it all."""
    pairs = tuple(pair.partition(":") for pair in fields.get("seen", "").split())
    now = {(proposal.employee, proposal.training or "") for proposal in await _undecided(page, cycle)}
    if not {(employee, training) for employee, _, training in pairs} <= now:
        changed = page.gettext(
            "Nothing was decided: the proposals have changed since you saw them. Look at them once more."
        )
        return await whole(page, cycle, {}, {"": changed}, None, True, 412)
    decisions = tuple(NominationDecision(employee, True, training or None) for employee, _, training in pairs)
    order = NominationOrder(Decide(decisions), actor(page.person), seen_revision(fields))
    return await _ordered(page, cycle, order, fields, decisions)


@router.post("/nominations/{cycle}/decisions")
async def decide(cycle: Key, page: OfficerPage, fields: Many) -> Response:
    """The decisions chosen on this page; all of them count or none."""
    chosen = {name[2:]: value for name, value in fields.items() if name.startswith("d_") and value != LATER}
    decisions = tuple(_decision(employee, choice, fields) for employee, choice in chosen.items())
    if not decisions:
        return await whole(
            page, cycle, fields, {"": page.gettext("Choose a decision for somebody first.")}, None, False
        )
    return await _ordered(page, cycle, NominationOrder(Decide(decisions), actor(page.person)), fields, decisions)


def _decision(employee: str, choice: str, fields: Fields) -> NominationDecision:
    why = fields.get(f"w_{employee}", "")
    if choice == REFUSE:
        return NominationDecision(employee, False, None, why)
    proposed = fields.get(f"p_{employee}", "") or None
    return NominationDecision(employee, True, proposed if choice == AS_PROPOSED else choice, why)


async def _ordered(
    page: Page, cycle: str, order: NominationOrder, fields: Fields, decisions: tuple[NominationDecision, ...]
) -> Response:
    process, perform = nomination_id(cycle), NominationWorkflow.perform
    try:
        await orders.tell(page.jenjang, page.person, process, perform, order, key_of(fields))
    except (AppraisalError, Problem) as failed:
        problem = problem_of(failed)
        return await _refused(page, cycle, fields, problem, decisions)
    done = page.gettext("%(count)s decisions are recorded.", count=len(decisions))
    text = done if decisions else page.gettext("The proposals have been made anew.")
    return page.go(f"/nominations/{cycle}", text)


async def _refused(
    page: Page, cycle: str, fields: Fields, problem: Problem, decisions: tuple[NominationDecision, ...]
) -> Response:
    """Beside the very person it is about."""
    text = refusals.sentence(page.words, problem)
    number = problem.where.removeprefix("decisions[").partition("]")[0]
    about = decisions[int(number)] if number.isdecimal() and int(number) < len(decisions) else None
    board = await _board(page, cycle, None, True)
    shown = about and any(p.employee == about.employee for p in board.proposals)
    where = f"w_{about.employee}" if about and shown else ""
    errors = {where: page.gettext("Nothing was decided.") + " " + text}
    return await whole(page, cycle, fields, errors, None, True, problem.status)


async def whole(
    page: Page,
    cycle: str,
    fields: Fields,
    errors: dict[str, str],
    after: tuple[int, str] | None,
    undecided: bool,
    status: int = 0,
) -> Response:
    """The page, with its forms as they were filled in."""
    found_board = await _board(page, cycle, after, undecided)
    proposals, further = RANKED.cut(found_board.proposals, PAGE, lambda one: one.key)
    board = replace(found_board, proposals=proposals)
    async with page.jenjang.reading() as session:
        found = await directory.cycle(session, cycle) or {"name": cycle, "id": cycle}
        units = await directory.unit_names(session, page.jenjang.today())
        events = await case_rows.events(session, board.nomination.id)
        held = board.nomination.held
        names = await directory.person_names(session, (held.decided_by,)) if held else {}
    series = _series(page)
    context: dict[str, Any] = {
        "cycle": found,
        "board": board,
        "units": units,
        "fields": fields,
        "errors": errors,
        "undecided": undecided,
        "key": uuid.uuid4().hex,
        "after": after,
        "further": further,
        "courses": _courses(series, board),
        "names": {one.course.id: one.course.name for one in board.courses},
        "series": series,
        "reasons": {p.employee: reason(page, p) for p in board.proposals},
        "open": board.nomination.phase is GroupPhase.OPEN and held is None,
        "held_by": names.get(held.decided_by, "") if held else "",
        "started": any(event["kind"] == "step_opened" for event in events),
        "terms": terms,
        "seat_words": seat_words,
        "source": SOURCE,
    }
    return await page.show("nominations.html", status or (422 if errors else 200), **context)


async def _board(page: Page, cycle: str, after: tuple[int, str] | None, undecided: bool) -> NominationBoard:
    async with page.jenjang.reading() as session:
        found = await group_boards.nomination_board(session, cycle, after, PAGE + 1, undecided)
    if found is None:
        raise NOT_FOUND
    return found


async def _undecided(page: Page, cycle: str) -> tuple[BoardProposal, ...]:
    """As many undecided proposals as one order can hold."""
    async with page.jenjang.reading() as session:
        found = await group_boards.nomination_board(session, cycle, None, MOST_DECISIONS, True)
    if found is None:
        raise NOT_FOUND
    return found.proposals


def waits_for_head(page: Page, nomination: Nomination, proposal: BoardProposal) -> bool:
    """Whether the head of the unit has still to speak of this proposal, and HR waits for it."""
    heads = nomination.schedule.heads
    spoken = proposal.word is not None and proposal.word.holds
    return heads is not None and page.now < heads.until and proposal.asked and not spoken


def seen_revision(fields: Fields) -> int | None:
    """The revision that the page showed, after which nobody may have decided."""
    revision = fields.get("revision", "")
    return int(revision) if revision.isdecimal() else None


def _series(page: Page) -> tuple[tuple[str, str], ...]:
    names = (page.gettext("given away"), page.gettext("proposed"), page.gettext("free"))
    return tuple(zip(("s-taken", "s-proposed", "s-free"), names, strict=True))


def _courses(series: tuple[tuple[str, str], ...], board: NominationBoard) -> tuple[Bar, ...]:
    """The seats of each course; of one that is withdrawn only while somebody is still proposed for it."""
    offered = tuple(one for one in board.courses if one.proposed or not one.course.withdrawn)
    most = max((max(one.course.seats, one.taken + one.proposed) for one in offered), default=0)
    rows = []
    for one in offered:
        free = max(one.course.seats - one.taken - one.proposed, 0)
        rows.append(
            Bar(f"{one.course.name} ({one.course.hours} JP)", stacked(series, (one.taken, one.proposed, free), most))
        )
    return tuple(rows)


def reason(page: Page, proposal: BoardProposal | WithoutTraining | Proposal) -> str:
    """Why, in the page's language; the record keeps the Indonesian sentence."""
    known, parameters = terms.PROPOSALS.get(proposal.code), dict(proposal.parameters)
    if known is None:
        return proposal.reason
    aspect = parameters.get("aspect", "")
    words = {**parameters, "aspect": page.gettext(labels.ASPECTS[aspect]) if aspect in labels.ASPECTS else aspect}
    return page.gettext(known, **words)
