"""The checklist of ASVS 5.0 in docs/security.md: every requirement of V8 and V16 is answered, and what it names is there."""

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "security.md").read_text()
SECTIONS = {"8.1": 4, "8.2": 4, "8.3": 3, "8.4": 2, "16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 4}
"""How many requirements each section of the two chapters has."""
REQUIRED = [f"{section}.{number}" for section, count in SECTIONS.items() for number in range(1, count + 1)]
ROWS = {
    cells[0].strip(): [cell.strip() for cell in cells]
    for line in TEXT.splitlines()
    if re.match(r"\| (8|16)\.\d\.\d \|", line)
    for cells in [line.strip("|").split("|")]
}
NAMED = re.compile(r"`((?:[a-z_0-9]+/)+[a-z_0-9]+\.(?:py|md))(?:: (\w+))?`")
LOGS = ("security_event", "event", "reading", "stderr", "Temporal's histories")


@cache
def names(path: Path) -> set[str]:
    """What a module defines, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
    return found


def test_no_requirement_is_missing_and_each_has_an_answer() -> None:
    assert list(ROWS) == REQUIRED
    for number, (_, level, asks, met, shown) in ROWS.items():
        assert level in "123", number
        assert min(len(asks), len(met)) > 10, number
        assert "tests/" in shown or "**Not met**" in met, f"{number} names no test and does not say that it is not met"


def test_every_file_and_test_that_it_names_is_there() -> None:
    section = TEXT[TEXT.index("## Who may do what") : TEXT.index("## The web")]
    found = NAMED.findall(section)
    assert len(found) > 40
    for file, name in found:
        assert (ROOT / file).is_file(), file
        if name:
            assert name in names(ROOT / file), f"{file} has no {name}"


def test_the_inventory_names_every_log() -> None:
    table = TEXT[TEXT.index("**Logs**") : TEXT.index("**Checklist.**")]
    assert all(log in table for log in LOGS)
