"""Checks an archive that `jenjang audit export` made. It needs Python 3.9 or newer, and nothing of Jenjang.

    python3 check.py archive.zip [anchors]

`anchors` holds lines of JSON with a day and a hash, which somebody outside the house has kept. Exit code 1: it does not hold.
"""

from __future__ import annotations

import hashlib
import io
import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Ends = dict[tuple[str, int, int], str]
GENESIS = "0" * 64
EVENT = ("revision", "kind", "actor", "on_behalf_of", "at", "command_id", "reason", "changes")


def canonical(fields: list[Any]) -> bytes:
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def lines(archive: zipfile.ZipFile, name: str) -> Iterator[dict[str, Any]]:
    with archive.open(name) as part:
        for line in io.TextIOWrapper(part, "utf-8"):
            yield json.loads(line)


def check_files(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> Iterator[str]:
    for name, told in manifest["files"].items():
        found = hashlib.sha256()
        with archive.open(name) as part:
            for page in iter(lambda: part.read(1 << 20), b""):
                found.update(page)
        if found.hexdigest() != told["sha256"]:
            yield f"{name}: it is not the file that the manifest tells of"


def check_chains(archive: zipfile.ZipFile, ends: Ends) -> Iterator[str]:
    """Follow each chain from its first entry; `ends` gets the hash of every entry by its place."""
    subject, previous = "", GENESIS
    attempt = expected = 0
    for entry in lines(archive, "events.jsonl"):
        if entry["subject"] != subject:
            subject, previous, attempt, expected = entry["subject"], GENESIS, 0, 0
        revision, again = entry["revision"], entry["attempt"] != attempt
        follows = (entry["attempt"] == attempt + 1 and revision < expected) if again else revision == expected
        fields = [entry["previous_hash"], subject, *(entry[name] for name in EVENT)]
        fields += [entry["attempt"]] if entry["attempt"] else []
        if not follows:
            yield f"{subject} at revision {expected}: the event is not there"
        elif entry["previous_hash"] != previous:
            yield f"{subject} at revision {revision}: it does not follow the event before it"
        elif sha256(canonical(fields)) != entry["hash"]:
            yield f"{subject} at revision {revision}: what stands there is not what was written"
        previous, attempt, expected = entry["hash"], entry["attempt"], revision + 1
        ends[subject, attempt, revision] = previous


def check_anchors(archive: zipfile.ZipFile, ends: Ends, held: dict[str, str]) -> Iterator[str]:
    """Each anchor covers the one before it; those that concern these chains cover their ends."""
    roots: dict[str, Any] = {}
    subjects = {place[0] for place in ends}
    for head in lines(archive, "heads.jsonl"):
        place = (head["subject"], head["attempt"], head["revision"])
        line = canonical([*place, head["hash"]]) + b"\n"
        root = roots.setdefault(head["day"], [hashlib.sha256(), 0])
        root[0].update(line)
        root[1] += 1
        if head["subject"] in subjects and ends.get(place) != head["hash"]:
            yield f"{head['subject']} at revision {head['revision']}: it is not what was anchored on {head['day']}"
    previous = GENESIS
    for anchor in lines(archive, "anchors.jsonl"):
        day = anchor["day"]
        fields = [previous, day, anchor["made_at"], anchor["heads"], anchor["root"]]
        if anchor["previous_hash"] != previous or sha256(canonical(fields)) != anchor["hash"]:
            yield f"{day}: the anchor was changed, or the one before it"
        if day in roots and (roots[day][0].hexdigest(), roots[day][1]) != (anchor["root"], anchor["heads"]):
            yield f"{day}: the anchor is not one over these heads"
        if held.pop(day, anchor["hash"]) != anchor["hash"]:
            yield f"{day}: the anchor is not the one that was handed out"
        previous = anchor["hash"]
    for day in held:
        yield f"{day}: the anchor that was handed out is not there"


def check(archive: zipfile.ZipFile, held: dict[str, str], ends: Ends) -> list[str]:
    """Everything that does not hold, in sentences; `ends` gets the hash of every entry by its place."""
    manifest = json.loads(archive.read("manifest.json"))
    return [*check_files(archive, manifest), *check_chains(archive, ends), *check_anchors(archive, ends, held)]


def main(archive_file: str, anchors_file: str = "") -> int:
    held: dict[str, str] = {}
    if anchors_file:
        known = [json.loads(line) for line in Path(anchors_file).read_text(encoding="utf-8").splitlines()]
        held = {line["day"]: line["hash"] for line in known if "subject" not in line}
    ends: Ends = {}
    with zipfile.ZipFile(archive_file) as archive:
        of, found = json.loads(archive.read("manifest.json"))["of"], check(archive, held, ends)
    for finding in found:
        sys.stdout.write(finding + "\n")
    sys.stdout.write(f"{of}: {len(ends)} events, {'it does not hold' if found else 'it holds'}.\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
