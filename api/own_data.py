"""Everything about oneself as an archive: rows of the tables, and what pages tell of cases, in the same words and limits.

What is told of cases comes from where pages and API have it, asked as the person: a rating that is not told yet, or who
has answered about whom, is withheld here as there.
"""

import asyncio
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import Response
from pydantic_core import to_json

from adapters.database.desk.accounts import Visitor
from adapters.database.reads import case_rows, evaluations
from adapters.database.reads.own_rows import ROWS, rows
from api import career_own, enrolments, voices
from api.errors import NOT_FOUND, Problem
from api.export import as_csv, at_once
from api.routes import appraisals, feedback, periods
from api.services import Services
from appraisal.errors import AppraisalError

CASES, TRAININGS, CAREER = "appraisals", "trainings", "career"


async def write(jenjang: Services, visitor: Visitor, path: Path, index: str) -> None:
    """Write the archive to this path. Packing is done in threads, so that whoever else is served does not wait."""
    zone = ZoneInfo(jenjang.settings.zone)
    with zipfile.ZipFile(path, "x", zipfile.ZIP_DEFLATED) as archive:
        await asyncio.to_thread(archive.writestr, "index.html", index)
        for name, own in ROWS.items():
            async with jenjang.reading() as session:
                columns, found = await rows(session, own, visitor.person, visitor.account)
            said = [dict(zip(columns, row, strict=True)) for row in found]
            await asyncio.to_thread(archive.writestr, f"{name}.json", _json(said))
            cells = at_once(tuple(_cell(value) for value in row) for row in found)
            table = "".join([part async for part in as_csv(columns, cells, zone)])
            await asyncio.to_thread(archive.writestr, f"{name}.csv", table)
        async for name, told in _told(jenjang, visitor):
            await asyncio.to_thread(archive.writestr, f"{name}.json", _json(told))


async def _told(jenjang: Services, visitor: Visitor) -> AsyncIterator[tuple[str, Any]]:
    async with jenjang.reading() as session:
        cases = await case_rows.cases_of_person(session, visitor.id)
    for row in cases:
        yield f"{CASES}/{row.cycle_id}", await _case(jenjang, visitor, row.cycle_id)
    yield TRAININGS, await enrolments.mine(jenjang, visitor)
    try:
        yield CAREER, await career_own.own(jenjang, visitor.id)
    except Problem as refused:  # whoever holds no position has no career here
        if refused is not NOT_FOUND:
            raise


async def _case(jenjang: Services, visitor: Visitor, cycle: str) -> dict[str, Any]:
    """One year as the employee may read it."""
    place = (cycle, visitor.id)
    async with jenjang.reading() as session:
        numbers = [one.number for one in await evaluations.evaluations_of(session, *place)]
    try:
        said: Any = await voices.seen(jenjang, visitor, *place)
    except AppraisalError:  # this cycle asks nobody else
        said = None
    return {
        "appraisal": await appraisals.read(*place, visitor, jenjang, Response()),
        "record": await appraisals.events(*place, visitor, jenjang),
        "periods": [await periods.whole(jenjang, visitor, *place, number) for number in numbers],
        "feedback": (await feedback.told(jenjang, visitor, place)).rows,
        "voices": said,
    }


def _json(value: Any) -> str:
    """As the API says it: numbers with their digits, instants with their zone."""
    return to_json(value, indent=1).decode()


def _cell(value: Any) -> Any:
    """Lists and documents as JSON in their cell; truth as a word."""
    return _json(value) if isinstance(value, list | dict | bool) else value
