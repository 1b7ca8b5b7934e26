"""Where the QR code of a paper leads: what its holder may know, without signing in. It answers to a code and to nothing else."""

from typing import Annotated

from fastapi import Path, Query, Response

from api.pages.paper_words import PAPERS, STANDINGS
from api.pages.render import OpenPage, Page
from api.pages.routing import page_router
from api.papers.issuing import spaced, standing
from appraisal.papers.papers import code_of, grouped

router = page_router()


@router.get("/verify")
async def ask(page: OpenPage, code: Annotated[str, Query(max_length=60)] = "") -> Response:
    """A field for the code, for whoever cannot scan it."""
    known = code_of(code)
    if known:
        return page.go(f"/verify/{known}")
    return await _unknown(page, code, 404) if code.strip() else await page.show("verify.html", code="", wrong=False)


@router.get("/verify/{code}")
async def show(page: OpenPage, code: Annotated[str, Path(max_length=60)]) -> Response:
    """What was issued under this code, and whether it still holds."""
    known = code_of(code)
    issued = await page.jenjang.papers.known(known) if known else None
    if issued is None:
        return await _unknown(page, code, 404)
    found, newest = await standing(page.jenjang, issued)
    return await page.show(
        "verified.html",
        issued=issued,
        newest=newest,
        standing=found,
        says=STANDINGS[found],
        kind=PAPERS[issued.kind],
        code=grouped(issued.code),
        fingerprint=spaced(issued.digest),
    )


async def _unknown(page: Page, code: str, status: int) -> Response:
    return await page.show("verify.html", status, code=code, wrong=True)
