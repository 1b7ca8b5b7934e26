"""Is the record whole, and can somebody elsewhere prove it? Checks it, prints its anchors, and packs it for auditors."""

import json
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path

from cyclopts import App

from adapters.archive import Extent, pack
from adapters.archive_check import Ends, check
from adapters.database.engine import Session, open_engine, open_sessions
from adapters.database.reads.anchors import anchors as anchors_made
from adapters.database.reads.anchors import heads_of
from adapters.database.reads.confirmations import Confirmations
from adapters.database.reads.verification import Verification, differs
from appraisal.chain import Finding, Flaw, Head
from appraisal.confirmation import Effect
from appraisal.errors import AppraisalError
from console.archive import opened
from runtime.errors import CannotStart
from runtime.settings import load_settings

app = App(
    name="audit", help="The record: check that nothing in it was changed, hand its anchors out, pack it for auditors."
)

MOST = 100
"""Flaws that are told one by one; whoever has more than that needs a backup, not a list."""
TOLD = {
    Flaw.CHANGED: "what stands there is not what was written",
    Flaw.MISSING: "the event is not there",
    Flaw.MOVED: "it does not follow the event before it: one of the two was exchanged or removed",
    Flaw.CUT_OFF: "the record ends before it; it was there once",
    Flaw.REWRITTEN: "another event stands there than when it was anchored: the chain was computed anew",
    Flaw.ANCHOR_BROKEN: "the anchor of this day was changed, or what it covers, or the anchor before it",
    Flaw.ANCHOR_GONE: "the anchor of this day is not there any more",
    Flaw.ANCHOR_DIFFERS: "the anchor of this day is not the one that was handed out: what came before it was written anew",
}
EFFECTS = {
    Effect.PREDICATE: "predicates of a year",
    Effect.PERIOD: "predicates of a period",
    Effect.CAREER: "decisions on careers",
    Effect.NOMINATION: "decided nominations",
}
REMEDY = (
    "Keep the database as it is, compare these places with the backups from before and after, and find out who had access: "
    "Jenjang itself never changes the record."
)


class RecordBroken(CannotStart):
    """The record of some process was changed outside Jenjang."""


class DecidedByNobody(CannotStart):
    """Something that has consequences for people was confirmed by no human."""


class CannotUse(CannotStart):
    """What was asked for cannot be done with this file or this extent."""


@asynccontextmanager
async def _reading() -> AsyncIterator[Session]:
    engine = open_engine(load_settings().database_url)
    try:
        async with open_sessions(engine)() as session:
            yield session
    finally:
        await engine.dispose()


@app.command
async def verify(subject: str = "", *, anchor: Path | None = None, archive: Path | None = None) -> None:
    """Check the record of one process, or of all of them with the anchors; or an archive alone.

    Args:
        subject: A process, like appraisal/{cycle}/{employee}; all when left out.
        anchor: What `jenjang audit anchors` has printed earlier and somebody else has kept: the record must still fit it.
        archive: A file that `jenjang archive` or `jenjang audit export` has written. It is checked without the database.
    """
    held = tuple(_held(anchor)) if anchor else ()
    if archive:
        _verify_archive(archive, dict(one for one in held if not isinstance(one, Head)))
        return
    found, compared = 0, 0
    async with _reading() as session:
        verification = Verification(session, subject)
        async for finding in verification.findings():
            found = _tell(finding, found)
        for one in held:
            finding_there = await differs(session, one)
            compared += 1
            if finding_there:
                found = _tell(finding_there, found)
    if found:
        raise RecordBroken(f"The record does not hold: {found} findings. {REMEDY}")
    seen = verification
    print(f"The record is whole: {seen.chains} processes, {seen.entries} events, {seen.anchors} anchors checked.")
    if anchor:
        print(f"It fits {anchor}: {compared} lines compared.")


@app.command
async def decisions() -> None:
    """Check that each predicate, decision on a career and nomination was confirmed by a named human (UU 27/2022, Pasal 10)."""
    found = 0
    async with _reading() as session:
        look = Confirmations(session)
        async for one in look.missing():
            found += 1
            if found <= MOST:
                print(f"{one.subject}: no human has confirmed it ({EFFECTS[one.effect]})")
    if found:
        raise DecidedByNobody(
            f"{found} decisions were confirmed by no named human. Have the case opened again, or decide anew; a restored "
            "database may have lost who decided: see the backups."
        )
    seen = ", ".join(f"{count} {EFFECTS[effect]}" for effect, count in look.seen.items())
    print(f"A named human has confirmed each of {seen}.")


def _verify_archive(file: Path, held: dict[date, str]) -> None:
    with opened(file) as archive:
        ends: Ends = {}
        found = check(archive, {day.isoformat(): known for day, known in held.items()}, ends)
    for finding in found[:MOST]:
        print(finding)
    if found:
        raise RecordBroken(f"{file} does not hold: {len(found)} findings. Compare it with its other copies.")
    print(f"{file} holds: {len(ends)} events checked.")


def _tell(finding: Finding, before: int) -> int:
    """Print what was found, up to MOST lines; how many there are now."""
    place = "" if finding.revision is None else f" at revision {finding.revision}"
    if before < MOST:
        print(f"{finding.subject}{place}: {TOLD[finding.flaw]}")
    return before + 1


def _held(file: Path) -> Iterator[tuple[date, str] | Head]:
    """The lines of such a file: anchors (day, hash), and heads if they were printed too."""
    try:
        for line in file.read_text().splitlines():
            found = json.loads(line)
            if "subject" in found:
                yield Head(found["subject"], int(found["attempt"]), int(found["revision"]), found["hash"])
            else:
                yield date.fromisoformat(found["day"]), found["hash"]
    except OSError as failed:
        raise CannotUse(f"{file} cannot be read: {failed.strerror}.") from failed
    except (ValueError, KeyError, TypeError) as wrong:
        raise CannotUse(f"{file} does not hold what `jenjang audit anchors` prints.") from wrong


@app.command
async def anchors(*, heads: bool = False) -> None:
    """Print every anchor as a line of JSON, for somebody who keeps it where nobody of this house can change it.

    Args:
        heads: Print what each covers as well: then a record that was written anew is told process by process.
    """
    async with _reading() as session:
        for made in await anchors_made(session):
            if heads:
                async for head in heads_of(session, made.day):
                    _print({"day": made.day.isoformat(), **asdict(head)})
            _print({"day": made.day.isoformat(), "hash": made.hash, "heads": made.heads})


def _print(line: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")


@app.command
async def export(output: Path, *, cycle: str = "", since: date | None = None, until: date | None = None) -> None:
    """Pack the record of a cycle or a period for auditors, with all that is needed to check it.

    Args:
        output: The file to write, a ZIP archive. It must not be there yet.
        cycle: The id of a cycle.
        since: The first day of a period; then `until` is its last.
        until: The last day.
    """
    zone = load_settings().zone
    try:
        extent = Extent.read(cycle, since, until, zone)
        async with _reading() as session:
            lines = await pack(session, extent, output, datetime.now(UTC))
    except AppraisalError as refused:
        raise CannotUse(f"{refused.what} {refused.remedy}") from None
    except OSError as failed:
        raise CannotUse(f"{output} cannot be written: {failed.strerror}.") from failed
    print(f"{output}: {', '.join(f'{count} {name}' for name, count in lines.items())}.")
