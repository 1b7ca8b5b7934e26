"""The end of a cycle: which exit each open case takes if nobody acts any more, and which it took."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from fastapi import Query, Response
from pydantic import BaseModel, Field

from adapters.database.reads import closing, directory
from adapters.database.reads.closing import Line
from adapters.database.reads.closing_signature import Signature, signature
from api.orders import order_cycle
from api.paging import ByName, place_of
from api.routes.appraisals import IdempotencyKey, Key
from api.routes.cycles import known
from api.routes.dates import Ordered
from api.security import Officer, actor
from api.services import Jenjang, Services
from api.strict import CLOSED, json_router
from appraisal.access import Actor
from appraisal.cycle import Phase, SignClosing
from appraisal.rescheduling import demand_started
from appraisal.vocabulary import Exit
from workflows.cycle import CycleWorkflow

router = json_router("/cycles/{cycle}/closing", ("cycles",))

Counts = dict[str, int]
Short = Annotated[str, Query(max_length=12)]


class ToSign(BaseModel):
    """The list that was seen, by its digest, and what HR has to say about it, if anything."""

    digest: str = Field(pattern="^[0-9a-f]{64}$")
    remark: str = ""


@dataclass(frozen=True, slots=True)
class UnitExits:
    """One calibration pool: the exits of its open cases as foreseen, and of those that have left."""

    unit_id: str
    unit: str
    exits: Counts
    left: Counts


@dataclass(frozen=True, slots=True)
class Whole:
    """The list with all its lines: the open cases, or all that have left once the cycle has closed."""

    cycle: dict[str, Any]
    lines: tuple[Line, ...]
    digest: str
    units: tuple[UnitExits, ...]
    signature: Signature | None

    @property
    def signed_as_it_is(self) -> bool:
        """Whether the last signature stands under this very list."""
        return self.signature is not None and self.signature.digest == self.digest

    @property
    def final(self) -> bool:
        return bool(self.cycle["phase"] == Phase.CLOSED)

    @property
    def exits(self) -> Counts:
        return _sum(tuple(unit.exits for unit in self.units))

    @property
    def left(self) -> Counts:
        return _sum(tuple(unit.left for unit in self.units))

    def page(self, way: str, unit: str, after: tuple[str, str] | None, limit: int) -> tuple[Line, ...]:
        """So many lines after that one, of this exit and this unit where given."""
        fitting = (line for line in self.lines if way in ("", line.exit) and unit in ("", line.unit_id))
        return tuple(line for line in fitting if after is None or line.key > after)[:limit]


@dataclass(frozen=True, slots=True)
class Closing:
    """One page. `exits` and `left` count by exit: open cases as foreseen at `at`, and those that have left the cycle.

    `digest` stands for the whole list of open cases, whatever the page shows of it; `signed_as_it_is`: it is the one that
    was signed last.
    """

    closes_at: datetime
    final: bool
    at: datetime
    digest: str
    exits: Counts
    left: Counts
    units: tuple[UnitExits, ...]
    signature: Signature | None
    signed_as_it_is: bool
    cases: tuple[Line, ...]


@router.get("")
async def show(
    cycle: Key,
    visitor: Officer,
    jenjang: Jenjang,
    paging: ByName,
    exit: Exit | None = None,
    unit: Short = "",
) -> Closing:
    """Open cases by name, each with the exit it takes if nobody acts any more; after the closing all, with the exit they took."""
    found, now = await whole(jenjang, cycle), jenjang.now()
    async with jenjang.reading() as session:
        after = await place_of(session, paging.after)
    cases = found.page(exit or "", unit, after, paging.read)
    return Closing(
        found.cycle["closes_at"],
        found.final,
        now,
        found.digest,
        found.exits,
        found.left,
        found.units,
        found.signature,
        found.signed_as_it_is,
        paging.cut(cases, lambda line: line.employee_id),
    )


@router.post("/signature", status_code=202)
async def sign(
    cycle: Key,
    wanted: Annotated[ToSign, CLOSED],
    visitor: Officer,
    jenjang: Jenjang,
    response: Response,
    idempotency_key: IdempotencyKey = None,
) -> Ordered:
    """Sign the list that was seen. The cycle closes at its date whether it is signed or not; a later signature counts."""
    ordered = await signed(jenjang, actor(visitor), cycle, wanted, idempotency_key)
    response.headers["Location"] = f"/api/v1/cycles/{cycle}/closing"
    return ordered


async def signed(jenjang: Services, who: Actor, cycle: str, wanted: ToSign, key: str | None) -> Ordered:
    """Give the signature to the cycle's process, which looks whether the list is still the one that was seen."""
    await known(jenjang, cycle)
    order = SignClosing(wanted.digest, who, wanted.remark)
    return Ordered(revision=await order_cycle(jenjang, who, cycle, CycleWorkflow.sign_closing, order, key))


async def whole(jenjang: Services, cycle: str) -> Whole:
    """The list as of now; NOT_FOUND or StillStarting."""
    found = await known(jenjang, cycle)
    demand_started(Phase(found["phase"]))
    ended = found["phase"] == Phase.CLOSED
    revision = found["revision"]
    open_lines = () if ended else await jenjang.live.still_open(jenjang.now(), cycle, revision)
    lines = await jenjang.live.left(cycle, revision) if ended else open_lines
    async with jenjang.reading() as session:
        left = await closing.exits(session, cycle)
        names = await directory.unit_names(session, jenjang.today())
        last = await signature(session, cycle)
    digest = closing.digest_of(found["closes_at"], open_lines)
    return Whole(found, lines, digest, _by_unit(open_lines, left, names), last)


def _by_unit(lines: tuple[Line, ...], left: dict[str, Counts], names: dict[str, str]) -> tuple[UnitExits, ...]:
    foreseen: dict[str, Counter[str]] = {unit: Counter() for unit in left}
    for line in lines:
        foreseen.setdefault(line.unit_id, Counter())[line.exit] += 1
    rows = (
        UnitExits(unit, names.get(unit, unit), _sum((ways,)), left.get(unit, {})) for unit, ways in foreseen.items()
    )
    return tuple(sorted(rows, key=lambda row: (row.unit, row.unit_id)))


def _sum(counts: Sequence[Mapping[str, int]]) -> Counts:
    """All of them together, in the order of the vocabulary; an exit that nobody takes is left out."""
    totals = ((way, sum(one.get(way, 0) for one in counts)) for way in Exit)
    return {str(way): total for way, total in totals if total}
