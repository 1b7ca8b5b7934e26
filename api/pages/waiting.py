"""Waiting for me: a superior's whole work on one page, done in place."""

from fastapi import Response

from api.pages import case_view, waiting_list
from api.pages.case_context import WAITING, context, values_of
from api.pages.render import MyPage
from api.pages.routing import page_router
from api.paging import AfterInstant
from api.routes.appraisals import Key
from api.routes.work import after

router = page_router()


@router.get("/waiting")
async def show(page: MyPage, last: AfterInstant) -> Response:
    """Everything that waits, a page at a time."""
    return await waiting_list.show(page, after(last))


@router.get("/waiting/{cycle}/{employee}")
async def open_one(cycle: Key, employee: Key, page: MyPage) -> Response:
    """One of them, open: in place, or on the whole page without JavaScript."""
    view = await case_view.load(page, cycle, employee)
    item = context(view, await values_of(page, view), {}, WAITING)
    if page.partial:
        return page.fragment("_item_body.html", **item)
    return await waiting_list.show(page, item=item)
