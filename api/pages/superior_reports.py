"""'My superior is wrong', in two clicks; and where HR decides on it."""

from fastapi import Response

from adapters.database.reads import directory, superior_ground
from adapters.database.reads.superior_reports import ReportRow
from api.errors import Problem
from api.pages import refusals
from api.pages.choosing import is_key, offered
from api.pages.forms import Fields, Sent, next_key
from api.pages.render import MyPage, Page
from api.pages.routing import page_router
from api.pages.words import N_
from api.routes import superior_reports
from api.routes.appraisals import Key
from api.routes.superior_reports import Answer, Wrong
from appraisal.errors import AppraisalError
from appraisal.people.superior_report import ReportPhase

router = page_router()
PHASES: dict[str, str] = {
    ReportPhase.OPEN: N_("waits for HR"),
    ReportPhase.ACCEPTED: N_("accepted"),
    ReportPhase.DECLINED: N_("declined"),
}
DECISIONS = ("accept", "decline")
FIELDS = {name: name for name in ("superior", "words", "reason")}
"""Where the rules point to, and the field of the form; the form itself where nothing is said."""


@router.get("/superior-reports")
async def show(page: MyPage) -> Response:
    """What waits for HR; for others, what they have reported."""
    rows = await superior_reports.listed(page.jenjang, page.person)
    return await page.show("superior_reports.html", rows=rows, phases=PHASES)


@router.get("/superior-reports/new")
async def choose(page: MyPage) -> Response:
    """The form: who it should be, if that is known, and words, if there are any."""
    return await _form(page, {}, {})


@router.post("/superior-reports/new")
async def report(page: MyPage, fields: Sent) -> Response:
    """Search for somebody, or report."""
    if fields.get("action") == "search":
        return await _form(page, fields, {})
    superior = fields.get("superior", "")
    try:
        wrong = Wrong(superior=superior if is_key(superior) else None, words=fields.get("words", "")[:4000])
        made = await superior_reports.report(page.jenjang, page.person, wrong, fields.get("key") or None)
    except (AppraisalError, Problem) as failed:
        return await _form(page, fields, *refusals.beside(page.words, failed, FIELDS))
    text = page.gettext("HR is told. Your appraisal goes on meanwhile, and you are told the answer.")
    return page.go(f"/superior-reports/{made.id}", text)


@router.get("/superior-reports/{report}")
async def one(report: Key, page: MyPage) -> Response:
    """One report; HR decides here."""
    return await _whole(page, await superior_reports.visible(page.jenjang, page.person, report), {}, {})


@router.post("/superior-reports/{report}")
async def decide(report: Key, page: MyPage, fields: Sent) -> Response:
    """Search for somebody, accept or decline."""
    row = await superior_reports.visible(page.jenjang, page.person, report)
    if fields.get("action") == "search":
        return await _whole(page, row, fields, {})
    try:
        decided = await superior_reports.decide(page.jenjang, page.person, report, _answer(fields), fields.get("key"))
    except (AppraisalError, Problem) as failed:
        return await _whole(page, row, fields, *refusals.beside(page.words, failed, FIELDS))
    if decided.phase == ReportPhase.ACCEPTED:
        text = page.gettext("Accepted. Open appraisals follow at once; %(name)s is told.", name=decided.person)
    else:
        text = page.gettext("Declined. %(name)s is told, with your reason.", name=decided.person)
    return page.go("/superior-reports", text)


def _answer(fields: Fields) -> Answer:
    decision, superior = fields.get("action", ""), fields.get("superior", "")
    if decision not in DECISIONS:
        raise Problem(422, "invalid_choice", "", "", "")
    accept = decision == "accept"
    if accept and not is_key(superior):
        raise Problem(422, "nobody_chosen", "", "superior", "")
    reason = fields.get("reason", "")[:4000]
    return Answer(decision="accept" if accept else "decline", superior=superior if accept else None, reason=reason)


async def _form(page: Page, fields: Fields, errors: dict[str, str], status: int = 200) -> Response:
    if page.person.person is None:
        raise superior_reports.NO_EMPLOYEE
    values = {name: fields.get(name, "") for name in ("search", "superior", "words")}
    person, today = page.person.person, page.jenjang.today()
    async with page.jenjang.reading() as session:
        known = (await superior_ground.ground(session, (person,), "", today)).before.get(person)
        names = await directory.person_names(session, (known or "",))
    return await page.show(
        "superior_report_new.html",
        status,
        values=values,
        errors=errors,
        candidates=await offered(page, values["search"], known or person, values["superior"], person),
        current=names.get(known or ""),
        key=next_key(fields, errors),
    )


async def _whole(page: Page, row: ReportRow, fields: Fields, errors: dict[str, str], status: int = 200) -> Response:
    chosen = fields.get("superior", row.proposed_id or "")
    values = {"search": fields.get("search", ""), "superior": chosen, "reason": fields.get("reason", "")}
    near = row.before_id or row.person_id
    decides = page.person.hr and row.phase == ReportPhase.OPEN and page.person.id != row.person_id
    return await page.show(
        "superior_report.html",
        status,
        row=row,
        values=values,
        errors=errors,
        decides=decides,
        candidates=await offered(page, values["search"], near, chosen, row.person_id) if decides else (),
        key=next_key(fields, errors),
        phases=PHASES,
    )
