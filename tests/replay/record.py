"""Records histories for the replay test. Only on purpose: `python -m tests.replay.record` (eight minutes) replaces them all.
With names of PARTS only those are recorded, and all others stay.
A history that fails to replay means that processes which are open in production would break: guard the change in the
workflow with `workflow.patched` instead of recording again. Record again when a path is added, or before there is
anything in production.
They are kept in clear, and prove with it that what was written before there were keys still replays.
The people are those of tests/agency.py; what names this machine (identities, stack traces) is replaced.
"""

import asyncio
import json
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
from temporalio.client import Client

from adapters.database.engine import Sessions
from adapters.database.schema import migrate
from appraisal.access import Actor
from appraisal.watch import Repair
from demo import forms, office
from demo.office import Somebody
from demo.siasn import siasn
from runtime.embedded import embedded_temporal
from runtime.keyring import Keyring
from runtime.telemetry import configure_logging
from runtime.temporal import plugin
from runtime.watching import keep_watch
from tests import agency
from tests.adapters.rounds import tell
from tests.faults.year import calibrate, nominate
from tests.post import mail_server
from tests.replay.here import Here
from tests.replay.record_dates import change_dates, sign_the_closing
from tests.replay.record_departures import depart
from tests.replay.record_endorsement import look_twice
from tests.replay.record_heads import hear_heads
from tests.replay.record_holds import stand_still
from tests.replay.record_objections import disagree
from tests.replay.record_own_data import WITHIN, ask_about_data
from tests.replay.record_people import REPORTS_DUE, move_people
from tests.replay.record_periods import divide
from tests.replay.record_plans import plan_seats
from tests.replay.record_reopening import open_again
from tests.replay.record_retention import let_go
from tests.replay.record_seats import give_seats_away
from tests.replay.record_siasn import send_out
from tests.replay.record_voices import ask_others
from tests.stack import Stack, running
from tests.workflows.test_notices import working
from workflows.identity import NOTICES, watch_id
from workflows.notices import NoticesWorkflow
from workflows.policies import URGENT_CHECK
from workflows.watch import WatchWorkflow

HISTORIES = Path(__file__).parent / "histories"
PARTS = (
    *("people", "dates", "closing", "holds", "reopening", "departures", "objections", "voices", "periods", "siasn"),
    *("endorsement", "seats", "plans", "heads", "own_data", "retention"),
)
SAID = {"metadata": {"encoding": "anNvbi9wbGFpbg=="}, "data": "eyJtZXNzYWdlIjogInJlY29yZGVkIn0="}
SCRUBBED = {"identity": "recorded", "stackTrace": "", "workerInstanceKey": "", "encodedAttributes": SAID}


async def record(parts: list[str]) -> None:
    """Play one rehearsal in which everything happens, or these parts alone; keep one history of each kind."""
    configure_logging("WARNING", process="record")
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{folder}/jenjang.db"
        await asyncio.to_thread(migrate, url)
        async with embedded_temporal(None) as address:
            client = await Client.connect(address, plugins=[plugin(Keyring())], identity="recorded")
            times = {"superior_reports_due": f"PT{REPORTS_DUE.seconds}S", "data_requests_due": f"PT{WITHIN}S"}
            more: dict[str, Any] = {**times, "payloads_in_clear": True}
            async with siasn() as bkn, running(client, url, **more, **bkn.settings()) as stack:
                await agency.build(stack.sessions)
                hr = Somebody("hr", "hr", await stack.visitor(officer="hr"))
                town = Here("", hr)
                town.stack = stack
                played = {} if parts else await play(town, client)
                parted = (
                    *(move_people, change_dates, sign_the_closing, stand_still, open_again, depart, disagree),
                    *(
                        ask_others,
                        divide,
                        send_out,
                        look_twice,
                        give_seats_away,
                        plan_seats,
                        hear_heads,
                        ask_about_data,
                        let_go,
                    ),
                )
                for name, part in zip(PARTS, parted, strict=True):
                    if not parts or name in parts:
                        played |= await part(town, client)
                if not parts:
                    played["notices"] = await send_notices(client, stack.sessions)
                    remove_all()
                await keep(client, played)


async def play(town: Here, client: Client) -> dict[str, str]:
    """The rehearsal; ids of processes by the name of their history."""
    batch = await _import(town.hr.http)
    appointment = await appoint(town.hr.http)
    everybody = [person for person, *_ in agency.PEOPLE if person != "bupati"]
    cycle = await town.launch(everybody, "rehearsal", starts_at=datetime.now(UTC).isoformat())
    bulk = await _stand_still(town, cycle, "fajar")
    for who, supervisor in (("ani", "budi"), ("eko", "budi"), ("budi", "citra")):
        await town.do(cycle, who, "targets", who)
        if who == "eko":
            await town.do(cycle, who, "return", supervisor)
            await town.do(cycle, who, "targets", who)
        await town.do(cycle, who, "approval", supervisor)
    for who, supervisor in (("ani", "budi"), ("eko", "budi"), ("budi", "citra")):
        await _until_open(town, cycle, who)
        await town.do(cycle, who, "self_assessment", who)
        await town.do(cycle, who, "review", supervisor)
    await _until_open(town, cycle, "ani")
    await calibrate(town, cycle)
    await town.until_at(cycle, ["ani", "eko", "budi"], "acknowledgement")
    for who in ("ani", "eko"):
        await town.do(cycle, who, "acknowledgement", who)
    await _until_open(town, cycle, "ani")
    await nominate(town, cycle, ["ani", "eko"])
    watch = await watched(town.stack, client, f"appraisal/{cycle}/gita")
    await client.get_workflow_handle(f"cycle/{cycle}").result()
    return {
        "appraisal_normal": f"appraisal/{cycle}/ani",
        "appraisal_targets_returned": f"appraisal/{cycle}/eko",
        "appraisal_acknowledgement_lapsed": f"appraisal/{cycle}/budi",
        "appraisal_escalated_and_ended_by_rule": f"appraisal/{cycle}/gita",
        "calibration_with_a_change": f"calibration/{cycle}/dinkes",
        "calibration_nobody_came": f"calibration/{cycle}/dinsos",
        "nomination": f"nomination/{cycle}",
        "cycle": f"cycle/{cycle}",
        "import_applied": f"import/{batch}",
        "watch": watch,
        "appraisal_held_and_released": f"appraisal/{cycle}/fajar",
        "bulk": f"bulk/{bulk}",
        "appointment_over": f"appointment/{appointment}",
    }


