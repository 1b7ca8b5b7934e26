"""The mail server dies under the running worker and comes back: everything goes out, once; a refused address is given up."""

import asyncio
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from adapters.database.engine import Sessions, open_engine, open_sessions
from adapters.database.reads.unreached import unreached
from console.service import serving
from runtime.children import Child
from runtime.embedded import HOST, is_free
from runtime.settings import Settings
from tests.adapters.rounds import PERSON, rows, tell
from tests.faults.load import settle
from tests.faults.people import until
from tests.faults.programs import settings_in
from tests.ports import kept_port

PEOPLE = ("ani", "budi", "dewi", "eko")
REFUSED = "gita"


@pytest.mark.slow
async def test_mail_goes_out_once_though_the_server_was_killed(tmp_path: Path) -> None:
    port = kept_port()
    here = ("-l", f"{HOST}:{port}", "-c", "tests.post.Office", str(tmp_path / "mail"))
    post = Child("post", (sys.executable, "-m", "aiosmtpd", "-n", *here), log=tmp_path / "post.log")
    mail = {"smtp_host": HOST, "smtp_port": port, "smtp_security": "none", "mail_from": "jenjang@contoh.example"}
    settings = settings_in(tmp_path).model_copy(update=mail)
    await settle(settings)
    async with _sessions(settings) as sessions, serving(settings, print, "tests.faults.always_open"):
        await post.start()
        await until(lambda: _listens(port))
        await _tell_everybody(sessions, "news")
        await until(lambda: _delivered(sessions, len(PEOPLE)))
        post.send(signal.SIGKILL)
        await post.wait()
        await _tell_everybody(sessions, "became_due")
        await until(lambda: _tried(sessions, 3))
        assert len(_letters(tmp_path)) == len(PEOPLE)
        await post.start()
        await until(lambda: _delivered(sessions, 2 * len(PEOPLE)))
        await asyncio.sleep(3)  # three more rounds, for whatever would come twice
        await post.stop(5)
        found = await rows(sessions)
        assert _letters(tmp_path) == Counter(f"<{row['id']}@127.0.0.1>" for row in found if row["recipient"] != REFUSED)
        assert set(_letters(tmp_path).values()) == {1}
        given_up = [row for row in found if row["recipient"] == REFUSED]
        assert [(row["try_at"], row["sent_at"]) for row in given_up] == [(None, None)] * 2
        assert given_up[0]["attempts"] == 1, "refused for good is refused once"
        async with sessions() as session:
            assert [one.id for one in await unreached(session, None, 10)] == [REFUSED]


@asynccontextmanager
async def _sessions(settings: Settings) -> AsyncIterator[Sessions]:
    engine = open_engine(settings.database_url)
    sessions = open_sessions(engine, writing=True)
    async with sessions.begin() as session:
        refused = update(PERSON).where(PERSON.c.id == REFUSED).values(email=f"{REFUSED}@ditolak.example")
        await session.execute(refused)
    yield sessions
    await engine.dispose()


async def _listens(port: int) -> bool:
    """Otherwise the first try of what will be refused finds nobody, and is made again."""
    return not is_free(port)


async def _tell_everybody(sessions: Sessions, kind: str) -> None:
    """News of the day before for the digest, or urgent news."""
    age, first = (timedelta(days=2), 100) if kind == "news" else (timedelta(0), 500)
    for place, who in enumerate((*PEOPLE, REFUSED)):
        await tell(sessions, who, kind, 2, datetime.now(UTC) - age, first + 10 * place)


async def _delivered(sessions: Sessions, wanted: int) -> bool:
    return sum(row["sent_at"] is not None for row in await rows(sessions)) >= wanted


async def _tried(sessions: Sessions, times: int) -> bool:
    """Whether some mail was tried so often in vain, and waits."""
    waiting: list[dict[str, Any]] = [row for row in await rows(sessions) if row["try_at"] is not None]
    return any(row["attempts"] >= times for row in waiting)


def _letters(folder: Path) -> Counter[str]:
    """How often each mail has arrived, by its id."""
    files = (folder / "mail" / "new").iterdir()
    return Counter(str(message_from_bytes(file.read_bytes())["Message-ID"]) for file in files)
