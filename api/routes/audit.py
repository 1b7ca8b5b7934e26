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
from adapters.database.desk.accounts import Visitor
from adapters.database.desk.readings import Key as Place
from adapters.database.desk.readings import Seen, Wanted, listed
from adapters.database.reads import anchors as made
from api import orders
from api.errors import NOT_YOURS
from api.paging import Id, Instant, Paging, Places
from api.routes.appraisals import Key
from api.security import Officer, Signed
from api.services import Jenjang, Services
from api.strict import json_router
from appraisal.privacy.reading import Ground

router = json_router(tags=("the record",))
NAME = "jenjang-record.zip"
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
LOOKS: Places[Place] = Places(tuple[Instant, Id, Id, Id])
Looks = Annotated[Paging[Place], Depends(LOOKS.paged)]
DAYS: Places[date] = Places(date)
Days = Annotated[Paging[date], Depends(DAYS.paged)]
AfterLook = Annotated[Place | None, Depends(LOOKS.asked)]


@router.get("/audit/readings")
async def readings(visitor: Officer, jenjang: Jenjang, asked: Filter, paging: Looks) -> tuple[Seen, ...]:
    """Who looked at which case or list, the newest first."""
    async with jenjang.reading() as session:
        rows = await listed(session, asked.wanted(), paging.after, paging.read)
    return paging.cut(rows, lambda row: row.key)


@router.get("/appraisals/{cycle}/{employee}/readings")
async def readers(cycle: Key, employee: Key, visitor: Signed, jenjang: Jenjang, paging: Looks) -> tuple[Seen, ...]:
    """Who looked at this case, the newest first: for the employee, and for HR of the agency."""
    rows = await of_case(jenjang, visitor, cycle, employee, paging.read, paging.after)
    return paging.cut(rows, lambda row: row.key)


async def of_case(
    jenjang: Services, visitor: Visitor, cycle: str, employee: str, most: int, last: Place | None = None
) -> tuple[Seen, ...]:
    """The newest looks at a case, its own employee's left out. Others who may see the case may not see who else does."""
    facts = await orders.visible(jenjang, visitor, cycle, employee)
    if visitor.id != employee and not visitor.hr:
        raise NOT_YOURS
    async with jenjang.reading() as session:
        return await listed(session, Wanted(employee, subject=facts.id, others=True), last, most)


@router.get("/audit/anchors")
async def anchors(visitor: Officer, jenjang: Jenjang, paging: Days) -> tuple[Anchored, ...]:
    """The anchors of all days, the first day first."""
    async with jenjang.reading() as session:
        found = paging.cut(await made.anchors(session, paging.after, paging.read), lambda one: one.day)
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
