"""What follows from the year for careers: HR sets the rules of the map, and confirms what the record proposes."""

from collections import Counter
from typing import Any

from rich.console import Console
from rich.table import Table

from demo.office import SAMPLE, Somebody, bring_in

SCORED_BY = "2026-03-31"
"""After the last assessment of the sample."""
CUT_OFFS = {"high": "81", "middle": "61"}
AXIS = {"SANGAT_BAIK": "high", "BAIK": "middle", **dict.fromkeys(("BUTUH_PERBAIKAN", "KURANG", "SANGAT_KURANG"), "low")}
ROWS = ((4, 7, 9), (2, 5, 8), (1, 3, 6))


async def prepare(hr: Somebody, committee: list[str]) -> None:
    """Bring in what assessments found, and set the cut-offs and who decides."""
    await bring_in(hr, "assessments", (SAMPLE / "assessments.csv").read_bytes(), SCORED_BY)
    rules = {**CUT_OFFS, "axis": AXIS, "places": 2, "rounding": "half_up", "own_box": False, "committee": committee}
    await hr.put("career/rules", {"rules": rules, "based_on": 0, "reason": "Keputusan Bupati tentang talenta."})


async def decide(hr: Somebody, committee: list[str], appraised: list[str]) -> dict[str, Any]:
    """Confirm credit and awards of the appraised; a member confirms boxes, and then successors. What came of it."""
    done: Counter[str] = Counter()
    for kind in ("credit", "award", "box", "succession"):
        member = committee[0] if kind in ("box", "succession") else None
        rows = (await hr.get("career/proposals", kind=kind))["rows"]
        wishes = [_confirmed(row) for row in rows if row["person"] in appraised and row["person"] != member]
        if wishes:
            said = {"decisions": wishes, "reason": "Sesuai usul.", "member": member}
            done[kind] = (await hr.post("career/decisions", said))["decided"]
    found = await hr.get("career/map")
    boxes = {str(cell["box"]): cell["people"] for row in found["rows"] for cell in row}
    names = {"credit": "credited", "award": "recognised", "box": "placed", "succession": "successors"}
    return {**{name: done[kind] for kind, name in names.items()}, "boxes": boxes}


def show(console: Console, found: dict[str, Any]) -> None:
    """The map, as HR sees it, and what was confirmed."""
    table = Table(title="Talent map: people by performance (up) and potential (right)", show_header=False)
    for row in ROWS:
        table.add_row(*(f"box {box}: [bold]{found['boxes'][str(box)]}[/]" for box in row))
    console.print(table)
    console.print(
        f"Confirmed by named people: {found['credited']} years of angka kredit, {found['recognised']} awards, "
        f"{found['placed']} boxes, {found['successors']} successors to prepare."
    )


def _confirmed(row: dict[str, Any]) -> dict[str, Any]:
    about = {"kind": row["proposal"]["kind"], "person": row["person"], "about": row["proposal"]["about"]}
    return {**about, "mark": row["mark"], "verdict": "confirmed"}
