"""Development plans: a few superiors and one of their people each make a plan of next year, and agree to it."""

from typing import Any

from rich.console import Console

from demo.office import Somebody

PLANS = 3
WISH = {"source": "wish", "text": "Belajar analisis data", "reason": "Ingin membantu tim data.", "way": "e_learning"}


async def agree(people: list[Somebody]) -> dict[str, int]:
    """What came of it: plans that hold, needs that are planned, left out, and added by the employee."""
    known = {who.id: who for who in people}
    done = {"agreed": 0, "planned": 0, "left_out": 0, "added": 0}
    for superior in people:
        line = await superior.get("development/line")
        found = next((one for one in line if one["person"] in known and one["items"]), None)
        if found is None:
            continue
        plan = await _made(known[found["person"]], superior, found)
        done["agreed"] += plan["holds"]
        deeds = [entry["deed"] for entry in plan["entries"]]
        done |= {deed: done[deed] + deeds.count(deed) for deed in ("planned", "left_out", "added")}
        if done["agreed"] == PLANS:
            break
    return done


async def _made(employee: Somebody, superior: Somebody, plan: dict[str, Any]) -> dict[str, Any]:
    """The superior plans the needs and leaves the last of several out, the employee adds a wish, and both agree."""
    address, by = f"development/{employee.id}/{plan['year']}/changes", f"{plan['year']}-12-31"

    async def do(who: Somebody, **change: Any) -> None:
        nonlocal plan
        plan = await who.post(address, {**change, "seen": plan["seen"]})

    first, *others = [item["need"]["key"] for item in plan["items"]]
    for key in (first, *others[:-1]):
        await do(superior, deed="planned", key=key, way="klasikal", by=by)
    for key in others[-1:]:
        await do(superior, deed="left_out", key=key, reason="Tahun berikutnya.")
    await do(employee, deed="added", by=by, **WISH)
    await do(employee, deed="agreed")
    await do(superior, deed="agreed")
    return plan


def show(console: Console, found: dict[str, int]) -> None:
    """A line of the summary."""
    console.print(
        f"Development plans: {found['agreed']} agreed to by employee and superior; {found['planned']} needs planned, "
        f"{found['left_out']} left out with a reason, {found['added']} added."
    )
