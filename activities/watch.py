"""Comparing all processes with the record, and mending cases where the two disagree."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from temporalio import activity

from activities.ports import Processes, Watched
from activities.record_ports import Anchors
from appraisal.access import Actor
from appraisal.case import Case
from appraisal.recovery import confirmed, recovered, restarted, restarted_shared
from appraisal.watch import (
    DISAGREE,
    MACHINE,
    Found,
    Mended,
    Repair,
    Repaired,
    Row,
    Seen,
    Trouble,
    is_case,
    is_shared,
    judge,
)

PAGE = 300
"""Rows read at once, processes examined between two heartbeats, and cases asked for their state at each look."""
LATE = timedelta(minutes=2)
"""A clock that should have rung this long ago is looked at from close by."""
MOST_LATE = 1000
"""After an outage everything may be overdue; the next looks see to the rest."""
PAUSE = 1.0
"""Seconds until a disagreement is looked at again: a save under way looks like one."""


class WatchActivities:
    """Looking changes nothing but the list of troubles; mending twice mends once."""

    def __init__(self, processes: Processes, watched: Watched, anchors: Anchors, clock: Callable[[], datetime]) -> None:
        self._processes, self._watched, self._anchors, self._now = processes, watched, anchors, clock

    @activity.defn
    async def look(self, cursor: str) -> Found:
        """Compare, put the troubles on record, and return their numbers. The first look of a day anchors the record too."""
        found = await self.compare(cursor, PAGE)
        await self._anchors.make(self._now())
        return found

    @activity.defn
    async def mend(self, repair: Repair) -> Repaired:
        """Mend these cases one by one."""
        done = []
        for case in repair.cases:
            done.append((case, await self.mend_one(case, repair.actor, repair.command_id)))
            beat(case)
        return Repaired(tuple(done))

    async def compare(self, cursor: str, asked: int | None) -> Found:
        """A look that asks as many cases for their state, going on after `cursor`; None asks every one."""
        found, further, numbers = await self._find(cursor, asked)
        machine, disagree = (sum(trouble.kind in kinds for trouble in found) for kinds in (MACHINE, DISAGREE))
        return Found(*numbers, machine, disagree, further[-1] if asked == len(further) else "")

    async def examine_all(self) -> tuple[Trouble, ...]:
        """Everything that is wrong, every case asked for its state."""
        found, _, _ = await self._find("", None)
        return found

    async def _find(self, cursor: str, asked: int | None) -> tuple[tuple[Trouble, ...], list[str], tuple[int, int]]:
        """(what is wrong, the cases that were asked in their turn, how many processes and open cases there are)."""
        running, known = await self._running(), await self._open_rows()
        alive, recorded = set(running), {row.id for row in known}
        strange = [process for process in running if not is_case(process) or process not in recorded]
        strange += [row.id for row in (*known, *await self._watched.open_shared()) if row.id not in alive]
        strange += [*(await self._processes.reported() or ()), *await self._watched.troubled()]
        strange += await self._watched.overdue(self._now() - LATE, MOST_LATE)
        further = [row.id for row in known if row.id > cursor][:asked]
        found = await self._troubles(tuple(dict.fromkeys((*strange, *further))))
        again = tuple(dict.fromkeys(trouble.subject for trouble in found if trouble.kind in DISAGREE))
        if again:
            await asyncio.sleep(PAUSE)
            confirmed = await self._troubles(again)
            found = tuple(trouble for trouble in found if trouble.subject not in again or trouble in confirmed)
        await self._watched.keep(found, self._now())
        return found, further, (len(running), len(known))

    async def mend_one(self, case_id: str, actor: Actor, command_id: str) -> Mended:
        """Whatever is further on, process or record, the case goes on from there. Nothing where the two agree."""
        if is_shared(case_id):
            return await self._mend_shared(case_id, actor, command_id)
        (seen,) = await self._processes.examine((case_id,), states=False)
        state, stored = await self._processes.case(case_id), await self._watched.case(case_id)
        done = []
        if state and confirmed(state) > (stored.revision if stored else -1):
            filled = recovered(stored, state, actor, self._now(), command_id)
            await self._watched.recover(filled)
            stored = filled.stored(filled.revision)
            done.append(Mended.RECOVERED)
        if stored is not None:
            done.append(await self._set_right(seen, state, stored, (actor, command_id)))
        what = next((one for one in reversed(done) if one is not Mended.NOTHING), Mended.NOTHING)
        if what is not Mended.NOTHING:
            await self._watched.mended(case_id, what, actor, self._now())
        return what

    async def _mend_shared(self, process: str, actor: Actor, command_id: str) -> Mended:
        """A calibration, a nomination, a cycle or an order to SIASN goes on from the record where its process is gone."""
        (seen,) = await self._processes.examine((process,), states=False)
        stored = await self._watched.shared(process)
        going_on = restarted_shared(stored, actor, self._now(), command_id) if stored and not seen.running else None
        if going_on is None or not await self._processes.restart_shared(going_on):
            return Mended.NOTHING
        await self._watched.mended(process, Mended.RESTARTED, actor, self._now())
        return Mended.RESTARTED

    async def _set_right(self, seen: Seen, state: Case | None, stored: Case, by: tuple[Actor, str]) -> Mended:
        behind = seen.running and state is not None and state.revision < stored.revision
        if stored.open and (behind or not seen.running):
            going_on = restarted(stored, by[0], self._now(), f"{by[1]}/{stored.revision + 1}")
            return Mended.RESTARTED if await self._processes.restart(going_on, over=behind) else Mended.NOTHING
        if behind:
            await self._processes.end(stored.id, f"the case is closed on record; ended by {by[0].id}")
            return Mended.ENDED
        return Mended.NOTHING

    async def _troubles(self, processes: tuple[str, ...]) -> tuple[Trouble, ...]:
        found: list[Trouble] = []
        for first in range(0, len(processes), PAGE):
            page = processes[first : first + PAGE]
            seen = await self._processes.examine(page, states=True)
            rows = {row.id: row for row in await self._watched.rows(page)}
            for one in seen:
                found += judge(one, rows.get(one.id), self._now())
            beat(first)
        return tuple(found)

    async def _running(self) -> list[str]:
        found: list[str] = []
        async for page in self._processes.running():
            found += page
            beat(len(found))
        return found

    async def _open_rows(self) -> list[Row]:
        found: list[Row] = []
        while page := await self._watched.open_rows(found[-1].id if found else "", PAGE):
            found += page
            beat(len(found))
        return found


def beat(where: object) -> None:
    """Tell the server that the work goes on; on the command line there is none to tell."""
    if activity.in_activity():
        activity.heartbeat(where)
