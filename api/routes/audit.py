"""The record for those who check it: who read whose case, the anchors, and the archive for auditors."""

import shutil
import tempfile
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, Query
from fastapi.responses import FileResponse
from pydantic import BaseModel
from starlette.background import BackgroundTask

from adapters.archive import Extent, pack
from adapters.database import anchors as made
from adapters.database.desk.accounts import Visitor
from adapters.database.desk.readings import Key as Place
from adapters.database.desk.readings import Seen, Wanted, listed
from api import orders
from api.errors import NOT_YOURS
from api.routes.appraisals import Key
from api.security import Officer, Signed
from api.services import Jenjang, Services
from api.strict import json_router
from appraisal.reading import Ground

router = json_router(tags=("the record",))
LIMIT, NAME = 100, "jenjang-record.zip"
ZIP: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/zip": {}}, "description": "The archive; README.txt in it tells how to check it."}
}


@dataclass(frozen=True, slots=True)
class Asked:
    """The filter of a list of readings."""

    employee: Annotated[str, Query(max_length=12)] = ""
    reader: Annotated[str, Query(max_length=64)] = ""
    ground: Ground | None = None
    since: date | None = None
    until: date | None = None

    def wanted(self, subject: str = "") -> Wanted:
        return Wanted(self.employee, self.reader, subject, self.ground or "", self.since, self.until)


class Anchored(BaseModel):
    """One day's anchor. Keep the hash where nobody of this house can change it; `jenjang audit verify --anchor` compares."""

    day: date
    made_at: datetime
    heads: int
    hash: str


Filter = Annotated[Asked, Depends()]


@router.get("/audit/readings")
async def readings(
    visitor: Officer, jenjang: Jenjang, asked: Filter, after: Annotated[str, Query(max_length=200)] = ""
) -> tuple[Seen, ...]:
    """Who looked at which case or list, the newest first, 100 at once; `after` is `at reader subject ground` of the last."""
    async with jenjang.reading() as session:
        return await listed(session, asked.wanted(), key_of(after), LIMIT)


@router.get("/appraisals/{cycle}/{employee}/readings")
async def readers(cycle: Key, employee: Key, visitor: Signed, jenjang: Jenjang) -> tuple[Seen, ...]:
    """Who looked at this case: for the employee, and for HR of the agency."""
    return await of_case(jenjang, visitor, cycle, employee)


async def of_case(jenjang: Services, visitor: Visitor, cycle: str, employee: str) -> tuple[Seen, ...]:
    """The newest looks at a case, its own employee's left out. Others who may see the case may not see who else does."""
    facts = await orders.visible(jenjang, visitor, cycle, employee)
    if visitor.id != employee and not visitor.hr:
        raise NOT_YOURS
    async with jenjang.reading() as session:
        found = await listed(session, Wanted(employee, subject=facts.id), None, LIMIT)
    return tuple(one for one in found if one.ground is not Ground.OWN)


@router.get("/audit/anchors")
async def anchors(visitor: Officer, jenjang: Jenjang) -> tuple[Anchored, ...]:
    """The anchors of all days, the first day first."""
    async with jenjang.reading() as session:
        found = await made.anchors(session)
    return tuple(Anchored(day=one.day, made_at=one.made_at, heads=one.heads, hash=one.hash) for one in found)


@router.get("/audit/export", response_class=FileResponse, responses=ZIP)
async def export(
    visitor: Officer,
    jenjang: Jenjang,
    cycle: Annotated[str, Query(max_length=12, pattern="^[0-9a-z]*$")] = "",
    since: date | None = None,
    until: date | None = None,
) -> FileResponse:
    """The record of a cycle, or of whole days, as an archive that is checked without Jenjang."""
    extent = Extent.read(cycle, since, until, jenjang.settings.zone)
    folder = Path(tempfile.mkdtemp(prefix="jenjang-"))
    try:
        async with jenjang.reading() as session:
            await pack(session, extent, folder / NAME, jenjang.now())
    except BaseException:
        shutil.rmtree(folder)
        raise
    done = BackgroundTask(shutil.rmtree, folder)
    return FileResponse(folder / NAME, media_type="application/zip", filename=NAME, background=done)


def key_of(after: str) -> Place | None:
    """Where a page of the list begins; anything that is no such place is the beginning."""
    parts = after.split(" ")
    try:
        at = datetime.fromisoformat(parts[0])
        return (at, parts[1], parts[2], parts[3]) if len(parts) == 4 and at.tzinfo else None
    except ValueError:
        return None
