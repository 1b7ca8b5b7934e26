"""People at work who never stop trying, for the time of a fault; and how long the service took to come back."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence

from adapters.database.engine import open_engine, open_sessions
from adapters.database.schema import migrate
from runtime.settings import Settings
from runtime.temporal import connect
from tests import agency
from tests.faults import year
from tests.faults.evidence import Record, check_nobody_acted_unasked, check_processes, check_record, read_record
from tests.faults.people import Town, until

EMPLOYEES = ("citra", "budi", "ani", "eko", "gita", "dewi", "fajar")


async def settle(settings: Settings) -> None:
    """A database with the small agency in it, before anything runs."""
    settings.data_dir.mkdir(exist_ok=True)
    await asyncio.to_thread(migrate, settings.database_url)
    engine = open_engine(settings.database_url)
    await agency.build(open_sessions(engine, writing=True))
    await engine.dispose()


async def come_in(people: Town, employees: Sequence[str] = EMPLOYEES) -> None:
    """Everybody has signed in: a link opens once, and its answer may be lost like any other."""
    for who in (*employees, "bupati"):
        await people.person(who)


async def rate_everybody(people: Town, cycle: str, employees: Sequence[str] = EMPLOYEES) -> None:
    """From targets to the rating, all at the same time."""
    rows = enumerate(employees)
    await asyncio.gather(*(year.until_rated(people, cycle, place, who) for place, who in rows))


async def down(
    people: Town, stop: Callable[[], Awaitable[None]], start: Callable[[], Awaitable[None]], seconds: float
) -> float:
    """Stop it in the middle of the work, start it after this time; how long it took from then to the next receipt."""
    await until(lambda: _received(people, 3))
    await stop()
    at_rest = len(people.acknowledged)
    await asyncio.sleep(seconds)
    await start()
    since = time.monotonic()
    at_rest = max(at_rest, len(people.acknowledged))
    await until(lambda: _received(people, at_rest + 1), seconds=180)
    return time.monotonic() - since


async def _received(people: Town, wanted: int) -> bool:
    return len(people.acknowledged) >= wanted


async def check_all(settings: Settings, people: Town) -> Record:
    """Every command that was acknowledged is on record once, none else is, and processes and record are one."""
    record = await read_record(settings.database_url)
    check_record(record, people.acknowledged)
    check_nobody_acted_unasked(record, people.acknowledged)
    await check_processes(await connect(settings), record)
    return record
