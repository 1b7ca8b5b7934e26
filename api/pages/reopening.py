"""HR opens a closed case again from its own page."""

import uuid

from fastapi import Response

from api.errors import Problem, problem_of
from api.pages import appraisal, case_view, refusals, remedies
from api.pages.case_context import values_of
from api.pages.forms import Reader, Sent, key_of
from api.pages.render import MyPage
from api.pages.routing import page_router
from api.routes import reopening
from api.routes.appraisals import Key
from appraisal.errors import AppraisalError
from appraisal.vocabulary import Step

router = page_router()
FIELDS = {"step": "reopen_step", "reason": "reopen_reason"}
"""Where the rules point to -> the field of the form."""


@router.post("/appraisals/{cycle}/{employee}/reopening")
async def reopen(cycle: Key, employee: Key, page: MyPage, fields: Sent) -> Response:
    """The case goes on at the chosen step; a refusal stands beside its field."""
    view, reader = await case_view.load(page, cycle, employee), Reader(fields, page.words)
    step = reader.one_of("reopen_step", page.gettext("Goes on at"), Step, Step.TARGETS)
    why, status = reader.reason("reopen_reason", page.gettext("Reason")), 422
    if not reader.errors:
        try:
            await reopening.tell(page.jenjang, page.person, (cycle, employee), step, why, key_of(fields))
            return page.go(view.url, page.gettext("The case goes on. It stands in its story, with your reason."))
        except (AppraisalError, Problem) as failed:
            problem = problem_of(failed)
            status = problem.status
            reader.errors[FIELDS.get(problem.where, "")] = refusals.sentence(page.words, problem)
    form = remedies.context(view, {}, {}, uuid.uuid4().hex)
    shown = {**form, "reopen_values": fields, "reopen_errors": reader.errors}
    return await appraisal.whole(page, view, await values_of(page, view), {}, status, shown)
