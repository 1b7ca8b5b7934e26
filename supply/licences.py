"""Which licence each package has, and that the agency can accept it. `python -m supply.licences` lists them and fails if not."""

import sys
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from license_expression import AND, OR, ExpressionError, LicenseExpression, get_spdx_licensing

from supply.inventory import Part, parts

SPDX = get_spdx_licensing()
LIST = Path(__file__).with_name("licences.toml")


@dataclass(frozen=True, slots=True)
class Terms:
    """What licences.toml says."""

    shipped: frozenset[str]
    tools: frozenset[str]
    names: dict[str, str]
    read: dict[str, str]


def terms(text: str) -> Terms:
    """The list, read; a tool may have whatever a shipped package may."""
    said = tomllib.loads(text)
    return Terms(frozenset(said["shipped"]), frozenset(said["shipped"] + said["tools"]), said["names"], said["read"])


def licence_of(part: Part, agreed: Terms) -> str:
    """The licence as SPDX writes it; empty where nobody knows."""
    said = agreed.read.get(part.name, part.licence)
    return agreed.names.get(said, said)


def objection(part: Part, agreed: Terms) -> str | None:
    """Why the agency cannot accept this package, or None."""
    licence = licence_of(part, agreed)
    if not licence:
        return "says no licence: read the file that it brings and write the licence under [read]"
    try:
        expression = SPDX.parse(licence, validate=True)
    except ExpressionError:
        return f"has a licence of a name that SPDX does not know: {licence}"
    if not _accepted(expression, agreed.shipped if part.shipped else agreed.tools):
        return f"has a licence that is not accepted {'in an installation' if part.shipped else 'even for a tool'}: {licence}"
    return None


def objections(all_parts: Iterable[Part], agreed: Terms) -> list[str]:
    """One sentence for each package that cannot be accepted, and for each line of the list that is of no use any more."""
    known = list(all_parts)
    found = [
        f"{one.name} {one.version} ({one.source}) {said}"
        for one in known
        if (said := objection(one, agreed)) is not None
    ]
    gone = sorted(agreed.read.keys() - {one.name for one in known})
    return found + [f"{name} stands under [read] and is used no more: take the line out" for name in gone]


def _accepted(expression: LicenseExpression, allowed: frozenset[str]) -> bool:
    """Where a package leaves the choice, one acceptable licence is enough; where several hold at once, each must be."""
    if isinstance(expression, OR):
        return any(_accepted(one, allowed) for one in expression.args)
    if isinstance(expression, AND):
        return all(_accepted(one, allowed) for one in expression.args)
    return str(expression) in allowed


def main() -> int:
    """The list, most frequent licence first, and the objections."""
    agreed, known = terms(LIST.read_text()), parts()
    for licence, count in Counter(licence_of(one, agreed) for one in known).most_common():
        print(f"{count:5} {licence or 'unknown'}")
    refused = objections(known, agreed)
    for one in refused:
        print(one, file=sys.stderr)
    return 1 if refused or not known else 0


if __name__ == "__main__":
    sys.exit(main())
