"""Where a process finds its payload keys, and how the embedded server comes by its first one."""

import mmap
import os
from datetime import date
from pathlib import Path

from runtime.crypt import CLOSED
from runtime.errors import CannotStart
from runtime.keyring import Keyring, new_key, read_keys
from runtime.settings import Settings

FILE = "payload.keys"


def keyring_of(settings: Settings) -> Keyring:
    """The keys of this process, read anew.

    Raises:
        CannotStart: there are none and nobody has said that there shall be none, or they cannot be read.
    """
    text = settings.payload_keys or _from_file(settings)
    if text is None and not settings.payloads_in_clear:
        raise CannotStart(
            "There is no key for what Temporal keeps: set JENJANG_PAYLOAD_KEYS or JENJANG_PAYLOAD_KEYS_FILE "
            "(docs/security.md says how to make one), or say JENJANG_PAYLOADS_IN_CLEAR=true."
        )
    keys = read_keys(text) if text else ()
    return Keyring(keys, None if settings.payloads_in_clear else keys[0])


def _from_file(settings: Settings) -> str | None:
    file = settings.payload_keys_file or settings.data_dir / FILE
    if settings.payload_keys_file is None and not file.exists():
        return None
    name = "JENJANG_PAYLOAD_KEYS_FILE" if settings.payload_keys_file else str(file)
    try:
        text = file.read_text()
        read_keys(text)
    except OSError as failed:
        raise CannotStart(f"{name}: {file} cannot be read ({failed.strerror}).") from None
    except ValueError as wrong:
        raise CannotStart(f"{name} {wrong}.") from None
    return text


def provide_key(settings: Settings, day: date) -> None:
    """A key of its own for an embedded server that has none: a file in the data folder which its owner alone may read.

    Raises:
        CannotStart: there was a key, for the store holds what it closed: a new one would open none of that.
    """
    file = settings.data_dir / FILE
    if settings.payload_keys or settings.payload_keys_file or settings.payloads_in_clear or file.exists():
        return
    if _holds_closed(settings.data_dir / "temporal.db"):
        raise CannotStart(
            f"The key file {file} is gone, and temporal.db holds what was closed with it. Put the file back from the backup; "
            "if it is lost, remove temporal.db*, start, and let `jenjang reconcile --apply` begin the open cases anew."
        )
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(new_key(day))
        out.flush()
        os.fsync(out.fileno())


def _holds_closed(store: Path) -> bool:
    files = [one for one in (store, store.with_name(f"{store.name}-wal")) if one.exists() and one.stat().st_size]
    return any(_contains(file, CLOSED) for file in files)


def _contains(file: Path, wanted: bytes) -> bool:
    with file.open("rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return content.find(wanted) >= 0
