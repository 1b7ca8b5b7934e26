"""A period of the year: its action plan, its report and its rating, each on one page."""

import json
from typing import Any

from fastapi import Response

from adapters.database.reads import directory
from api.errors import Problem, problem_of
from api.pages import case_forms, labels, refusals
from api.pages.case_context import NOT_TYPED, Values, preview
from api.pages.forms import Fields, Reader, Sent, field_of, key_of, next_key
from api.pages.render import MyPage, Page
from api.pages.routing import page_router
from api.pages.words import N_
from api.routes import periods
from api.routes.appraisals import Key
from api.routes.drafts import LARGEST, TOO_LARGE
from api.routes.periods import Number, Where, Whole, Wish
from appraisal.behaviours import GUIDES, NAMES
from appraisal.errors import AppraisalError
from appraisal.periods.evaluation import PlanActions, RatePeriod, ReportPeriod
from appraisal.predicates import MATRIX, SOURCE
from appraisal.vocabulary import Rating

router = page_router()
PERIOD = "/appraisals/{cycle}/{employee}/periods/{number}"
REPORT, RATING = "report", "rating"
PLANNED = N_("Your action plan is on record; your superior can read it.")
DONE = {
    REPORT: N_("Your report is handed in. Your superior has been told."),
    RATING: N_("Your rating of the period is on record, and the employee is told."),
}


@router.get(PERIOD)
async def show(cycle: Key, employee: Key, number: Number, page: MyPage) -> Response:
    """One period, with the form that is this visitor's to fill in now."""
    found = await periods.whole(page.jenjang, page.person, cycle, employee, number)
    return await _whole(page, found, await _values(page, found), {})


@router.post(PERIOD)
async def send(cycle: Key, employee: Key, number: Number, page: MyPage, fields: Sent) -> Response:
    """Keep a draft, tell the action plan, or hand in the report or the rating."""
    where = (cycle, employee, number)
    found = await periods.whole(page.jenjang, page.person, *where)
    form, action = _form(found), fields.get("action", "")
    if form is None:
        return page.go(_url(where), page.gettext("There is nothing for you to do here now."), "warning")
    if action == "draft":
        await _keep(page, found, form, fields)
        return page.go(_url(where), page.gettext("The draft is saved. Nobody but you can see it."))
    reader = Reader(fields, page.words)
    wish = _wish(reader, found, "plan" if form == REPORT and action == "plan" else form)
    if not reader.errors:
        try:
            await periods.give(page.jenjang, page.person, where, wish, key_of(fields))
        except (AppraisalError, Problem) as refusal:
            problem = problem_of(refusal)
            reader.errors[field_of(problem.where)] = refusals.sentence(page.words, problem)
        else:
            if action == "plan":
                return page.go(_url(where), page.gettext(PLANNED))
            await page.jenjang.drafts.discard(page.person.id, found.evaluation.id, form)
            return page.go(_url(where), page.gettext(DONE[form]))
    return await _whole(page, found, fields, reader.errors, 422)


@router.post(PERIOD + "/draft")
async def autosave(cycle: Key, employee: Key, number: Number, page: MyPage, fields: Sent) -> Response:
    """What has been typed so far, sent by the page while people type."""
    found = await periods.whole(page.jenjang, page.person, cycle, employee, number)
    form = _form(found)
    if form:
        await _keep(page, found, form, fields)
    shown = {"matrix": MATRIX, "source": SOURCE, "ratings": tuple(Rating), **preview(fields)}
    return page.fragment(
        "_saved.html", form="review" if form == RATING else form, prefix="", kept=form is not None, **shown
    )


def _wish(reader: Reader, found: Whole, form: str) -> Wish:
    """The command that the form asks for; whether it is usable stands in `reader.errors`."""
    if form == RATING:
        review = case_forms.review_of(reader, found.plan)
        return lambda plan: RatePeriod(plan, review)
    _ = reader.words.gettext
    rows = range(1, (len(found.plan.targets) if found.plan else 0) + 1)
    actions = tuple(reader.text(f"a{n}", _("Target %(number)s, action plan", number=n)) for n in rows)
    if form == "plan":
        return lambda plan: PlanActions(plan, actions)
    told = case_forms.realisations(reader, found.plan)
    return lambda plan: ReportPeriod(plan, actions, told)


def _form(found: Whole) -> str | None:
    """The form that is this visitor's to fill in now."""
    return RATING if "rate_period" in found.allowed else REPORT if found.allowed else None


async def _values(page: Page, found: Whole) -> dict[str, str]:
    """What the form starts with: the own draft, else the action plan as it was told."""
    form, one = _form(found), found.evaluation
    if form is None:
        return {}
    draft = (await page.jenjang.drafts.read(page.person.id, one.id)).get(form, {})
    known = {f"a{n}": action for n, action in enumerate(one.actions, start=1)}
    typed = {name: value for name, value in draft.items() if isinstance(value, str)}
    return {**known, **typed, **({"restored": "yes"} if typed else {})}


async def _keep(page: Page, found: Whole, form: str, fields: Fields) -> None:
    body = {name: value for name, value in fields.items() if name not in NOT_TYPED}
    if len(json.dumps(body)) > LARGEST:
        raise TOO_LARGE
    await page.jenjang.drafts.save(page.person.id, found.evaluation.id, form, body, page.now)


async def _whole(page: Page, found: Whole, values: Fields, errors: dict[str, str], status: int = 200) -> Response:
    one = found.evaluation
    where = (one.cycle, one.parties.employee, one.dates.number)
    async with page.jenjang.reading() as session:
        people = (one.parties.employee, found.holder or "", one.rated_by or "")
        names = await directory.person_names(session, people)
        cycle = await directory.cycle(session, one.cycle)
    told = {"employee": one.parties.employee, "holder": found.holder, "rated_by": one.rated_by}
    shown: dict[str, Any] = {name: names.get(who or "", "") for name, who in told.items()}
    shown |= {"one": one, "plan": found.plan, "form": _form(found), "cycle": cycle or {}, "url": _url(where)}
    shown |= {"case_url": f"/appraisals/{where[0]}/{where[1]}", "own": page.person.id == where[1], "labels": labels}
    shown |= {"late": bool(one.due and one.dates.ends <= page.now), "key": next_key(values, errors), "prefix": ""}
    shown |= {"values": Values(values), "errors": errors, "behaviours": NAMES, "guides": GUIDES}
    shown |= {"matrix": MATRIX, "source": SOURCE, "ratings": tuple(Rating)}
    return await page.show("period.html", status, **shown, **preview(values))


def _url(where: Where) -> str:
    return f"/appraisals/{where[0]}/{where[1]}/periods/{where[2]}"
