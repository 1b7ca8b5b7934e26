"""What people had erased: the list to keep beside the backups, and erasing it once more in a database that was restored."""

import asyncio
import json
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from adapters.database.engine import AWAY, open_engine, open_sessions
from adapters.database.reads.erasable import erasures as listed
from adapters.database.schema import migrate
from adapters.database.writes.erasing import erase_again
from appraisal.privacy.erasing import Erased, Part
from console.backup.installation import record_of
from runtime.errors import CannotStart
from runtime.settings import Settings, load_settings

UNREAD = (
    "What people had erased since the backup could not be read: there was no database, or it does not answer. If you keep "
    "the list (`jenjang erasures`), apply it before people come back: jenjang erasures --apply FILE"
)


class UnusableList(CannotStart):
    """The file does not hold what `jenjang erasures` prints."""


async def erasures(*, apply: Path | None = None) -> None:
    """Print each erasure as a line of JSON, with ids alone; or erase again what such a list has.

    Args:
        apply: A list that was printed earlier. What it names and is older than its erasure goes once more.
    """
    settings = load_settings()
    if apply:
        again = _read(apply)
        await apply_to(settings, again)
        print(f"Erased again: {len(again)} requests.")
        return
    for erased in await _listed(settings):
        line = {"request": erased.request, "person": erased.person, "parts": erased.parts, "at": erased.at.isoformat()}
        sys.stdout.write(json.dumps(line) + "\n")


async def known_to(settings: Settings) -> tuple[Erased, ...] | None:
    """What the database that is here has on its list. None: it cannot be read, or is not there."""
    if not record_of(settings).holds_data():
        return None
    try:
        return await _listed(settings)
    except AWAY:
        return None


async def apply_to(settings: Settings, again: Sequence[Erased]) -> None:
    """Erase all of it, in one transaction, under the schema of this version."""
    await asyncio.to_thread(migrate, settings.database_url)
    engine = open_engine(settings.database_url)
    try:
        async with open_sessions(engine, writing=True).begin() as session:
            await erase_again(session, again)
    finally:
        await engine.dispose()


async def _listed(settings: Settings) -> tuple[Erased, ...]:
    engine = open_engine(settings.database_url)
    try:
        async with open_sessions(engine)() as session:
            return await listed(session)
    finally:
        await engine.dispose()


def _read(file: Path) -> tuple[Erased, ...]:
    try:
        return tuple(_erased(json.loads(line)) for line in file.read_text().splitlines())
    except OSError as failed:
        raise UnusableList(f"{file} cannot be read: {failed.strerror}.") from failed
    except (ValueError, KeyError, TypeError) as wrong:
        raise UnusableList(f"{file} does not hold what `jenjang erasures` prints.") from wrong


def _erased(line: dict[str, str | list[str]]) -> Erased:
    parts = tuple(Part(part) for part in line["parts"])
    return Erased(str(line["request"]), str(line["person"]), parts, datetime.fromisoformat(str(line["at"])))
