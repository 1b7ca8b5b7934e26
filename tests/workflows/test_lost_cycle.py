"""A cycle is lost while it tells of its other dates: started again from the record, it tells everybody, each once."""

from datetime import UTC, datetime

import pytest
from temporalio.testing import WorkflowEnvironment

from adapters.database.engine import Sessions
from adapters.database.writes.troubles import SqlWatched
from appraisal.cycle import Cycle
from runtime.processes import TemporalCases
from runtime.watching import TemporalProcesses
from tests.workflows.grouping import DyingCases, agency, until
from tests.workflows.test_dates import OFFICER, STEPS, Place, change, follows, new_dates, policy, replayed, told


@pytest.fixture
def place(server: WorkflowEnvironment, sessions: Sessions) -> Place:
    return Place(agency(server.client, sessions), datetime.now(UTC))


async def test_it_finishes_what_was_ordered_before_it_was_lost(place: Place) -> None:
    here = place.here
    dying = DyingCases(TemporalCases(here.client, here.queue), lives=11)
    async with place.working(dying):
        handle = here.client.get_workflow_handle((await place.start()).id)
        first = await change(handle, new_dates())
        await dying.dying.wait()
    await handle.terminate()
    async with place.working():
        stored = await SqlWatched(here.sessions).shared(handle.id)
        assert isinstance(stored, Cycle)
        going_on = stored.restarted(OFFICER, datetime.now(UTC), "mend/1")
        processes = TemporalProcesses(here.client, here.queue)
        assert [await processes.restart_shared(going_on) for _ in range(2)] == [True, False]
        assert await change(handle, new_dates()) == first, "the same command again is the same change"
        await until(lambda: told(place, handle.id), 60)
        timetable = (await place.dates(policy(30))).timetable
        for who in STEPS:
            await follows(place, who, timetable)
        (done,) = await place.events(handle.id, "dates_told")
        assert {name: now for name, _, now in done.changes} == {"groups": "2", "cases": "14", "elsewhere": "0"}
        await replayed(handle)
