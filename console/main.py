"""The command line `jenjang`. A command names the module that does it; it is loaded when asked for."""

import sys
from importlib.metadata import version
from typing import NoReturn

from cyclopts import App

from runtime.collector import spare_loading
from runtime.errors import CannotStart
from runtime.telemetry import configure_logging

app = App(
    name="jenjang",
    help="Performance appraisal of civil servants, as durable processes.",
    version=lambda: version("jenjang"),
)
app.command("console.up:up", name="up", help="Serve everything on this machine; Ctrl-C stops.")
app.command("console.serve:api", name="api", help="Serve the API and the pages only.")
app.command("console.work:worker", name="worker", help="Run one worker process only.")
app.command("console.temporal:temporal", name="temporal", help="Run the embedded Temporal server only.")
app.command("console.migrate:migrate", name="migrate", help="Bring the database to the current schema.")
app.command("console.promote:promote", name="promote", help="Give the work to the workers of this build.")
app.command("console.accounts:app", name="account", help="Accounts: make officers, hand out sign-in links, disable.")
app.command("console.import_file:import_file", name="import", help="Preview or apply a file of people or a catalogue.")
app.command("console.webhooks:app", name="webhook", help="Webhooks: programs that hear of every notice.")
app.command("console.audit:app", name="audit", help="The record: check it, print its anchors, pack it for auditors.")
app.command("console.erasures:erasures", name="erasures", help="Print what people had erased, or erase it once more.")
app.command("console.archive:app", name="archive", help="A finished cycle as one file: write it, read a case in it.")
app.command("console.reconcile:reconcile", name="reconcile", help="Check that processes and record agree; mend them.")
app.command("console.retention:retention", name="retention", help="What is kept how long, what is due, what went.")
app.command("console.backup.save:backup", name="backup", help="Save record and processes as one file.")
app.command("console.backup.restore:restore", name="restore", help="Put a backup back, and have both agree.")
app.command("demo.main:main", name="demo", help="Play a year of a regency before your eyes.")
app.command("bench.main:main", name="bench", help="Measure against the bare engine.")


def main() -> None:
    """Entry point of the script `jenjang`. What its user can put right is one sentence and exit code 1.

    Standard output is what was asked for and nothing else; log lines go to standard error, those of the programs that serve
    as the settings say.
    """
    configure_logging(process="jenjang")
    spare_loading()
    try:
        app()
    except CannotStart as reason:
        _end(str(reason))
    except Exception as failed:
        from console.unanswered import told  # noqa: PLC0415 - a command that needs no database starts without it

        reason_told = told(failed)
        if reason_told is None:
            raise
        _end(reason_told)


def _end(reason: str) -> NoReturn:
    print(f"jenjang: {reason}", file=sys.stderr)
    raise SystemExit(1) from None


if __name__ == "__main__":
    main()
