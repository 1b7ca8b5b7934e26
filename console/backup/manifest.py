"""What a backup says of itself: what is in it, of when, and what a restore needs."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter, ValidationError

from runtime.errors import CannotStart

FORMAT = 1
TAKE_BACKUP = "Take another backup, or restore with the Jenjang that made this one."


class UnusableBackup(CannotStart):
    """The archive is damaged, of another kind, or newer than this program."""


@dataclass(frozen=True, slots=True)
class Part:
    """One copy of one store: its file in the archive, when it was taken, and what it must be."""

    name: str
    taken_at: datetime
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """`revision` is the schema's. `keys` are the ids of the keys that Temporal's store was written with, never the keys."""

    format: int
    made_at: datetime
    jenjang: str
    temporal: str
    revision: str
    keys: tuple[str, ...]
    parts: tuple[Part, ...]

    def written(self) -> bytes:
        return MANIFEST.dump_json(self, indent=2)


MANIFEST = TypeAdapter(Manifest)


def read_manifest(content: bytes) -> Manifest:
    """The manifest in these bytes.

    Raises:
        UnusableBackup: it is none, or of a format that this program does not know.
    """
    try:
        found = json.loads(content)
        number = found["format"]
        if number != FORMAT:
            raise UnusableBackup(
                f"The backup has the format {number}; this Jenjang reads {FORMAT}. Install a newer one."
            )
        return MANIFEST.validate_python(found)
    except (ValueError, TypeError, KeyError, ValidationError):
        raise UnusableBackup(f"The backup is damaged: its manifest cannot be read. {TAKE_BACKUP}") from None


def demand_known_schema(manifest: Manifest, revisions: Iterable[str]) -> None:
    """Raises UnusableBackup if a newer Jenjang made it: this one cannot know what its tables mean."""
    if manifest.revision not in revisions:
        raise UnusableBackup(
            f"The backup has the schema {manifest.revision} of Jenjang {manifest.jenjang}, which this one does not know. "
            "Install that version or a newer one, then restore."
        )


def demand_same_stores(manifest: Manifest, here: Iterable[str]) -> None:
    """Raises UnusableBackup unless the backup has exactly what is to be restored here."""
    held, wanted = {part.name for part in manifest.parts}, set(here)
    if missing := sorted(wanted - held):
        raise UnusableBackup(
            f"The backup holds {_list(held)} and not {_list(missing)}, which this installation uses. Set DATABASE_URL, "
            "TEMPORAL_ADDRESS and JENJANG_TEMPORAL_DATABASE_URL as they were, or restore one part (--only)."
        )


def demand_keys(manifest: Manifest, here: Iterable[str]) -> None:
    """Raises UnusableBackup unless all keys are here that Temporal's store was written with."""
    if missing := sorted(set(manifest.keys) - set(here)):
        raise UnusableBackup(
            f"Temporal's store in this backup was written with the keys {_list(missing)}, which are not here. Put them back "
            "first: without them no process can be read."
        )


def _list(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "nothing"
