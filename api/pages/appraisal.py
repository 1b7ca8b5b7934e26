"""My appraisal: where am I, what is next, how was I measured. And every form of a case, wherever it is filled in."""

import re
import uuid
from typing import Annotated, Any, Literal

from fastapi import Path, Response

from adapters.database.reads import case_rows
from api import orders
from api.errors import Problem, problem_of
from api.pages import (
    case_context,
    case_forms,
    case_view,
    labels,
    navigation,
    paper_words,
    refusals,
    remedies,
    socialisation,
    waiting_list,
)
from api.pages.case_context import HERE, WAITING, context, keep, preview, values_of
from api.pages.case_view import View
from api.pages.forms import Fields, Reader, Sent, field_of, key_of, revision_of
from api.pages.render import MyPage, Page
from api.pages.routing import page_router
from api.pages.words import N_
from api.routes.appraisals import Key
from appraisal.errors import AppraisalError
from appraisal.predicates import MATRIX, SOURCE
from appraisal.vocabulary import Rating

router = page_router()

Form = Annotated[
    Literal["targets", "approval", "self_assessment", "review", "endorsement", "acknowledgement", "hearing", "ruling"],
    Path(),
]
OVERTAKEN = (403, 409, 412)
"""Statuses after which the form itself is of no use any more."""
NO_PROSE = re.compile(
    r"key|revision|action|place|decision|results|behaviour|t\d_(support|aspect|value|unit|weight)|r\d_value"
)
"""Fields that are chosen or counted in a moment; whatever else was typed is shown again when a form comes too late."""
DONE = {
    "targets": N_("Your targets are handed in. Your superior has been told."),
    "approval": N_("Your decision on the targets of %(name)s is on record."),
    "self_assessment": N_("Your self-assessment is handed in. Your superior has been told."),
    "review": N_("Your review of %(name)s is on record."),
    "endorsement": N_("Your decision on the review of %(name)s is on record."),
    "acknowledgement": N_("You have acknowledged the result."),
    "hearing": N_("Your answer to the objection of %(name)s is on record."),
    "ruling": N_("Your decision on the objection of %(name)s is on record. It is final."),
}


@router.get("/me")
async def mine(page: MyPage) -> Response:
    """The newest own case."""
    async with page.jenjang.reading() as session:
        rows = await case_rows.cases_of_person(session, page.person.id)
    if rows:
        return page.go(f"/appraisals/{rows[0].cycle_id}/{rows[0].employee_id}")
    return await page.show("no_appraisal.html")


@router.get("/appraisals/{cycle}/{employee}")
async def show(cycle: Key, employee: Key, page: MyPage) -> Response:
    """One case."""
    view = await case_view.load(page, cycle, employee)
    return await whole(page, view, await values_of(page, view), {})


@router.post("/appraisals/{cycle}/{employee}/remedy")
async def free(cycle: Key, employee: Key, page: MyPage, fields: Sent) -> Response:
    """What frees a case, by HR or a superior; then the case as it is."""
    view, reader = await case_view.load(page, cycle, employee), Reader(fields, page.words)
    remedy = remedies.remedy_of(reader, page.words.zone)
    if remedy is not None:
        try:
            await orders.give(page.jenjang, page.person, (cycle, employee), remedy, key_of(fields), revision_of(fields))
            return page.go(view.url, page.gettext("Done. It stands in the story of the case, with your reason."))
        except (AppraisalError, Problem) as refusal:
            remedies.refuse(reader, problem_of(refusal))
    form = remedies.context(view, fields, reader.errors, key_of(fields))
    return await whole(page, view, await values_of(page, view), {}, 422, form)


