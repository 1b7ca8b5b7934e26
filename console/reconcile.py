"""Do processes and record agree? Looks at every case, and with --apply has what disagrees go on from what is left."""

import getpass
import uuid
from collections import Counter
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from activities.watch import WatchActivities
from adapters.database.engine import open_engine, open_sessions
from adapters.database.writes.anchors import SqlAnchors
from adapters.database.writes.troubles import SqlWatched
from appraisal.access import Actor
from appraisal.watch import MACHINE
from runtime.errors import CannotStart
from runtime.settings import load_settings
from runtime.temporal import connect
from runtime.watching import TemporalProcesses


class Disagreement(CannotStart):
    """Processes and record disagree, or something could not be mended."""


async def reconcile(apply: bool = False) -> None:
    """Compare every process with the record. Needs a running worker, which the processes answer through.

    Args:
        apply: Mend what disagrees: start processes again from the record, complete the record from processes.
    """
    settings = load_settings()
    engine = open_engine(settings.database_url)
    try:
        client = await connect(settings)
        sessions = open_sessions(engine, writing=True)
        anchors = SqlAnchors(sessions, ZoneInfo(settings.zone))
        processes = TemporalProcesses(client, settings.task_queue)
        watch = WatchActivities(processes, SqlWatched(sessions), anchors, lambda: datetime.now(UTC))
        troubles = await watch.examine_all()
        for trouble in troubles:
            print(f"{trouble.subject}: {trouble.kind} {trouble.detail}")
        broken = tuple(dict.fromkeys(trouble.subject for trouble in troubles if trouble.kind not in MACHINE))
        if apply and broken:
            who, order = Actor(f"console/{getpass.getuser()}"[:64], hr=True), f"console/{uuid.uuid4().hex}"
            done = [(case, await watch.mend_one(case, who, order)) for case in broken]
            for case, what in done:
                print(f"{case}: {what}")
            print(", ".join(f"{count} {what}" for what, count in sorted(Counter(what for _, what in done).items())))
            troubles = await watch.examine_all()
    finally:
        await engine.dispose()
    if troubles:
        remedy = "" if apply else " `jenjang reconcile --apply` mends what disagrees."
        raise Disagreement(f"{len(troubles)} troubles found.{remedy}")
    print("Processes and record agree.")
