"""How the record proves itself: each entry's hash covers the one before it, and an anchor a day covers the ends of all chains."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from appraisal.record import Event

GENESIS = "0" * 64
"""What the first entry of a chain, and the first anchor, cover."""


class Flaw(StrEnum):
    """What can be wrong with a record."""

    CHANGED = "changed"
    MISSING = "missing"
    MOVED = "moved"
    CUT_OFF = "cut_off"
    REWRITTEN = "rewritten"
    ANCHOR_BROKEN = "anchor_broken"
    ANCHOR_GONE = "anchor_gone"
    ANCHOR_DIFFERS = "anchor_differs"


@dataclass(frozen=True, slots=True)
class Finding:
    """One flaw: of which process (or, of an anchor, on which day), and at which revision if it is one of a process."""

    subject: str
    flaw: Flaw
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One event as it stands in the record. `attempt` counts how often the chain had been taken up again before it.

    A process goes on from what it confirmed. What was written and never confirmed stays, and the next attempt begins
    at a revision that the chain has already: whatever the earlier attempts hold from there on does not count.
    """

    subject: str
    attempt: int
    event: Event
    previous_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain ended when it was anchored."""

    subject: str
    attempt: int
    revision: int
    hash: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """One day's anchor: over the heads that had moved since the anchor before it, and over that one."""

    day: date
    made_at: datetime
    heads: int
    root: str
    previous_hash: str
    hash: str


def digest(previous: str, subject: str, event: Event, attempt: int = 0) -> str:
    """SHA-256 over the previous hash and every field of the event, as canonical JSON; a first attempt is not named."""
    fields = [
        subject,
        event.revision,
        event.kind,
        event.actor,
        event.on_behalf_of,
        event.at.astimezone(UTC).isoformat(),
        event.command_id,
        event.reason,
        [list(change) for change in event.changes],
        *((attempt,) if attempt else ()),
    ]
    return _hash([previous, *fields])


def flaw_of(entries: Sequence[Entry]) -> Finding | None:
    """The first place at which this chain does not hold, if there is one. `entries` come as they were written."""
    previous, attempt, expected = GENESIS, 0, 0
    for entry in entries:
        follows = entry.event.revision == expected
        if entry.attempt != attempt:
            follows = entry.attempt == attempt + 1 and 0 <= entry.event.revision < expected
        for holds, flaw in (
            (follows, Flaw.MISSING),
            (entry.previous_hash == previous, Flaw.MOVED),
            (entry.hash == digest(entry.previous_hash, entry.subject, entry.event, entry.attempt), Flaw.CHANGED),
        ):
            if not holds:
                return Finding(entry.subject, flaw, entry.event.revision if follows else expected)
        previous, attempt, expected = entry.hash, entry.attempt, entry.event.revision + 1
    return None


class Root:
    """The hash over the heads of one anchor, added one by one in the order of their own hashes."""

    def __init__(self) -> None:
        self._sum, self.heads = hashlib.sha256(), 0

    def add(self, head: Head) -> None:
        self._sum.update(_canonical([head.subject, head.attempt, head.revision, head.hash]) + b"\n")
        self.heads += 1

    def hash(self) -> str:
        return self._sum.hexdigest()


def anchored(day: date, at: datetime, root: Root, previous: str) -> Anchor:
    """The anchor of this day."""
    link = _anchor_hash(day, at, root.heads, root.hash(), previous)
    return Anchor(day, at, root.heads, root.hash(), previous, link)


def anchor_holds(anchor: Anchor, root: Root, previous: str) -> bool:
    """Whether this anchor is what it was when it was made: over these heads, after the one with that hash."""
    return anchor == anchored(anchor.day, anchor.made_at, root, previous)


def _anchor_hash(day: date, at: datetime, heads: int, root: str, previous: str) -> str:
    return _hash([previous, day.isoformat(), at.astimezone(UTC).isoformat(), heads, root])


def _hash(fields: list[Any]) -> str:
    return hashlib.sha256(_canonical(fields)).hexdigest()


def _canonical(fields: list[Any]) -> bytes:
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()
