"""The archive of a finished cycle: write it, and read a case in it without the database."""

import getpass
import json
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cyclopts import App

from adapters.archive_check import check, lines
from adapters.cycle_archive import ArchiveDiffers, CycleArchives
from adapters.database.engine import open_engine, open_sessions
from appraisal.access import Actor
from appraisal.errors import AppraisalError
from runtime.errors import CannotStart
from runtime.settings import load_settings

app = App(name="archive", help="Write a finished cycle into one file, and read a case in such a file.")


class CannotArchive(CannotStart):
    """The cycle cannot be archived, or the file cannot be written or read."""


@app.default
async def write(cycle: str, file: Path) -> None:
    """Write everything about a finished cycle into one file, read it back, and put its hash on record.

    Args:
        cycle: The cycle's id; the address of its page ends with it.
        file: The file to write, a ZIP archive. It must not be there yet.
    """
    engine = open_engine(load_settings().database_url)
    who = Actor(f"console/{getpass.getuser()}"[:64], hr=True)
    try:
        archives = CycleArchives(open_sessions(engine), open_sessions(engine, writing=True))
        made = await archives.write(cycle, file, who, datetime.now(UTC))
    except AppraisalError as refused:
        raise CannotArchive(f"{refused.what} {refused.remedy}") from None
    except OSError as failed:
        raise CannotArchive(f"{file} cannot be written: {failed.strerror}. Nothing was left there.") from failed
    except ArchiveDiffers as differs:
        raise CannotArchive(f"What was read back is not what was written ({differs}). Try another disk.") from differs
    finally:
        await engine.dispose()
    print(f"{file}: {made.cases} cases, {made.events} events, read back and on record.")
    print(f"SHA-256 {made.sha256}")


@app.command
def show(file: Path, case: str) -> None:
    """Print one case of an archive, after checking that the archive holds.

    Args:
        file: What `jenjang archive` has written.
        case: The case (appraisal/...), or the NIP or the id of its employee.
    """
    with opened(file) as archive:
        if found := check(archive, {}, {}):
            raise CannotArchive(f"{file} does not hold: {found[0]}. `jenjang audit verify --archive` tells the rest.")
        told = list(_told(archive, case))
    for line in told:
        print(line)


@contextmanager
def opened(file: Path) -> Iterator[zipfile.ZipFile]:
    """The archive in this file.

    Raises:
        CannotArchive: there is none, or it cannot be read to its end.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except OSError as failed:
        raise CannotArchive(f"{file} cannot be read: {failed.strerror}.") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError):
        raise CannotArchive(f"{file} is damaged, or no archive of Jenjang.") from None


def _told(archive: zipfile.ZipFile, wanted: str) -> Iterator[str]:
    officers = {row["id"]: {"name": row["login"], "nip": ""} for row in lines(archive, "rows/account.jsonl")}
    people = officers | {row["id"]: row for row in lines(archive, "rows/person.jsonl")}
    units = {row["unit_id"]: row["name"] for row in lines(archive, "rows/unit_period.jsonl")}
    for row in lines(archive, "rows/appraisal.jsonl"):
        employee = people.get(row["employee_id"], {"name": row["employee_id"], "nip": ""})
        if wanted in (row["id"], row["employee_id"], employee["nip"]):
            yield f"{employee['name']}  {employee['nip']}  {units.get(row['unit_id'], row['unit_id'])}"
            yield f"{row['id']}: {row['step']}, {row['exit'] or '-'}, {row['predicate'] or 'no rating'}"
            yield from _events(archive, row["id"], people)
            yield json.dumps(row["document"], ensure_ascii=False, indent=1)
            return
    raise CannotArchive(f"There is no case {wanted} in this archive. Its index.html lists them all.")


def _events(archive: zipfile.ZipFile, case: str, people: dict[str, Any]) -> Iterator[str]:
    """The record of the case. What a later attempt replaced is marked: it was never confirmed."""
    entries = [entry for entry in lines(archive, "events.jsonl") if entry["subject"] == case]
    for entry in entries:
        replaced = any(e["attempt"] > entry["attempt"] and e["revision"] <= entry["revision"] for e in entries)
        who = people.get(entry["actor"], {"name": entry["actor"]})["name"]
        mark = "  (replaced by a later attempt)" if replaced else ""
        yield f"{entry['revision']:>4}  {entry['at'][:16]}  {entry['kind']}  {who}{mark}"
        if entry["reason"]:
            yield f"      {entry['reason']}"
        for name, before, after in entry["changes"]:
            yield f"      {name}: {before or '-'} -> {after or '-'}"
