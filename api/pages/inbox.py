"""The inbox: what somebody must know, each with the way to it."""

from typing import Any

from fastapi import Response

from adapters.database.reads import case_rows
from api.pages.notice_words import address, text
from api.pages.render import MyPage
from api.pages.routing import page_router
from api.security import hats

router = page_router()


@router.get("/inbox")
async def show(page: MyPage) -> Response:
    """The newest notices."""
    async with page.jenjang.reading() as session:
        found = await case_rows.notices(session, hats(page.person))
    told = [{**notice, "url": _address(notice, page.person.id), "text": text(notice["kind"])} for notice in found]
    return await page.show("inbox.html", notices=told, unread=any(notice["read_at"] is None for notice in found))


@router.post("/inbox/read")
async def read_all(page: MyPage) -> Response:
    """Everything so far is read."""
    await page.jenjang.inbox.read_all(hats(page.person), page.now)
    return page.go("/inbox", page.gettext("Everything is marked as read."))


def _address(notice: dict[str, Any], person: str) -> str:
    return address(notice["kind"], notice["subject"], notice["cycle_id"], notice["employee_id"], person)
