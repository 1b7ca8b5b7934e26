"""HR sees how long everything is kept, what goes next, what went, and which finished cycles are archived."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy import insert
from temporalio.testing import WorkflowEnvironment

from adapters.cycle_archive import CycleArchives
from adapters.database.reads.outlived import OUTLIVED, REMOVAL
from appraisal.access import Actor
from appraisal.privacy.retention import Kept, next_look
from tests import agency
from tests.closed_results import closed
from tests.stack import running

SET = {"retention": "messages=P30D, readings=P365D", "archive_dir": "/archive", "archive_after": "P90D"}
SENT = {"recipient": "ani", "channel": "mail", "kind": "digest", "slot": "1", "notices": [], "attempts": 1, "id": "d1"}


async def test_what_is_kept_goes_and_went_and_the_archives(
    server: WorkflowEnvironment, database_url: str, tmp_path: Path
) -> None:
    async with running(server.client, database_url, **SET) as stack:
        now, today = stack.services.present()
        await agency.build(stack.sessions)
        await closed(stack.sessions, {"ani": ("budi", "DI_ATAS", "SESUAI")})
        await closed(stack.sessions, {"eko": ("budi", "SESUAI", "SESUAI")}, 2025)
        archives = CycleArchives(stack.sessions, stack.sessions)
        sealed = await archives.write("c2026", tmp_path / "c2026.zip", Actor("hr", hr=True), now)
        gone = {"day": today, "kind": Kept.NOTICES, "before": now - timedelta(days=90), "rows": 1234, "at": now}
        async with stack.sessions.begin() as session:
            await session.execute(insert(REMOVAL).values(**gone))
            old = now - timedelta(days=31)
            await session.execute(insert(OUTLIVED[Kept.MESSAGES].table).values(**SENT, created_at=old, try_at=None))

        hr = await stack.visitor(officer="hr")
        told = (await hr.get("/api/v1/retention")).json()
        kinds = {line.pop("kind"): line for line in told["kinds"]}
        assert list(kinds) == list(Kept)
        assert kinds["messages"] == {"by": "process", "days": 30, "going": 1}
        assert kinds["readings"] == {"by": "owner", "days": 365, "going": 0}
        assert kinds["notices"] == {"by": "process", "days": None, "going": None}
        assert told["next_at"].startswith(next_look(now, stack.settings.zone).isoformat()[:13])
        assert [(line["kind"], line["rows"]) for line in told["removed"]] == [("notices", 1234)]
        assert told["archived_after_days"] == 90
        assert {
            line["cycle"]: line["archive"] and line["archive"]["sealed"]["sha256"] for line in told["archives"]
        } == {
            "c2026": sealed.sha256,
            "c2025": None,
        }

        page = (await hr.get("/retention?lang=id")).text
        for said in ("Untuk 7 dari 9 jenis", "dihapus berikutnya: 1", "1.234", sealed.sha256, "belum diarsipkan"):
            assert said in page, said
        ani = await stack.visitor("ani")
        assert (await ani.get("/retention")).status_code == 403
