"""The closing report of a cycle, to be kept."""

import asyncio
from typing import Literal
from zoneinfo import ZoneInfo

from fastapi import Response

from adapters.database.reads import closing_record
from adapters.pdf import as_pdf
from api import closing_report
from api.pages.words import Words
from api.routes.appraisals import Key
from api.routes.closing import whole
from api.routes.papers import AS_PDF
from api.security import Officer
from api.services import Jenjang, Services
from api.strict import json_router

router = json_router("/cycles/{cycle}/closing", ("cycles",))


@router.get("/report.pdf", response_class=Response, responses=AS_PDF)
async def report(
    cycle: Key, visitor: Officer, jenjang: Jenjang, language: Literal["id", "en"] | None = None
) -> Response:
    """The report as PDF, in the visitor's language unless another is asked for; before the closing it is provisional."""
    words = Words(language or visitor.language, ZoneInfo(jenjang.settings.zone))
    content = await written(jenjang, cycle, words)
    headers = {"content-disposition": f'attachment; filename="closing-{cycle}.pdf"'}
    return Response(content, media_type="application/pdf", headers=headers)


async def written(jenjang: Services, cycle: str, words: Words) -> bytes:
    """The report as of now. Typesetting thousands of cases takes seconds, so it has a thread of its own."""
    found, now = await whole(jenjang, cycle), jenjang.now()
    async with jenjang.reading() as session:
        record = await closing_record.record(session, cycle)
    return await asyncio.to_thread(as_pdf, closing_report.report(words, found, record, now), now)
