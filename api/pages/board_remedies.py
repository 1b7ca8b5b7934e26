"""Freeing many cases from the board: choose them, say what and why, and see what became of each."""

import asyncio
from collections.abc import Mapping
from typing import Annotated

from fastapi import Depends, Request, Response

from adapters.database.ids import new_id
from adapters.database.reads import bulk, directory, open_cases
from api.errors import NOT_FOUND, Problem, problem_of
from api.pages import refusals, remedies
from api.pages.board import Asked, Filter, whole
from api.pages.choosing import Ticked, ticked
from api.pages.forms import Reader
from api.pages.render import OverseerPage, Page
from api.pages.routing import page_router
from api.routes.remedies import OrderKey, begin
from api.security import actor, scope
from appraisal.bulk import MOST, BulkOrder
from appraisal.errors import AppraisalError

router = page_router()


async def _chosen(request: Request) -> Ticked:
    found = await ticked(request, "case", MOST + 50, 64)
    return Ticked(found.fields, tuple(dict.fromkeys(found.values)))


@router.post("/board/remedies")
async def free(page: OverseerPage, asked: Filter, chosen: Annotated[Ticked, Depends(_chosen)]) -> Response:
    """Give the remedy to what is ticked, or to everything that the filter shows."""
    reader = Reader(chosen.fields, page.words)
    remedy = remedies.remedy_of(reader, page.words.zone)
    if remedy is not None:
        cases = await _filtered(page, asked) if chosen.fields.get("everything") else chosen.values
        key = chosen.fields.get("key", "")
        order = BulkOrder(key if key.isalnum() and len(key) <= 32 else new_id(), remedy, actor(page.person), cases)
        try:
            await begin(page.jenjang, order, scope(page.person))
            await on_record(page, order.id)
            return page.go(f"/board/remedies/{order.id}")
        except (AppraisalError, Problem) as refusal:
            remedies.refuse(reader, problem_of(refusal))
    return await whole(page, asked, remedies.for_many(chosen.fields, reader.errors), 422)


async def _filtered(page: Page, asked: Asked) -> tuple[str, ...]:
    """Every case that the filter shows, up to one more than an order takes."""
    async with page.jenjang.reading() as session:
        found = await open_cases.open_cases(session, asked.wanted, page.now, None, MOST + 1)
    return tuple(case.id for case in found)


@router.get("/board/remedies/{order}")
async def result(page: OverseerPage, order: OrderKey) -> Response:
    """How far it is, and each case that refused it with the reason in words."""
    async with page.jenjang.reading() as session:
        found = await bulk.bulk(session, order, None if page.person.hr else page.person.id)
    if found is None:
        raise NOT_FOUND
    refused = [{**one, "told": refusals.of_name(page.words, one["code"])} for one in found["refused"]]
    units = await _unit_names(page) if found["groups"] else {}
    groups = [
        (*group_of(page, one, units), refusals.of_name(page.words, code) if code else "")
        for one, code in found["groups"] or ()
    ]
    return await page.show("board_remedy.html", found={**found, "refused": refused, "groups": groups})


async def _unit_names(page: Page) -> dict[str, str]:
    async with page.jenjang.reading() as session:
        return await directory.unit_names(session, page.jenjang.today())


def group_of(page: Page, group: str, units: Mapping[str, str]) -> tuple[str, str]:
    """(address, name) of a calibration or of the nomination."""
    kind, _, place = group.partition("/")
    unit = place.partition("/")[2]
    name = page.gettext("Calibration of %(unit)s", unit=units.get(unit, unit)) if unit else page.gettext("Nomination")
    return f"/{kind}s/{place}", name


async def on_record(page: Page, order: str) -> None:
    """A moment after it has been given, the order can be shown; a database that is away is not waited for."""
    for _ in range(30):
        async with page.jenjang.reading() as session:
            if await bulk.bulk(session, order):
                return
        await asyncio.sleep(0.1)
