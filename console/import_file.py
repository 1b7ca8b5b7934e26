"""Importing a file from the command line: the same process, preview and decision as on the page."""

import asyncio
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table
from temporalio.client import Client, WorkflowUpdateFailedError

from adapters.database.desk.accounts import Accounts
from adapters.database.desk.uploads import Uploads
from adapters.database.engine import Sessions, open_engine, open_sessions
from adapters.database.reads.directory import roster_import
from appraisal.access import Actor
from appraisal.roster.importing import Decision, ImportOrder, Phase
from appraisal.roster.roster import ImportKind
from runtime.errors import CannotStart
from runtime.readiness import temporal_serves
from runtime.settings import Settings, load_settings
from runtime.temporal import connect
from workflows.identity import import_id
from workflows.roster_import import RosterImportWorkflow

SHOWN = 40
OFFICER = "console"
PATIENCE = 120.0


class ImportRefused(CannotStart):
    """The file cannot be imported as it is."""


async def import_file(
    file: Path, kind: ImportKind = ImportKind.PEOPLE, effective_on: date | None = None, apply: bool = False
) -> None:
    """Show what a CSV or XLSX file would change; with --apply, change it, all or nothing. The service must be running.

    Args:
        file: The file.
        kind: people, indicators, trainings, holidays (a decree, SKB), schedules (working weeks and zones of units),
            assessments (of potential) or attendance (in trainings).
        effective_on: The day from which it holds (YYYY-MM-DD); today when left out.
        apply: Apply it when it has no errors.
    """
    settings, console = load_settings(), Console()
    content = await asyncio.to_thread(_content, file)
    if not await temporal_serves(settings.temporal(), settings.temporal_namespace):
        raise ImportRefused(f"No Temporal server answers at {settings.temporal()}. Start the service first (./run up).")
    engine = open_engine(settings.database_url)
    try:
        client = await connect(settings)
        now = datetime.now(UTC)
        officer = await Accounts(engine).officer(OFFICER, now)
        batch = await Uploads(engine).keep(officer, file.name, content, now)
        day = effective_on or now.astimezone(ZoneInfo(settings.zone)).date()
        await _start(client, settings, ImportOrder(batch, kind, day, officer))
        preview = await _previewed(open_sessions(engine), batch)
        _show(console, preview)
        await _decide(client, batch, Actor(officer, hr=True), apply, preview["revision"], console)
    finally:
        await engine.dispose()


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as failed:
        raise ImportRefused(f"{file} cannot be read: {failed.strerror}.") from None


async def _start(client: Client, settings: Settings, order: ImportOrder) -> None:
    process = import_id(order.batch)
    await client.start_workflow(RosterImportWorkflow.run, order, id=process, task_queue=settings.task_queue)


async def _previewed(sessions: Sessions, batch: str) -> dict[str, Any]:
    try:
        async with asyncio.timeout(PATIENCE):
            while True:
                async with sessions() as session:
                    found = await roster_import(session, batch)
                if found is not None:
                    return found
                await asyncio.sleep(0.2)
    except TimeoutError:
        raise ImportRefused("Nobody has read the file. Is a worker running (./run up)?") from None


def _show(console: Console, preview: dict[str, Any]) -> None:
    problems = Table("row", "column", "", "what is wrong", "what to do", title=f"{len(preview['problems'])} problems")
    for problem in preview["problems"][:SHOWN]:
        cells = (problem["row"], problem["column"], problem["severity"], problem["what"], problem["remedy"])
        problems.add_row(*(str(cell or "") for cell in cells))
    changes = Table("what", "who or what", title=f"{len(preview['differences'])} differences")
    for difference in preview["differences"][:SHOWN]:
        changes.add_row(difference["kind"], difference["label"])
    for table, rows in ((problems, preview["problems"]), (changes, preview["differences"])):
        if rows:
            console.print(table)
        if len(rows) > SHOWN:
            console.print(f"... and {len(rows) - SHOWN} more; the page People > Import shows all.")


async def _decide(client: Client, batch: str, actor: Actor, apply: bool, revision: int, console: Console) -> None:
    handle = client.get_workflow_handle(import_id(batch))
    # The preview is on record a moment before its process knows, and until then the process takes no decision.
    while (await handle.query(RosterImportWorkflow.status)).phase is Phase.CHECKING:
        await asyncio.sleep(0.1)
    try:
        status = await handle.execute_update(RosterImportWorkflow.decide, Decision(actor, apply, False, revision))
    except WorkflowUpdateFailedError as refused:
        raise ImportRefused(f"Nothing was changed: {refused.cause}") from None
    console.print("Applied." if apply else f"Nothing was changed ({status.phase}). Add --apply to apply it.")
