"""The head of a unit agrees with the trainings proposed for its people, or objects, before HR decides."""

import uuid
from dataclasses import replace
from typing import Any

from fastapi import Response

from adapters.database.reads import directory
from adapters.database.reads.group_boards import HeadsBoard
from api import orders
from api.errors import Problem, problem_of
from api.pages import refusals, terms
from api.pages.calibration_board import Many
from api.pages.forms import Fields, key_of
from api.pages.nominations import reason
from api.pages.render import MyPage, Page
from api.pages.routing import page_router
from api.paging import RANKED, AfterRank
from api.routes.appraisals import Key
from api.routes.heads_words import heads_board
from api.security import actor
from appraisal.errors import AppraisalError
from appraisal.group import GroupPhase
from appraisal.training.heads_word import SayWords, Word
from appraisal.training.nomination import NominationOrder
from workflows.identity import nomination_id
from workflows.nomination import NominationWorkflow

router = page_router()
PAGE = 50
AGREE, OBJECT = "agree", "object"


@router.get("/nominations/{cycle}/words")
async def show(cycle: Key, page: MyPage, after: AfterRank) -> Response:
    """A page of the proposals for the own people, best rank first."""
    return await _whole(page, cycle, {}, {}, after)


@router.post("/nominations/{cycle}/words")
async def say(cycle: Key, page: MyPage, fields: Many) -> Response:
    """What was chosen on this page; with the button for the rest, everybody else on it is agreed with."""
    chosen = {name[2:]: value for name, value in fields.items() if name.startswith("d_")}
    rest = {name[2:]: AGREE for name in fields if name.startswith("p_") and f"s_{name[2:]}" not in fields}
    meant = (rest if "rest" in fields else {}) | {who: what for who, what in chosen.items() if what}
    words = tuple(_word(who, what, fields) for who, what in sorted(meant.items()))
    if not words:
        return await _whole(page, cycle, fields, {"": page.gettext("Say something of somebody first.")}, None)
    order = NominationOrder(SayWords(words), actor(page.person))
    await heads_board(page.jenjang, page.person, cycle, None, 1)
    try:
        await orders.tell(
            page.jenjang, page.person, nomination_id(cycle), NominationWorkflow.perform, order, key_of(fields)
        )
    except (AppraisalError, Problem) as failed:
        return await _refused(page, cycle, fields, problem_of(failed), words)
    done = page.gettext("Recorded for %(count)s people.", count=len(words))
    return page.go(f"/nominations/{cycle}/words", done)


def _word(who: str, what: str, fields: Fields) -> Word:
    return Word(who, fields.get(f"p_{who}", "") or None, what == AGREE, fields.get(f"w_{who}", ""))


async def _refused(page: Page, cycle: str, fields: Fields, problem: Problem, words: tuple[Word, ...]) -> Response:
    """Beside the very person it is about."""
    number = problem.where.removeprefix("words[").partition("]")[0]
    where = f"w_{words[int(number)].employee}" if number.isdecimal() and int(number) < len(words) else ""
    said = page.gettext("Nothing was recorded.") + " " + refusals.sentence(page.words, problem)
    return await _whole(page, cycle, fields, {where: said}, None, problem.status)


async def _whole(
    page: Page,
    cycle: str,
    fields: Fields,
    errors: dict[str, str],
    after: tuple[int, str] | None,
    status: int = 0,
) -> Response:
    board = await heads_board(page.jenjang, page.person, cycle, after, PAGE + 1)
    proposals, further = RANKED.cut(board.proposals, PAGE, lambda one: one.key)
    async with page.jenjang.reading() as session:
        found = await directory.cycle(session, cycle) or {"name": cycle, "id": cycle}
    context: dict[str, Any] = {
        "cycle": found,
        "board": replace(board, proposals=proposals),
        "further": further,
        "fields": fields,
        "errors": errors,
        "after": after,
        "key": uuid.uuid4().hex,
        "reasons": {one.employee: reason(page, one) for one in proposals},
        "open": _open(page, board),
        "terms": terms,
    }
    return await page.show("heads_words.html", status or (422 if errors else 200), **context)


def _open(page: Page, board: HeadsBoard) -> bool:
    """Whether heads can speak now."""
    nomination, heads = board.nomination, board.nomination.schedule.heads
    running = nomination.phase is GroupPhase.OPEN and nomination.held is None
    return running and heads is not None and page.now < heads.until
