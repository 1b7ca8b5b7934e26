"""What was said of somebody's work during the year, and where it is said."""

from fastapi import Response

from api.errors import Problem, problem_of
from api.pages import case_view, period_words, refusals
from api.pages.case_context import Values
from api.pages.case_view import View
from api.pages.forms import Fields, Sent, field_of, key_of, next_key
from api.pages.render import MyPage, Page
from api.pages.routing import page_router
from api.routes import feedback
from api.routes.appraisals import Key
from appraisal.behaviours import NAMES
from appraisal.errors import AppraisalError
from appraisal.periods.feedback import BEHAVIOUR, TARGET, Feedback, FeedbackKind

router = page_router()
PLACE = "/appraisals/{cycle}/{employee}/feedback"


@router.get(PLACE)
async def show(cycle: Key, employee: Key, page: MyPage) -> Response:
    """All that was said, the newest first, and the form for whoever may add to it."""
    return await _whole(page, await case_view.load(page, cycle, employee), {}, {})


@router.post(PLACE)
async def say(cycle: Key, employee: Key, page: MyPage, fields: Sent) -> Response:
    """Put it on record. A second click is the same one."""
    view = await case_view.load(page, cycle, employee)
    kind = FeedbackKind.COACHING if fields.get("kind") == FeedbackKind.COACHING else FeedbackKind.FEEDBACK
    said = Feedback(kind, fields.get("text", ""), fields.get("about", ""))
    try:
        await feedback.give(page.jenjang, page.person, (cycle, employee), said, key_of(fields))
    except (AppraisalError, Problem) as failed:
        problem = problem_of(failed)
        errors = {field_of(problem.where): refusals.sentence(page.words, problem)}
        return await _whole(page, view, fields, errors, problem.status)
    return page.go(f"{view.url}/feedback", page.gettext("It is on record, and %(name)s is told.", name=view.employee))


async def _whole(page: Page, view: View, fields: Fields, errors: dict[str, str], status: int = 200) -> Response:
    told = await feedback.told(page.jenjang, page.person, (view.case.cycle, view.case.parties.employee))
    _ = page.gettext
    targets = view.case.plan.targets if view.case.plan else ()
    about_targets = tuple((f"{TARGET}{n}", target.title) for n, target in enumerate(targets, start=1))
    about_behaviour = tuple((f"{BEHAVIOUR}{value}", name) for value, name in NAMES.items())
    groups = ((_("Targets"), about_targets), (_("Behaviour"), about_behaviour))
    return await page.show(
        "feedback.html",
        status,
        view=view,
        rows=told.rows,
        may_add=told.may_add,
        kinds=tuple((str(kind), _(period_words.FEEDBACK[kind]), "") for kind in FeedbackKind),
        groups=tuple(group for group in groups if group[1]),
        about=dict((*about_targets, *about_behaviour)),
        values=Values(fields),
        errors=errors,
        key=next_key(fields, errors),
    )