async def _stand_still(town: Here, cycle: str, who: str) -> str:
    """A case is held and released by orders for many, the second of which another case refuses; the second's id."""
    cases = [f"appraisal/{cycle}/{who}"]
    order = ""
    for kind in ("hold", "release"):
        body = {"cases": cases, "remedy": {"kind": kind, "reason": "Banjir."}}
        order = (await town.hr.post("remedies", body))["id"]
        while not (await town.hr.http.get(f"/api/v1/remedies/{order}")).json().get("done"):
            await asyncio.sleep(0.1)
        cases = [*cases, f"appraisal/{cycle}/ani"]
    return order


async def watched(stack: Stack, client: Client, case: str) -> str:
    """The watch, which has looked twice and was asked to mend a case that needs nothing."""
    await keep_watch(client, stack.settings.task_queue)
    watch = client.get_workflow_handle(watch_id(stack.settings.task_queue))
    await watch.execute_update(WatchWorkflow.look)
    await watch.execute_update(WatchWorkflow.mend, Repair((case,), Actor("hr", hr=True), "mend"))
    await watch.execute_update(WatchWorkflow.look)
    return watch.id


async def send_notices(client: Client, sessions: Sessions) -> str:
    """Two mails, one of them refused for now, then a rest; the id of the process, which never ends by itself."""
    queue = "notices-recorded"
    await tell(sessions, "gita", "news", 2, datetime.now(UTC) - timedelta(days=2))
    await tell(sessions, "fajar", "news", 2, datetime.now(UTC) - timedelta(days=2), 300)
    async with mail_server() as box:
        box.answers = {"fajar@contoh.example": "452 later"}
        async with working(client, sessions, queue, box.port):
            await client.start_workflow(NoticesWorkflow.run, id=NOTICES, task_queue=queue)
            while not box.to("gita@contoh.example"):
                await asyncio.sleep(0.1)
            await asyncio.sleep(URGENT_CHECK.total_seconds() + 5)
    return NOTICES


async def _import(hr: httpx2.AsyncClient) -> str:
    kind, name = office.FILES[-1]
    upload = {"file": (name, (office.SAMPLE / name).read_bytes(), "text/csv")}
    answer = await hr.post("/api/v1/imports", files=upload, data={"kind": kind, "effective_on": "2020-01-01"})
    batch: str = office.expect(answer)["id"]
    while True:
        found = await hr.get(f"/api/v1/imports/{batch}")
        if found.json().get("phase") == "previewed":
            office.expect(await hr.post(f"/api/v1/imports/{batch}/application", json={}))
            return batch
        await asyncio.sleep(0.2)


async def appoint(hr: httpx2.AsyncClient) -> str:
    """A delegate for a few seconds, whose appointment begins and ends by itself."""
    now = datetime.now(UTC)
    period = {
        "begins_at": (now + timedelta(seconds=1)).isoformat(),
        "ends_at": (now + timedelta(seconds=3)).isoformat(),
    }
    wanted = {"kind": "DELEGATE", "represented": "eko", "person": "ani", **period}
    found: str = office.expect(await hr.post("/api/v1/appointments", json=wanted))["id"]
    return found


async def _until_open(town: Here, cycle: str, employee: str) -> None:
    """Wait until the present step of this case has opened."""
    while True:
        found: dict[str, Any] = await town.hr.get(f"appraisals/{cycle}/{employee}")
        if (found["opens_at"] or "") <= forms.now() and (found["next"] or {}).get("alarm") != "open":
            return
        await asyncio.sleep(0.3)


def remove_all() -> None:
    """The histories of before."""
    for old in HISTORIES.glob("*.json"):
        old.unlink()


async def keep(client: Client, processes: dict[str, str]) -> None:
    """Write each history as JSON without what names this machine."""
    HISTORIES.mkdir(exist_ok=True)
    for name, process in processes.items():
        history = json.loads((await client.get_workflow_handle(process).fetch_history()).to_json())
        text = json.dumps(_scrubbed(history), indent=1, ensure_ascii=False)
        (HISTORIES / f"{name}.json").write_text(text + "\n")


def _scrubbed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: SCRUBBED[key] if key in SCRUBBED else _scrubbed(inner) for key, inner in value.items()}
    return [_scrubbed(inner) for inner in value] if isinstance(value, list) else value


if __name__ == "__main__":
    asyncio.run(record(sys.argv[1:]))
