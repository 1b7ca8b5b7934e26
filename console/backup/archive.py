"""The one file of a backup: a zip of the copies and their manifest. It is there whole or not at all."""

import hashlib
import os
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

from console.backup.manifest import TAKE_BACKUP, Manifest, Part, UnusableBackup, read_manifest
from runtime.errors import CannotStart

NAME = "manifest.json"
BLOCK = 1024 * 1024


class CannotWrite(CannotStart):
    """The archive cannot be written there."""


def part_of(file: Path, taken_at: datetime) -> Part:
    """What the manifest says of this copy."""
    with file.open("rb") as content:
        return Part(file.name, taken_at, file.stat().st_size, hashlib.file_digest(content, "sha256").hexdigest())


def write_archive(target: Path, manifest: Manifest, copies: Sequence[Path]) -> None:
    """Write it under another name, readable by its owner alone, and give it its name at the end.

    Raises:
        CannotWrite: there is such a file already, or the disk refuses. Nothing is left behind.
    """
    if target.exists():
        raise CannotWrite(f"{target} is there already. Name another file, or a folder.")
    unfinished = target.with_name(f"{target.name}.unfinished")
    try:
        with _private(unfinished) as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
                archive.writestr(NAME, manifest.written())
                for copy in copies:
                    archive.write(copy, copy.name)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(target)
    except OSError as failed:
        raise CannotWrite(f"{target} cannot be written: {failed.strerror}. Nothing was left there.") from None
    finally:
        unfinished.unlink(missing_ok=True)


class Archive:
    """An archive that is open for reading."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self._file = file
        self.manifest = read_manifest(file.read(NAME))

    def unpack(self, part: Part, target: Path) -> None:
        """Write this part's copy there.

        Raises:
            UnusableBackup: it is not what the manifest says.
        """
        digest, size = hashlib.sha256(), 0
        with self._file.open(part.name) as source, _private(target) as copy:
            for block in _blocks(source):
                copy.write(block)
                digest.update(block)
                size += len(block)
            copy.flush()
            os.fsync(copy.fileno())
        if (size, digest.hexdigest()) != (part.size, part.sha256):
            raise UnusableBackup(f"The backup is damaged: {part.name} is not what was saved. {TAKE_BACKUP}")


@contextmanager
def open_archive(file: Path) -> Iterator[Archive]:
    """The archive in this file.

    Raises:
        UnusableBackup: it cannot be read, then or later; whoever reads changes nothing before all is read.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            yield Archive(archive)
    except OSError as failed:
        raise UnusableBackup(f"{file} cannot be read: {failed.strerror or failed}.") from None
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, NotImplementedError):
        raise UnusableBackup(f"{file} is damaged, or no backup of Jenjang. {TAKE_BACKUP}") from None


def _private(file: Path) -> IO[bytes]:
    """A new file that its owner alone may read, from the first byte on."""
    file.unlink(missing_ok=True)
    file.touch(mode=0o600)
    return file.open("wb")


def _blocks(source: IO[bytes]) -> Iterator[bytes]:
    while block := source.read(BLOCK):
        yield block
