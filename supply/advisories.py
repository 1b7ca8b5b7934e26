"""Which packages have known weaknesses: pip-audit and npm audit, asked of a registry that publishes them (`./run audit`).

Both call it a success when the registry told them nothing. Here each package of the locks must have been looked up.
"""

import json
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from packaging.utils import canonicalize_name

from supply.inventory import ROOT, parts

BESIDE = Path(sys.executable).parent
LONGEST_LIST = 5
ELSEWHERE = "Ask where advisories are published: see docs/operations.md"
Report = Mapping[str, Any]
Pin = tuple[str, str]
"""A package and its version."""


def pypi_objections(report: Report, pinned: Collection[Pin]) -> list[str]:
    """From pip-audit's JSON: the weaknesses, and the packages that nobody looked up."""
    checked = [one for one in report.get("dependencies", ()) if "vulns" in one]
    seen = {(canonicalize_name(one["name"]), one["version"]) for one in checked}
    weak = [
        f"{one['name']} {one['version']}: {each['id']}, mended in {', '.join(each['fix_versions']) or 'no version yet'}"
        for one in checked
        for each in one["vulns"]
    ]
    missing = [name for name, version in pinned if (canonicalize_name(name), version) not in seen]
    return weak + _hollow("pip-audit", missing, pinned)


def npm_objections(report: Report, pinned: Collection[Pin]) -> list[str]:
    """From npm's JSON, which counts what it looked up and names only what is weak."""
    looked_up = report.get("metadata", {}).get("dependencies", {}).get("total", 0)
    weak = [
        f"{name}: {one['severity']}, in versions {one['range']}"
        for name, one in report.get("vulnerabilities", {}).items()
    ]
    missing = [] if looked_up >= len(pinned) else [name for name, _ in pinned]
    return weak + _hollow("npm audit", missing, pinned)


def _hollow(program: str, unchecked: Collection[str], pinned: Collection[Pin]) -> list[str]:
    if not pinned:
        return [f"{program} was given nothing to look up: is the lock file empty?"]
    if not unchecked:
        return []
    some = ", ".join(sorted(unchecked)[:LONGEST_LIST]) + (", ..." if len(unchecked) > LONGEST_LIST else "")
    return [f"{program} looked up {len(pinned) - len(unchecked)} of {len(pinned)} packages; not {some}. {ELSEWHERE}"]


def without_rivals(pinned: Iterable[Pin]) -> list[list[str]]:
    """Lists of requirements that name no package twice: the lock has some packages in a version for each Python."""
    versions: dict[str, list[str]] = defaultdict(list)
    for name, version in sorted(pinned):
        versions[name].append(f"{name}=={version}")
    rounds = zip_longest(*versions.values())
    return [[one for one in each if one is not None] for each in rounds]


def _report(program: str | None, *arguments: str) -> Report:
    """What the program printed; an empty report, and so an objection, where it printed no JSON."""
    if program is None:
        return {}
    told = subprocess.run([program, *arguments], cwd=ROOT, stdout=subprocess.PIPE, check=False, text=True)
    try:
        report: Report = json.loads(told.stdout)
    except json.JSONDecodeError:
        return {}
    return report


def _pip_audit(pinned: Iterable[Pin], arguments: Iterable[str]) -> Report:
    """Without the markers of the lock file, so that what another platform installs is looked up too."""
    found: list[Any] = []
    with TemporaryDirectory() as folder:
        for number, lines in enumerate(without_rivals(pinned)):
            listed = Path(folder) / f"{number}.txt"
            listed.write_text("\n".join(lines))
            options = ("--disable-pip", "--no-deps", "--format", "json", "--requirement", str(listed))
            found += _report(str(BESIDE / "pip-audit"), *options, *arguments).get("dependencies", ())
    return {"dependencies": found}


def main(arguments: list[str]) -> int:
    """Further arguments go to pip-audit: another service, another index."""
    known = parts()
    pypi, npm = ([(one.name, one.version) for one in known if one.source == source] for source in ("pypi", "npm"))
    program = shutil.which("npm") or shutil.which("npm", path=BESIDE)
    found = pypi_objections(_pip_audit(pypi, arguments), pypi)
    found += npm_objections(_report(program, "audit", "--json", "--package-lock-only"), npm)
    for one in found:
        print(one, file=sys.stderr)
    if not found:
        print(f"{len(known)} packages looked up, no known weakness")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
