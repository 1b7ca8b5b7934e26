"""How was I measured: from the agreed targets to the predicate, each number one click from its reason and its rule."""

from fastapi import Response

from api.pages import case_view, measured_view, rule_words, voice_words
from api.pages.render import MyPage
from api.pages.routing import page_router
from api.pages.rule_words import RULE_CONTEXT
from api.routes.appraisals import Key
from appraisal.behaviours import NAMES
from appraisal.vocabulary import Step

router = page_router()


@router.get("/appraisals/{cycle}/{employee}/measured")
async def show(cycle: Key, employee: Key, page: MyPage) -> Response:
    """For everybody who may see the case; before the delivery it tells what can be seen when."""
    view = await case_view.load(page, cycle, employee)
    return await page.show(
        "measured.html",
        view=view,
        measured=await measured_view.load(page, view),
        behaviours=NAMES,
        told_at=view.case.timetable.window(Step.CALIBRATION).end,
        rule_words=rule_words,
        voice_words=voice_words,
        **RULE_CONTEXT,
    )
