"""The rules of a cycle as those who take part read, confirm and ask about them; and how HR follows that, unit by unit."""

from typing import Any

from fastapi import Response

from adapters.database.documents import POLICY, TIMETABLE
from adapters.database.reads import directory
from adapters.database.reads import socialisation as record
from adapters.database.reads.socialisation import After
from api import errors
from api.errors import NOT_FOUND, NOT_YOURS, Problem, problem_of
from api.pages import refusals, rule_words, terms
from api.pages.case_context import Values
from api.pages.choosing import is_key
from api.pages.drawing import Bar, stacked, time_line
from api.pages.forms import Fields, Sent, key_of, next_key
from api.pages.render import MyPage, OfficerPage, Page
from api.pages.routing import page_router
from api.pages.rule_words import RULE_CONTEXT
from api.pages.words import N_
from api.paging import AT, AfterInstant
from api.routes import socialisation
from api.routes.appraisals import Key
from api.routes.cycles import known
from api.routes.socialisation import RulesOfCycle
from appraisal.cycle import Phase
from appraisal.errors import AppraisalError
from appraisal.socialisation import Stage, demand_reminder, demand_running, rules_of, stage, targets_of

router = page_router()
MOST = 25
"""Questions on one page."""
STAGES: dict[str, str] = {
    Stage.BEFORE: N_("before the targets open"),
    Stage.OPEN: N_("while targets can be set"),
    Stage.OVER: N_("afterwards"),
}


@router.get("/cycles/{cycle}/rules")
async def show(cycle: Key, page: MyPage, last: AfterInstant) -> Response:
    """The rules, the own confirmation, questions and answers; for HR also the share that has confirmed."""
    return await _show(page, cycle, {}, {}, after=After(*last) if last else None)


@router.post("/cycles/{cycle}/rules/confirm")
async def confirm(cycle: Key, page: MyPage, fields: Sent) -> Response:
    """Keep that the visitor has read them."""
    try:
        await socialisation.confirm(page.jenjang, page.person, cycle, fields.get("rules", "")[:60])
    except (AppraisalError, Problem) as failed:
        return await _refused(page, cycle, fields, failed, "")
    return page.go(_url(cycle), page.gettext("Thank you. It is on record that you have read the rules of this cycle."))


@router.post("/cycles/{cycle}/rules/ask")
async def ask(cycle: Key, page: MyPage, fields: Sent) -> Response:
    """Keep a question."""
    text = fields.get("text", "")[:4000]
    try:
        made = await socialisation.ask(page.jenjang, page.person, cycle, text, key_of(fields))
    except (AppraisalError, Problem) as failed:
        return await _refused(page, cycle, {**fields, "text": text}, failed, "text")
    text = page.gettext("HR is told of your question. You are told when it is answered.")
    return page.go(f"{_url(cycle)}#question-{made.id}", text)


@router.post("/cycles/{cycle}/rules/answer")
async def answer(cycle: Key, page: OfficerPage, fields: Sent) -> Response:
    """Keep HR's answer."""
    question, text = fields.get("question", ""), fields.get("text", "")[:4000]
    if not is_key(question):
        raise NOT_FOUND
    try:
        await socialisation.answer(page.jenjang, page.person, cycle, question, text, key_of(fields))
    except (AppraisalError, Problem) as failed:
        field = f"answer-{question}"
        return await _refused(page, cycle, {"key": fields.get("key", ""), field: text}, failed, field)
    told = page.gettext("Answered. Whoever asked is told, and everybody who takes part can read it.")
    return page.go(f"{_url(cycle)}#question-{question}", told)


@router.post("/cycles/{cycle}/rules/remind")
async def remind(cycle: Key, page: OfficerPage, fields: Sent) -> Response:
    """Remind everybody who has not confirmed."""
    try:
        people = await socialisation.remind(page.jenjang, page.person, cycle)
    except (AppraisalError, Problem) as failed:
        return await _refused(page, cycle, {}, failed, "")
    return page.go(f"{_url(cycle)}#share", page.gettext("%(count)s people have been reminded.", count=people))


async def unread(page: Page, cycle: dict[str, Any]) -> bool:
    """Whether the visitor, who takes part in this cycle, has still to confirm its rules: before its targets, and meanwhile."""
    if cycle["timetable"] is None or cycle["phase"] == Phase.CLOSED:
        return False
    if stage(targets_of(TIMETABLE.validate_python(cycle["timetable"])), page.now) is Stage.OVER:
        return False
    rules = rules_of(POLICY.validate_python(cycle["policy"]))
    async with page.jenjang.reading() as session:
        return await record.confirmed_at(session, cycle["id"], rules, page.person.id) is None


def _url(cycle: str) -> str:
    return f"/cycles/{cycle}/rules"


async def _refused(page: Page, cycle: str, fields: Fields, failed: AppraisalError | Problem, field: str) -> Response:
    """The page again with what is wrong. What is none of the visitor's business stays a page of its own."""
    problem = problem_of(failed)
    if problem in (NOT_FOUND, NOT_YOURS):
        raise problem
    at = field if problem.status == errors.BAD_INPUT else ""
    return await _show(page, cycle, fields, {at: refusals.sentence(page.words, problem)}, problem.status)


async def _show(
    page: Page, cycle: str, fields: Fields, errors_found: dict[str, str], status: int = 200, after: After | None = None
) -> Response:
    found = await socialisation.rules_of(page.jenjang, page.person, cycle)
    found_questions = await socialisation.questions(page.jenjang, page.person, cycle, after, MOST + 1)
    asked, older = AT.cut(found_questions, MOST, lambda one: (one.asked_at, one.id))
    shown = await known(page.jenjang, cycle)
    return await page.show(
        "rules.html",
        status,
        cycle=shown,
        found=found,
        url=_url(cycle),
        running=found.phase is not Phase.CLOSED,
        targets=targets_of(found.timetable),
        line=time_line(found.timetable, shown["starts_at"]),
        guideline=rule_words.guideline(page.words),
        objecting=rule_words.objecting(page.words, found.timetable),
        asked=asked,
        older=f"{_url(cycle)}?after={older}#questions" if older else "",
        values=Values(fields),
        errors=errors_found,
        key=next_key(fields, errors_found),
        stages=STAGES,
        terms=terms,
        rule_words=rule_words,
        **RULE_CONTEXT,
        **await _followed(page, cycle, found),
    )


async def _followed(page: Page, cycle: str, found: RulesOfCycle) -> dict[str, Any]:
    """For HR: the share that has confirmed, unit by unit, and whether it may remind now."""
    if not page.person.hr:
        return {"confirmed": None}
    confirmed = await socialisation.confirmed(page.jenjang, cycle, found.rules)
    missing = sum(one.missing for one in confirmed.units)
    reminded = tuple(one.stage for one in confirmed.reminders)
    try:
        demand_running(found.phase)
        demand_reminder(found.stage, reminded, missing)
    except AppraisalError:
        reminds = False
    else:
        reminds = True
    async with page.jenjang.reading() as session:
        units = await directory.unit_names(session, page.jenjang.today())
    series = (("s-age-1", page.gettext("confirmed")), ("s-free", page.gettext("not yet")))
    most = max((one.people for one in confirmed.units), default=0)
    rows = tuple(
        Bar(units.get(one.unit, one.unit), stacked(series, (one.confirmed, one.missing), most))
        for one in confirmed.units
    )
    return {"confirmed": confirmed, "series": series, "rows": rows, "missing": missing, "reminds": reminds}
