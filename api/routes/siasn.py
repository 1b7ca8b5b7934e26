"""Results of a closed cycle on their way to SIASN: how each stands, whose turn it is, and HR's order to send."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Annotated, Any

from fastapi import Depends, Path, Query, Response
from pydantic import BaseModel, Field

from adapters.database.desk.accounts import Visitor
from adapters.database.reads import case_rows, siasn_list
from adapters.database.reads.siasn_list import Figures, PushRow, Wanted
from api.errors import NOT_FOUND
from api.orders import order_id, put_on_record
from api.paging import Id, Paging, Places
from api.routes.appointments import Name
from api.routes.appraisals import IdempotencyKey, Key
from api.routes.cycles import known
from api.security import Officer, actor
from api.services import Jenjang, Services
from api.strict import CLOSED, json_router
from appraisal.cycle import Phase
from appraisal.siasn.errors import CycleStillRuns, InvalidPush, NotConnected
from appraisal.siasn.push import Chosen, Failure, Matter, PushOrder, Which, check, push_id
from workflows.identity import pushes_id
from workflows.siasn import PushesWorkflow

router = json_router("/cycles/{cycle}/siasn", ("SIASN",))
Period = Annotated[int, Path(ge=0, le=12)]


class One(BaseModel):
    """One result, as `matter` says: ratings (of the year where `period` is 0, else of that period), a `course`, or the box."""

    employee: Name
    period: int = Field(default=0, ge=0, le=12)
    matter: Matter = Matter.RATING
    course: Name | None = None


class ToSend(BaseModel):
    """Results named one by one, or `which` of the cycle: `all`, `new` (never sent) or `listed` (on HR's list).

    `matter` narrows `which` to ratings, courses or boxes of the talent map.
    """

    which: Which | None = None
    matter: Matter | None = None
    chosen: tuple[One, ...] = ()


@dataclass(frozen=True, slots=True)
class Ordered:
    """The order, and how many results wait by it. Those that another order has in hand are not among them."""

    id: str
    waiting: int


@dataclass(frozen=True, slots=True)
class Overview:
    """`connected`: whether this installation can send at all. `results` is one page, by name."""

    connected: bool
    figures: Figures
    results: tuple[PushRow, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """One result with its record: who asked, what was sent (its digest), what came back."""

    push: PushRow
    events: tuple[dict[str, Any], ...]


async def asked_for(
    stand: Annotated[str, Query(pattern="^(|new|waiting|sent|listed)$")] = "",
    failure: Annotated[str, Query(pattern=f"^(|{'|'.join(Failure)})$")] = "",
    matter: Annotated[str, Query(pattern=f"^(|{'|'.join(Matter)})$")] = "",
) -> Wanted:
    """How the results stand that are shown: `new`, `waiting`, `sent` or `listed`; for which reason; about what."""
    return Wanted(stand, failure, matter)


Place = tuple[str, int, Matter, str]
RESULTS: Places[Place] = Places(tuple[Id, Annotated[int, Field(ge=0, le=12)], Matter, Id])
Asked = Annotated[Wanted, Depends(asked_for)]
After = Annotated[Place | None, Depends(RESULTS.asked)]
Results = Annotated[Paging[Place], Depends(RESULTS.paged)]


def place(row: PushRow) -> Place:
    """Where the list goes on after this result."""
    last = row.key
    return last.person, last.period, last.matter, last.course


async def send(jenjang: Services, visitor: Visitor, cycle: str, wanted: ToSend, key: str | None) -> Ordered:
    """Let results wait, and start the process that sends them. The same key again is the same order."""
    found = await known(jenjang, cycle)
    if found["phase"] != Phase.CLOSED:
        raise CycleStillRuns("This cycle still runs.", "cycle", "Send its results once it has closed.")
    if not jenjang.settings.sends_to_siasn:
        raise NotConnected("There is no connection with SIASN.", "", "Ask the operator to set it up.")
    chosen = tuple(Chosen(one.employee, one.period, one.matter, one.course or "") for one in wanted.chosen)
    order = PushOrder(order_id(visitor, key), actor(visitor), cycle, found["year"], wanted.which, chosen, wanted.matter)
    check(order)
    await _demand_known(jenjang, cycle, chosen)
    process, reading = pushes_id(order.id), partial(_waiting, jenjang, order.id)
    return await put_on_record(jenjang, PushesWorkflow.run, order, process, PushesWorkflow.enlisted, reading)


async def _demand_known(jenjang: Services, cycle: str, chosen: tuple[Chosen, ...]) -> None:
    if not chosen:
        return
    async with jenjang.reading() as session:
        there = await siasn_list.results(session, cycle)
    for number, one in enumerate(chosen):
        if one not in there:
            raise InvalidPush("The cycle has no such result.", f"chosen.{number}", "Load the list and choose from it.")


async def _waiting(jenjang: Services, order: str) -> Ordered:
    async with jenjang.reading() as session:
        return Ordered(order, await siasn_list.of_order(session, order))


async def overview(jenjang: Services, cycle: str, asked: Wanted, after: Place | None, limit: int) -> Overview:
    """A page of the results of the cycle, and the figures of all that are about the same."""
    async with jenjang.reading() as session:
        rows = await siasn_list.listed(session, cycle, asked, Chosen(*after) if after else None, limit)
        figures = await siasn_list.figures(session, cycle, asked.matter)
    return Overview(jenjang.settings.sends_to_siasn, figures, rows)


@router.get("")
async def results(cycle: Key, visitor: Officer, jenjang: Jenjang, asked: Asked, paging: Results) -> Overview:
    """The results of the cycle by name: what was sent and when, what waits, what failed, why, and whose turn it is."""
    await known(jenjang, cycle)
    found = await overview(jenjang, cycle, asked, paging.after, paging.read)
    return replace(found, results=paging.cut(found.results, place))


@router.post("", status_code=202)
async def order(
    cycle: Key,
    wanted: Annotated[ToSend, CLOSED],
    visitor: Officer,
    jenjang: Jenjang,
    response: Response,
    idempotency_key: IdempotencyKey = None,
) -> Ordered:
    """Send results, once or again. Each arrives, or stands on the list with its reason; SIASN keeps one record for each."""
    ordered = await send(jenjang, visitor, cycle, wanted, idempotency_key)
    response.headers["Location"] = f"/api/v1/cycles/{cycle}/siasn"
    return ordered


@router.get("/{employee}/talent")
async def box(cycle: Key, employee: Key, visitor: Officer, jenjang: Jenjang) -> Story:
    """The box of the year, and the record of what was done to send it."""
    return await _story(jenjang, cycle, Chosen(employee, matter=Matter.TALENT))


@router.get("/{employee}/courses/{course}")
async def course(cycle: Key, employee: Key, course: Key, visitor: Officer, jenjang: Jenjang) -> Story:
    """A course that was attended, and the record of what was done to send it."""
    return await _story(jenjang, cycle, Chosen(employee, matter=Matter.COURSE, course=course))


@router.get("/{employee}/{period}")
async def one(cycle: Key, employee: Key, period: Period, visitor: Officer, jenjang: Jenjang) -> Story:
    """Ratings, and the record of what was done to send them."""
    return await _story(jenjang, cycle, Chosen(employee, period))


async def _story(jenjang: Services, cycle: str, chosen: Chosen) -> Story:
    found = await known(jenjang, cycle)
    async with jenjang.reading() as session:
        row = await siasn_list.one(session, cycle, chosen)
        events = await case_rows.events(session, push_id(found["year"], chosen)) if row else ()
    if row is None:
        raise NOT_FOUND
    return Story(row, events)
