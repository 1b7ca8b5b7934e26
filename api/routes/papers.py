"""The documents of a case and of a unit as PDF: SKP, evaluation, D.1.1, and the predicates of a unit."""

from typing import Annotated, Any, Literal

from fastapi import Path, Response
from pydantic import BaseModel

from adapters.database.desk.accounts import Visitor
from adapters.database.reads import case_rows
from adapters.database.reads.paper_facts import acts_of
from api import orders
from api.errors import NOT_FOUND
from api.papers import issuing
from api.papers.issuing import Subject
from api.routes import groups
from api.routes.appraisals import Key
from api.security import Signed
from api.services import Jenjang, Services
from api.strict import json_router
from appraisal.papers.papers import OF_A_CASE, Hindrance, PaperKind, hindrance

router = json_router(tags=("documents",))

PDF = "application/pdf"
AS_PDF: dict[int | str, dict[str, Any]] = {
    200: {"content": {PDF: {}}, "description": "The document, PDF/A-2a and PDF/UA-1."}
}
OfCase = Annotated[Literal["skp", "evaluation", "result"], Path()]


class Ready(BaseModel):
    """A document of a case, and what keeps it from being issued now; nothing where it can be."""

    kind: PaperKind
    hindrance: Hindrance | None


@router.get("/appraisals/{cycle}/{employee}/documents")
async def documents(cycle: Key, employee: Key, visitor: Signed, jenjang: Jenjang) -> tuple[Ready, ...]:
    """The documents of the case, for whoever may see the case."""
    facts = await orders.visible(jenjang, visitor, cycle, employee)
    async with jenjang.reading() as session:
        case, events = await case_rows.case(session, facts.id), await case_rows.events(session, facts.id)
    if case is None:
        raise NOT_FOUND
    acts = acts_of(events)
    return tuple(Ready(kind=kind, hindrance=hindrance(kind, case, acts)) for kind in OF_A_CASE)


@router.get("/appraisals/{cycle}/{employee}/documents/{kind}.pdf", response_class=Response, responses=AS_PDF)
async def document(cycle: Key, employee: Key, kind: OfCase, visitor: Signed, jenjang: Jenjang) -> Response:
    """One of them, for whoever may see the case; 409 `not_issued_yet` while it would be a draft. Always Indonesian.

    The same content asked again is the same paper: number, version and code. Another content is the next version.
    """
    await orders.visible(jenjang, visitor, cycle, employee)
    return await issued(jenjang, visitor, Subject(PaperKind(kind), cycle, employee))


@router.get("/calibrations/{cycle}/{unit}/documents/distribution.pdf", response_class=Response, responses=AS_PDF)
async def distribution(cycle: Key, unit: Key, visitor: Signed, jenjang: Jenjang) -> Response:
    """The predicates of the unit as decided, for whoever may see its calibration; 409 before the first decision."""
    await groups.board(jenjang, visitor, cycle, unit)
    return await issued(jenjang, visitor, Subject(PaperKind.DISTRIBUTION, cycle, unit))


async def issued(jenjang: Services, visitor: Visitor, subject: Subject) -> Response:
    """This document as PDF, under its number. Rights are the caller's business."""
    paper, content = await issuing.issue(jenjang, visitor, subject)
    name = f"{paper.title.replace('/', '-').lower()}-v{paper.version}.pdf"
    return Response(content, media_type=PDF, headers={"content-disposition": f'inline; filename="{name}"'})
