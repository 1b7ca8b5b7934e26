"""Waiting for me: a superior's whole work on one page, done in place."""

from datetime import datetime

from fastapi import Response

from adapters.database import reads
from api.pages import case_view, waiting_list
from api.pages.case_context import WAITING, context, values_of
from api.pages.render import MyPage
from api.pages.routing import page_router
from api.routes.appraisals import Key

router = page_router()


@router.get("/waiting")
async def show(page: MyPage, after_due: datetime | None = None, after_id: str = "") -> Response:
    """Everything that waits, a page at a time."""
    after = reads.After(after_due, after_id) if after_due and after_id else None
    return await waiting_list.show(page, after)


@router.get("/waiting/{cycle}/{employee}")
async def open_one(cycle: Key, employee: Key, page: MyPage) -> Response:
    """One of them, open: in place, or on the whole page without JavaScript."""
    view = await case_view.load(page, cycle, employee)
    item = context(view, await values_of(page, view), {}, WAITING)
    if page.partial:
        return page.fragment("_item_body.html", **item)
    return await waiting_list.show(page, item=item)
