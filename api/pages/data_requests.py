"""Own data: ask to see them or to have them put right; and where HR answers."""

from fastapi import Response

from adapters.database.reads.data_requests import DataRequestRow
from api.errors import Problem
from api.pages import data_words, refusals
from api.pages.data_words import AREAS, DECISIONS, KINDS, PARTS
from api.pages.forms import Fields, Sent, next_key
from api.pages.render import MyPage, Page
from api.pages.routing import page_router
from api.routes import data_requests
from api.routes.appraisals import Key
from api.routes.data_requests import Question, Reply
from appraisal.errors import AppraisalError
from appraisal.privacy.data_request import Area, DataKind, DataPhase
from appraisal.privacy.erasing import Part

router = page_router()
TEXTS = ("words", "should_be", "evidence")
FIELDS = {name: name for name in (*TEXTS, "kind", "area", "parts", "decision", "reason", "ground")}
"""Where the rules point to, and the field of the form; the form itself where nothing is said."""


@router.get("/data-requests")
async def show(page: MyPage) -> Response:
    """What waits for HR, and what the visitor has asked."""
    waiting = await data_requests.waiting(page.jenjang, page.person)
    own = await data_requests.own(page.jenjang, page.person) if page.person.person else ()
    gaps = page.jenjang.settings.privacy_gaps if page.person.hr else ()
    return await page.show("data_requests.html", waiting=waiting, own=own, gaps=gaps, said=data_words)


@router.get("/data-requests/new")
async def choose(page: MyPage) -> Response:
    """The form."""
    return await _form(page, page.request.query_params, {})


@router.post("/data-requests/new")
async def ask(page: MyPage, fields: Sent) -> Response:
    """Send the request."""
    try:
        question = Question(
            kind=DataKind(_chosen(fields, "kind", KINDS)),
            area=_area(fields),
            parts=tuple(Part(name) for name in PARTS if f"part_{name}" in fields),
            **{name: fields.get(name, "")[:4000] for name in ("words", "should_be")},
            evidence=fields.get("evidence", "")[:1000],
        )
        made = await data_requests.ask(page.jenjang, page.person, question, fields.get("key") or None)
    except (AppraisalError, Problem) as failed:
        return await _form(page, fields, *refusals.beside(page.words, failed, FIELDS))
    text = page.gettext("HR has your request and answers by %(due)s.", due=page.words.instant(made.due_at))
    return page.go(f"/data-requests/{made.id}", text)


@router.get("/data-requests/{request}")
async def one(request: Key, page: MyPage) -> Response:
    """One request; HR answers here."""
    return await _whole(page, await data_requests.visible(page.jenjang, page.person, request), {}, {})


@router.post("/data-requests/{request}")
async def answer(request: Key, page: MyPage, fields: Sent) -> Response:
    """HR's answer."""
    row = await data_requests.visible(page.jenjang, page.person, request)
    try:
        said = Reply.model_validate(
            {
                "decision": _chosen(fields, "decision", DECISIONS),
                **{name: fields.get(name, "")[:4000] for name in ("reason", "ground")},
            }
        )
        await data_requests.reply(page.jenjang, page.person, request, said, fields.get("key"))
    except (AppraisalError, Problem) as failed:
        return await _whole(page, row, fields, *refusals.beside(page.words, failed, FIELDS))
    return page.go("/data-requests", page.gettext("Answered. %(name)s is told.", name=row.person))


def _area(fields: Fields) -> Area:
    """What it is about; an erasure says that by its parts."""
    if fields.get("kind") == DataKind.ERASURE and not fields.get("area"):
        return Area.OTHER
    return Area(_chosen(fields, "area", AREAS))


def _chosen(fields: Fields, name: str, options: dict[str, str]) -> str:
    if fields.get(name, "") not in options:
        raise Problem(422, "invalid_choice", "", name, "")
    return fields[name]


def _options(page: Page, words: dict[str, str]) -> tuple[tuple[str, str, str], ...]:
    return tuple((name, page.gettext(text), "") for name, text in words.items())


async def _form(page: Page, fields: Fields, errors: dict[str, str], status: int = 200) -> Response:
    if page.person.person is None:
        raise data_requests.NO_EMPLOYEE
    values = {name: fields.get(name, "") for name in (*TEXTS, "area")}
    kind = fields.get("kind", "")
    offered = {"kind": kind if kind in KINDS else DataKind.CORRECTION, "area_options": _options(page, AREAS)}
    ticked = {name for name in PARTS if f"part_{name}" in fields}
    told = {"values": values, "errors": errors, "key": next_key(fields, errors), "parts": PARTS, "ticked": ticked}
    return await page.show("data_request_new.html", status, **told, **offered)


async def _whole(
    page: Page, row: DataRequestRow, fields: Fields, errors: dict[str, str], status: int = 200
) -> Response:
    answers = row.phase == DataPhase.OPEN and data_requests.answers(page.person, row)
    told = row.parts and (answers or row.phase == DataPhase.DONE)
    stays = (
        row.stays if row.phase == DataPhase.DONE else await data_requests.would_stay(page.jenjang, row) if told else ()
    )
    values = {name: fields.get(name, "") for name in ("decision", "reason", "ground")}
    return await page.show(
        "data_request.html",
        status,
        row=row,
        stays=dict(stays),
        told=told,
        values=values,
        errors=errors,
        answers=answers,
        decisions=_options(page, DECISIONS),
        key=next_key(fields, errors),
        said=data_words,
    )
