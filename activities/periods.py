"""A period begins: everybody whose case is open gets an evaluation of it."""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from temporalio import activity

from activities.cycle import PAGE
from activities.dates_ports import Running
from activities.period_ports import Evaluations, PeriodProcesses
from activities.ports import Participants
from appraisal.parties import Parties
from appraisal.periods.evaluation import Evaluation, begun
from appraisal.periods.periods import PeriodPolicy
from appraisal.policy.dates import Dates


@dataclass(frozen=True, slots=True)
class Begin:
    """Begin the period with this number, by the dates and the policy now in force."""

    cycle: str
    dates: Dates
    number: int
    policy: PeriodPolicy | None

    def of(self, parties: Parties, workplace: str) -> Evaluation:
        """The evaluation of this employee as it begins, by the dates of the unit where he works."""
        assert self.policy is not None, "a cycle with periods has a policy for them"
        dates = next(one for one in self.dates.of(workplace).periods if one.number == self.number)
        evaluation_id = f"period/{self.cycle}/{parties.employee}/{self.number}"
        return begun(evaluation_id, self.cycle, parties, dates, self.policy.evidence, self._opens)

    @property
    def _opens(self) -> datetime:
        return next(one.begins for one in self.dates.timetable.periods if one.number == self.number)


class PeriodActivities:
    """Safe to repeat: an evaluation that is on record further on is not begun anew, and a start skips what runs."""

    def __init__(
        self, running: Running, participants: Participants, record: Evaluations, processes: PeriodProcesses
    ) -> None:
        self._running, self._participants, self._record, self._processes = running, participants, record, processes

    @activity.defn
    async def begin_period(self, begin: Begin) -> int:
        """Start the evaluation of everybody whose case is open, page by page on record first; how many that are."""
        people = {parties.employee: parties for parties in await self._participants.everybody(begin.cycle)}
        workplaces = await self._participants.workplaces(begin.cycle) if begin.dates.units else {}
        details = activity.info().heartbeat_details
        last, started = (str(details[0]), int(details[1])) if details else ("", 0)
        while page := await self._running.open_cases(begin.cycle, last, PAGE):
            states = [begin.of(people[one.employee], workplaces.get(one.employee, one.pool)) for one in page]
            gone_on = await self._record.begin(states)
            fresh = [state for state in states if state.id not in gone_on]
            await asyncio.gather(*(self._processes.start(state.stored(state.revision)) for state in fresh))
            last, started = page[-1].employee, started + len(page)
            activity.heartbeat(last, started)
        return started
