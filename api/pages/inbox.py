"""The inbox: what somebody must know, each with the way to it."""

from typing import Any

from fastapi import Response

from adapters.database import reads
from api.pages import labels
from api.pages.render import MyPage
from api.pages.routing import page_router
from api.security import hats
from appraisal.vocabulary import Step

router = page_router()

ASKS_SUPERIORS = (
    f"{Step.APPROVAL}_waits",
    f"{Step.REVIEW}_waits",
    "escalated_to_you",
    "reminded",
    "became_due",
    "step_opened",
    "holder_changed",
    "preparer_changed",
)
"""Notices that ask somebody else than the employee to do something."""


@router.get("/inbox")
async def show(page: MyPage) -> Response:
    """The newest notices."""
    async with page.jenjang.reading() as session:
        found = await reads.notices(session, hats(page.person))
    told = [{**notice, "url": address(notice, page.person.id), "text": text(notice)} for notice in found]
    return await page.show("inbox.html", notices=told, unread=any(notice["read_at"] is None for notice in found))


@router.post("/inbox/read")
async def read_all(page: MyPage) -> Response:
    """Everything so far is read."""
    await page.jenjang.inbox.read_all(hats(page.person), page.now)
    return page.go("/inbox", page.gettext("Everything is marked as read."))


def text(notice: dict[str, Any]) -> str:
    """What the notice says, still to be translated."""
    return labels.NOTICES.get(notice["kind"], labels.OTHER_NOTICE)


def address(notice: dict[str, Any], person: str) -> str:
    """The very page on which something can be done about it."""
    place, _, rest = str(notice["subject"]).partition("/")
    if place == "calibration":
        return f"/calibrations/{rest}"
    if place == "appointment":
        return "/appointments"
    if place == "nomination":
        return f"/nominations/{rest}"
    if notice["employee_id"] is None:
        return "/inbox"
    case = f"{notice['cycle_id']}/{notice['employee_id']}"
    to_superiors = notice["employee_id"] != person and notice["kind"] in ASKS_SUPERIORS
    return f"/waiting/{case}" if to_superiors else f"/appraisals/{case}"
