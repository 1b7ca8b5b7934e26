"""For HR of the agency: what is kept how long, what goes next, and what went."""

from fastapi import Response

from api.pages import retention_words
from api.pages.render import OfficerPage
from api.pages.routing import page_router
from api.routes.retention import seen

router = page_router()


@router.get("/retention")
async def show(page: OfficerPage) -> Response:
    """Everything about it on one page."""
    return await page.show("retention.html", seen=await seen(page.jenjang), said=retention_words)
