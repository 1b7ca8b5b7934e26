"""The list of what waits for somebody, most overdue first."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from fastapi import Response

from adapters.database.reads import case_rows, directory, enrolment_rows, evaluations, heads_words
from api import voices
from api.pages import voice_words
from api.pages.render import Page
from api.paging import AT
from api.routes.work import place
from api.security import hats

PAGE = 25


@dataclass(frozen=True, slots=True)
class Waiting:
    """One step that waits. `late` is positive once it is overdue; `instead_of` names the holder it was escalated from."""

    row: case_rows.CaseRow
    cycle: str
    late: timedelta
    not_open: bool
    handed: bool
    instead_of: str

    @property
    def url(self) -> str:
        return f"/waiting/{self.row.cycle_id}/{self.row.employee_id}"

    @property
    def id(self) -> str:
        return f"item-{self.row.cycle_id}-{self.row.employee_id}"


async def show(
    page: Page, after: case_rows.After | None = None, status: int = 200, item: dict[str, Any] | None = None
) -> Response:
    """The page. `item` is the context of the one form that is open already."""
    found = await lines(page, after, PAGE + 1)
    rows, further = AT.cut(found, PAGE, lambda one: place(one.row))
    async with page.jenjang.reading() as session:
        periods = await evaluations.waiting_periods(session, page.person.id, page.now) if after is None else ()
        seats = await enrolment_rows.waiting(session, page.person.id, page.jenjang.today()) if after is None else ()
        owed = await heads_words.owed(session, page.person.id, page.now) if after is None else ()
    own = tuple(one for one in rows if one.row.employee_id == page.person.id)
    others = tuple(one for one in rows if one.row.employee_id != page.person.id)
    open_id = f"item-{item['view'].case.cycle}-{item['view'].case.parties.employee}" if item else ""
    return await page.show(
        "waiting.html",
        status,
        own=own,
        others=others,
        periods=periods,
        seats=seats,
        words_owed=owed,
        item=item,
        open_id=open_id,
        elsewhere=bool(item) and open_id not in [one.id for one in others],
        further=further,
        first=after is None,
        asked=await voices.owed(page.jenjang, page.person) if after is None else (),
        voice_words=voice_words,
    )


async def lines(page: Page, after: case_rows.After | None, limit: int) -> tuple[Waiting, ...]:
    """So many of the steps that wait after that one."""
    async with page.jenjang.reading() as session:
        found = await case_rows.waiting_for(session, hats(page.person), after, limit, page.person.units)
        cycles = {row["id"]: row["name"] for row in await directory.cycles(session)}
    return tuple(_waiting(page, row, cycles) for row in found)


def _waiting(page: Page, row: case_rows.CaseRow, cycles: dict[str, str]) -> Waiting:
    mine = hats(page.person)
    handed = row.escalated_to in mine and row.holder_id not in mine
    due = row.due_at or datetime.max.replace(tzinfo=page.now.tzinfo)
    not_open = row.opens_at is not None and row.opens_at > page.now
    return Waiting(
        row, cycles.get(row.cycle_id, ""), page.now - due, not_open, handed, row.holder or "" if handed else ""
    )
