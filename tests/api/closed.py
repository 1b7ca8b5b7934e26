"""What tests of the closing have in common: a year of seconds, and how it ended."""

import re
from pathlib import Path
from typing import Any

from adapters import policy_files
from tests.api.dated import CYCLE, row, until
from tests.stack import Stack

PEOPLE = ["ani", "eko", "citra", "gita"]
DUE = {"targets": 6, "approval": 7, "self_assessment": 8, "review": 9, "calibration": 10, "acknowledgement": 11}
"""After so many seconds each step is due in the short year; it ends one later."""


def short_year(folder: Path, closes: int = 18) -> None:
    """The policy 'seconds': the rules of the house's rehearsal, but shorter, and closing after so many seconds."""
    text = (policy_files.POLICIES / "rehearsal.toml").read_text().partition("[objection]")[0]
    text = re.sub(r"^(remind|escalate) = .*$", r"\1 = []", text, flags=re.MULTILINE)
    text = re.sub(r"^opens = .*$", 'opens = "PT0S"', text, flags=re.MULTILINE)
    for step, due in {**DUE, "nomination": 12}.items():
        part = re.compile(rf'(\[steps\.{step}\].*?due = )"\w+"(.*?end = )"\w+"', re.DOTALL)
        text = part.sub(rf'\1"PT{due}S"\2"PT{due + 1}S"', text)
    text = text.replace('grace = "PT4S"', 'grace = "PT1S"').replace('closes = "PT112S"', f'closes = "PT{closes}S"')
    (folder / "seconds.toml").write_text(text)


async def closing(stack: Stack, cycle: str, **wanted: Any) -> dict[str, Any]:
    """The list as HR gets it."""
    hr = await stack.visitor(officer="hr")
    answer = await hr.get(f"/api/v1/cycles/{cycle}/closing", params=wanted)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def ways(found: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Who leaves how, from which step."""
    return {case["employee_id"]: (case["exit"], case["leaves_from"]) for case in found["cases"]}


async def ended(stack: Stack, cycle: str) -> None:
    """Wait until the cycle has closed."""

    async def holds() -> bool:
        return bool((await row(stack, CYCLE, cycle)).phase == "closed")

    await until(holds)
