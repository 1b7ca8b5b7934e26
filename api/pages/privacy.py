"""The privacy notice: what is held about people, why, how long, who sees it, who decides, and what one can ask. For anybody."""

from fastapi import Response

from adapters.database.reads.paper_facts import agency_name
from api.pages.render import OpenPage
from api.pages.routing import page_router
from appraisal.privacy.personal_data import NOBODYS, PURPOSES, TERMS

router = page_router()
TOLD = {category: purpose for category, purpose in PURPOSES.items() if category not in NOBODYS}


@router.get("/privacy")
async def show(page: OpenPage) -> Response:
    """The notice. Rule: data_information."""
    settings, agency = page.jenjang.settings, page.jenjang.settings.agency
    if agency is None:
        async with page.jenjang.reading() as session:
            agency = await agency_name(session, page.jenjang.today())
    return await page.show("privacy.html", purposes=TOLD, terms=TERMS, agency=agency, settings=settings)
