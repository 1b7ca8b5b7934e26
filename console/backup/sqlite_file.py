"""A SQLite file as a store that is copied while others write to it, and put back when nobody uses it."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from console.backup.stores import CannotCopy

BESIDE = ("", "-wal", "-shm", "-journal")
"""What SQLite keeps under the name of a file."""


@dataclass(frozen=True, slots=True)
class SqliteFile:
    """`name` is its copy's in the archive."""

    name: str
    path: Path

    @property
    def place(self) -> str:
        return str(self.path)

    def revision(self) -> str:
        try:
            with closing(self._open()) as here:
                found = here.execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.Error as failed:
            raise CannotCopy(f"{self.path} is no database of Jenjang: {failed}.") from None
        return str(found[0])

    def copy(self, target: Path) -> None:
        """All pages in one step, under one read lock: what was committed at its beginning, whoever writes meanwhile."""
        try:
            with closing(self._open()) as here, closing(sqlite3.connect(target)) as there:
                here.backup(there)
                (sound,) = there.execute("PRAGMA quick_check(1)").fetchone()
        except sqlite3.Error as failed:
            raise CannotCopy(f"{self.path} cannot be copied: {failed}.") from None
        if sound != "ok":
            raise CannotCopy(f"{self.path} is damaged ({sound}). Restore an earlier backup.")

    def in_use(self) -> bool:
        """SQLite leaves the write-ahead log only when nobody else has the file open, in whatever process."""
        if not self.holds_data():
            return False
        try:
            with closing(self._open()) as here:
                here.execute("PRAGMA journal_mode=DELETE")
                here.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            return True
        except sqlite3.DatabaseError:
            pass  # what stands there is damaged, and that may be why somebody restores
        return False

    def holds_data(self) -> bool:
        return self.path.exists()

    def put(self, copy: Path, aside: Path) -> None:
        """Move what is there to the folder `aside`, and the copy to its place."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        for beside in BESIDE:
            old = self.path.with_name(self.path.name + beside)
            if old.exists():
                aside.mkdir(mode=0o700, exist_ok=True)
                shutil.move(old, aside / old.name)
        shutil.move(copy, self.path)

    def _open(self) -> sqlite3.Connection:
        """Only what exists, and without waiting for others."""
        return sqlite3.connect(f"{self.path.as_uri()}?mode=rw", uri=True, timeout=0)
