"""A PostgreSQL of our own for the tests, from the system's binaries: one cluster a run, a fresh database for each user.

PostgreSQL refuses to run as root, so root lends it the account `postgres` that the Debian package made.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from runtime.embedded import HOST, free_port
from tests.ports import kept_port

FAST = ("fsync=off", "full_page_writes=off", "max_connections=200", "shared_buffers=64MB")
FORGETFUL = "synchronous_commit=off"
"""Quicker still: what was committed in the last moments before a crash is gone, though people were told that it is kept."""
TEMPLATE = "jenjang_template"
MEMORY, ROOM = Path("/dev/shm"), 2**31  # noqa: S108 - a folder of our own in it, as with any other
"""Where files are kept in memory, and the bytes that must be free there. A new database is more than a thousand files, and a
disk's file system that makes and removes so many spends a quarter of a run on finding places for them."""


@dataclass
class Cluster:
    """A PostgreSQL in a folder that accepts everyone on the loopback interface."""

    home: Path
    port: int
    settings: tuple[str, ...]
    databases: int = 0

    def start(self) -> None:
        listening = f"-c listen_addresses={HOST} -c unix_socket_directories={self.home} -p {self.port}"
        options = f"{listening} {' '.join(f'-c {setting}' for setting in self.settings)}"
        self._control("start", "-w", "-t", "60", "-l", self.home / "log", "-o", options)

    def stop(self) -> None:
        """As when the power goes: nobody is told, and the next start recovers."""
        self._control("stop", "-w", "-m", "immediate")

    def _control(self, *arguments: object) -> None:
        _as_owner("pg_ctl", "-D", self.home / "data", *arguments)

    def url(self, database: str) -> str:
        return f"postgresql+asyncpg://postgres@{HOST}:{self.port}/{database}"

    def create_template(self, migrate: Callable[[str], None]) -> None:
        """Prepare once (`migrate` gets the address) what every new database begins with."""
        self._execute(f'CREATE DATABASE "{TEMPLATE}"')
        migrate(self.url(TEMPLATE))

    def create_database(self, template: str = TEMPLATE, name: str = "") -> str:
        """A new database like the template; gives its address."""
        self.databases += 1
        name = name or f"jenjang_{self.databases}"
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.url(name)

    def drop_database(self, url: str) -> None:
        """Remove it, whoever may still be connected: a run makes hundreds, of 8 MB each."""
        self._execute(f'DROP DATABASE "{url.rpartition("/")[2]}" WITH (FORCE)')

    def _execute(self, sql: str) -> None:
        where = ("-h", HOST, "-p", str(self.port), "-U", "postgres", "-d", "postgres")
        _run([str(_program("psql")), *where, "-X", "-q", "-v", "ON_ERROR_STOP=1", "-c", sql])


@contextmanager
def postgres_cluster(lasting: bool = False) -> Iterator[Cluster]:
    """A cluster in a temporary folder on a free port; stopped and removed in the end. A `lasting` one may be killed meanwhile,
    and is on the disk; others are in memory where there is room.

    Raises:
        RuntimeError: PostgreSQL is not installed, or a step of it fails (with what it said).
    """
    _program("initdb")
    home = Path(tempfile.mkdtemp(prefix="jenjang-postgres-", dir=None if lasting else _memory()))
    cluster = Cluster(home, kept_port(), FAST) if lasting else Cluster(home, free_port(), (*FAST, FORGETFUL))
    if os.geteuid() == 0:
        shutil.chown(home, "postgres")
    try:
        _as_owner(
            "initdb", "-D", home / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"
        )
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop()
    finally:
        shutil.rmtree(home)


def _memory() -> Path | None:
    return MEMORY if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= ROOM else None


def _as_owner(program: str, *arguments: object) -> None:
    lent = ("runuser", "-u", "postgres", "--") if os.geteuid() == 0 else ()
    _run([*lent, str(_program(program)), *map(str, arguments)])


def _program(name: str) -> Path:
    """Debian keeps the server's programs away from the PATH, one folder for each major version: the newest is taken."""
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    found = shutil.which(name)
    if not versions and found is None:
        raise RuntimeError(f"{name} was not found. The tests need PostgreSQL: apt-get install postgresql")
    return versions[-1] if versions else Path(found or name)


def _run(argv: Sequence[str]) -> None:
    # A daemon inherits our pipes and would keep them open, hence a file instead of capture_output.
    with tempfile.TemporaryFile("w+") as said:
        done = subprocess.run(argv, stdout=said, stderr=subprocess.STDOUT, cwd="/", check=False)
        if done.returncode:
            said.seek(0)
            raise RuntimeError(f"{' '.join(argv)} failed: {said.read()}")
