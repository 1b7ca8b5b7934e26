"""Drafts of a case's forms: saved as people type, seen by nobody else."""

import json
from typing import Annotated, Any, Literal

from fastapi import Body, Path

from api import orders
from api.errors import Problem
from api.routes.appraisals import Key
from api.security import Signed
from api.services import Jenjang
from api.strict import json_router

router = json_router("/appraisals/{cycle}/{employee}/drafts", ("drafts",))

Form = Annotated[
    Literal["targets", "approval", "self_assessment", "review", "endorsement", "acknowledgement", "hearing", "ruling"],
    Path(),
]
LARGEST = 64 * 1024
TOO_LARGE = Problem(413, "too_large", "The draft is larger than 64 KiB.", "", "Shorten the texts.")


@router.get("")
async def read(cycle: Key, employee: Key, visitor: Signed, jenjang: Jenjang) -> dict[str, dict[str, Any]]:
    """The visitor's own drafts of this case, by form."""
    facts = await orders.visible(jenjang, visitor, cycle, employee)
    return await jenjang.drafts.read(visitor.id, facts.id)


@router.put("/{form}", status_code=204)
async def save(
    cycle: Key, employee: Key, form: Form, body: Annotated[dict[str, Any], Body()], visitor: Signed, jenjang: Jenjang
) -> None:
    """Keep what has been typed so far."""
    facts = await orders.visible(jenjang, visitor, cycle, employee)
    if len(json.dumps(body)) > LARGEST:
        raise TOO_LARGE
    await jenjang.drafts.save(visitor.id, facts.id, form, body, jenjang.now())


@router.delete("/{form}", status_code=204)
async def discard(cycle: Key, employee: Key, form: Form, visitor: Signed, jenjang: Jenjang) -> None:
    """Forget the draft."""
    facts = await orders.visible(jenjang, visitor, cycle, employee)
    await jenjang.drafts.discard(visitor.id, facts.id, form)
