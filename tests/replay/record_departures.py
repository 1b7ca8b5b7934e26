"""People who go: for a time, one of two back early; for good; and those whom a personnel file ends."""

import asyncio
from datetime import UTC, datetime, timedelta

from temporalio.client import Client

from appraisal.access import Actor
from appraisal.people.departure import Cause, Depart, OwnCases, Return
from appraisal.roster.importing import Decision, Missing, Phase
from appraisal.roster.roster import ImportKind
from demo import office
from tests.faults.people import Town
from tests.replay.here import Here
from tests.roster_files import BUPATI, HEADING, as_csv, row
from workflows.departure import DepartureWorkflow
from workflows.identity import departure_id, import_id
from workflows.roster_import import RosterImportWorkflow

OFFICER = Actor("hr", hr=True)


async def depart(town: Here, client: Client) -> dict[str, str]:
    """Ids of processes by history. The day of return is given as an instant that comes in a moment."""
    await town.launch(["ani", "eko", "gita"], "open", starts_at=datetime.now(UTC).isoformat())
    stack = town.stack
    queue, now, today = stack.settings.task_queue, datetime.now(UTC), stack.services.today()
    until = (today + timedelta(days=1), now + timedelta(seconds=4))
    away = Depart("away", Cause.ON_LEAVE, OwnCases.HOLD, today, now, OFFICER, ("ani", "eko"), "Cuti.", *until)
    gone = Depart("gone", Cause.RETIRED, OwnCases.CLOSE, today, now, OFFICER, ("gita",), "Pensiun.")
    for order in (away, gone):
        await client.start_workflow(DepartureWorkflow.run, order, id=departure_id(order.id), task_queue=queue)
    back = Return(("eko",), today, OFFICER, "Kembali.")
    leave = client.get_workflow_handle(departure_id("away"))
    await leave.execute_update(DepartureWorkflow.kept)
    await leave.execute_update(DepartureWorkflow.come_back, back)
    played = {"departure_for_a_time": departure_id("away"), "departure_for_good": departure_id("gone")}
    played["import_ends_missing"] = await _import(town, client)
    for process in played.values():
        await client.get_workflow_handle(process).result()
    return played


async def _import(town: Town, client: Client) -> str:
    """A file with the Bupati alone: everybody else leaves on its day."""
    official = {"statusKepegawaian": "Pejabat Negara", "golongan": "", "jabatanNama": "Bupati"}
    sheet = [HEADING, row(BUPATI, "Wira Sakti", "kabupaten", "", "", jenisJabatan="Struktural", **official)]
    upload = {"file": ("people.csv", as_csv(sheet), "text/csv")}
    answer = await town.hr.http.post("/api/v1/imports", files=upload, data={"kind": ImportKind.PEOPLE})
    process = import_id(office.expect(answer)["id"])
    handle = client.get_workflow_handle(process)
    while (await handle.query(RosterImportWorkflow.status)).phase is not Phase.PREVIEWED:
        await asyncio.sleep(0.1)
    missing = Missing(OwnCases.GO_ON, datetime.now(UTC))
    await handle.execute_update(RosterImportWorkflow.decide, Decision(OFFICER, True, True, None, missing))
    return process