@router.post("/appraisals/{cycle}/{employee}/{form}")
async def send(cycle: Key, employee: Key, form: Form, page: MyPage, fields: Sent) -> Response:
    """A form of the case: keep it as a draft, or hand it in."""
    view = await case_view.load(page, cycle, employee)
    if fields.get("action") == "draft":
        await keep(page, view, form, fields)
        text = page.gettext("The draft is saved. Nobody but you can see it.")
        return page.go(_back(view, fields), text)
    reader = Reader(fields, page.words)
    options = await case_view.choices(page, view) if form == "targets" else None
    command = case_forms.command_of(form, reader, view.case, options)
    if not reader.errors:
        try:
            accepted = await orders.give(
                page.jenjang, page.person, (cycle, employee), command, key_of(fields), revision_of(fields)
            )
            await page.jenjang.drafts.discard(page.person.id, view.case.id, form)
            return await _done(page, view, form, fields, accepted.receipt is None)
        except (AppraisalError, Problem) as refusal:
            problem = problem_of(refusal)
            if problem.status in OVERTAKEN:
                await keep(page, view, form, fields)
                return await _overtaken(page, view, fields, problem)
            reader.errors[field_of(problem.where, case_forms.filled_rows(fields))] = refusals.sentence(
                page.words, problem
            )
    return await again(page, view, fields, reader.errors)


@router.post("/appraisals/{cycle}/{employee}/{form}/draft")
async def autosave(cycle: Key, employee: Key, form: Form, page: MyPage, fields: Sent) -> Response:
    """What has been typed so far, sent by the page while people type."""
    view = await case_view.load(page, cycle, employee)
    await keep(page, view, form, fields)
    prefix = case_context.prefix_of(view, fields.get("place", ""))
    ratings = {"matrix": MATRIX, "source": SOURCE, "ratings": tuple(Rating), **preview(fields)}
    return page.fragment("_saved.html", form=form, prefix=prefix, kept=view.form == form, **ratings)


async def again(page: Page, view: View, fields: Fields, errors: dict[str, str]) -> Response:
    """The same form with everything that was typed and what is wrong with it."""
    if fields.get("place") != WAITING:
        return await whole(page, view, fields, errors, 422)
    item = context(view, fields, errors, WAITING)
    if page.partial:
        return page.fragment("_item_body.html", 422, **item)
    return await waiting_list.show(page, status=422, item=item)


async def whole(
    page: Page,
    view: View,
    values: Fields,
    errors: dict[str, str],
    status: int = 200,
    remedy: dict[str, Any] | None = None,
) -> Response:
    """The page of the case, with its forms as they were filled in."""
    options = await case_view.choices(page, view) if view.form == "targets" else None
    aspects = (("", tuple((aspect, page.gettext(text)) for aspect, text in labels.ASPECTS.items())),)
    total = case_forms.total_weight(values)
    filled = case_forms.filled_rows(values)
    return await page.show(
        "appraisal.html",
        status,
        choices=options,
        aspect_groups=aspects,
        total=total,
        filled=filled,
        unread=view.own and await socialisation.unread(page, view.cycle),
        papers=paper_words.of_case(view.case, view.events),
        paper_words=paper_words,
        **context(view, values, errors, HERE),
        **(remedy or remedies.context(view, {}, {}, uuid.uuid4().hex)),
    )


async def _done(page: Page, view: View, form: str, fields: Fields, unstored: bool) -> Response:
    text = page.gettext(DONE[form], name=view.employee)
    if unstored:
        text = page.gettext("Your decision is accepted and is being recorded; the page shows it in a moment.")
    if page.partial and fields.get("place") == WAITING:
        count = await navigation.waiting(page.jenjang, page.person)
        response = page.fragment("_item_done.html", text=text, view=view, count=count)
        response.headers.update(
            {"HX-Retarget": f"#item-{view.case.cycle}-{view.case.parties.employee}", "HX-Reswap": "outerHTML"}
        )
        return response
    return page.go(_back(view, fields), text, "warning" if unstored else "success")


async def _overtaken(page: Page, view: View, fields: Fields, problem: Problem) -> Response:
    typed = [value for name, value in fields.items() if value.strip() and not NO_PROSE.fullmatch(name)]
    told = refusals.told(page.words, problem)
    back = _back(view, fields)
    context = {"told": told, "typed": typed, "back": back, "onward": page.gettext("Load the page again")}
    if page.partial:
        return page.fragment("_overtaken.html", problem.status, **context)
    return await page.show("overtaken.html", problem.status, **context)


def _back(view: View, fields: Fields) -> str:
    return "/waiting" if fields.get("place") == WAITING else view.url
