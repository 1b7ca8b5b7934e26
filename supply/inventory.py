"""Every package of the lock files: from PyPI and from npm, what an installation holds and what only builds and tests it.

The programs of this package are for whoever builds and approves a release: nothing that serves imports them, and the wheel
leaves them out.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).parents[1]
PIN = re.compile(r"^([A-Za-z0-9][\w.-]*)==([^\s;\\]+)", re.MULTILINE)
CLASSIFIER = "License :: OSI Approved :: "
LONGEST_NAME = 40
"""A longer "licence" is the text of one, and not its name."""


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """A package. `licence` is what the package itself says, empty where it says nothing that can be read by a program."""

    source: Literal["npm", "pypi"]
    name: str
    version: str
    shipped: bool
    licence: str


def parts(root: Path = ROOT) -> tuple[Part, ...]:
    """All of them, in a fixed order."""
    return tuple(sorted({*from_pypi(root), *from_npm(root)}))


def pins(lock: str) -> set[tuple[str, str]]:
    """The names and versions in the text of a lock file; some packages have another version for another Python."""
    return set(PIN.findall(lock))


def from_pypi(root: Path) -> Iterable[Part]:
    """What stands in the lock of the image is shipped; the rest of the whole lock is a tool."""
    shipped = pins((root / "deploy" / "image.lock").read_text())
    for name, version in pins((root / "requirements.lock").read_text()) | shipped:
        yield Part("pypi", name, version, (name, version) in shipped, stated_by(name))


def from_npm(root: Path) -> Iterable[Part]:
    """npm's own lock says of each package which licence it has and whether it is for development alone."""
    packages = json.loads((root / "package-lock.json").read_text())["packages"]
    for place, one in packages.items():
        if place:  # the empty place is Jenjang itself
            name = place.rpartition("node_modules/")[2]
            yield Part("npm", name, one["version"], not one.get("dev", False), one.get("license", ""))


def stated_by(name: str) -> str:
    """The licence in an installed package's metadata; a package of another platform is not here to be asked."""
    try:
        return licence_in(metadata(name))
    except PackageNotFoundError:
        return ""


def licence_in(found: PackageMetadata) -> str:
    """The expression, else the short name, else the classifier if there is one: metadata has said it in three ways over time."""
    if "License-Expression" in found:
        return found["License-Expression"]
    said = found["License"] if "License" in found else ""  # noqa: SIM401 - metadata has no get in its type
    if said and "\n" not in said and len(said) <= LONGEST_NAME:
        return said
    named = [one.removeprefix(CLASSIFIER) for one in found.get_all("Classifier") or () if one.startswith(CLASSIFIER)]
    return named[0] if len(named) == 1 else ""
