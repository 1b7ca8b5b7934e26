"""A whole year without waiting: who does what follows from the place in the list, so that two years end alike."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from demo.office import RehearsalFailed
from tests.faults.people import Town, until

AT_ONCE = 6
"""People at work at the same time."""
OVERTAKEN = (" 409 ", " 412 ")


def returned(place: int) -> bool:
    """Whose targets come back once."""
    return place % 4 == 1


def silent(place: int) -> bool:
    """Who never reads the result: their cases stay open."""
    return place % 10 == 9


async def nothing() -> None:
    """What happens in the middle of an undo where nothing goes wrong."""


async def play(
    town: Town, cycle: str, employees: list[str], while_undoing: Callable[[], Awaitable[None]] = nothing
) -> None:
    """Targets to closing, for everybody who is not silent. The first calibration of every unit is undone, and decided anew."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def rated(place: int, employee: str) -> None:
        async with gate:
            await until_rated(town, cycle, place, employee)

    await asyncio.gather(*(rated(*row) for row in enumerate(employees)))
    await calibrate(town, cycle)
    await town.until_at(cycle, employees, "acknowledgement")
    await undo(town, cycle)
    await while_undoing()
    await town.until_at(cycle, employees, "calibration")
    await calibrate(town, cycle, "again")
    await town.until_at(cycle, employees, "acknowledgement")
    reading = [employee for place, employee in enumerate(employees) if not silent(place)]

    async def acknowledged(employee: str) -> None:
        async with gate:
            await town.do(cycle, employee, "acknowledgement", employee)

    await asyncio.gather(*map(acknowledged, reading))
    await nominate(town, cycle, reading)


async def until_rated(town: Town, cycle: str, place: int, employee: str) -> None:
    """One case from its targets to the rating."""
    supervisor = (await town.case(cycle, employee))["parties"]["line"][0]
    await town.do(cycle, employee, "targets", employee, place)
    if returned(place):
        await town.do(cycle, employee, "return", supervisor, place)
        await town.do(cycle, employee, "targets", employee, place)
    await town.do(cycle, employee, "approval", supervisor, place)
    await town.do(cycle, employee, "self_assessment", employee, place)
    await town.do(cycle, employee, "review", supervisor, place)


async def undo(town: Town, cycle: str) -> None:
    """HR takes the last decision of every unit back."""
    for row in await town.hr.get("calibrations", cycle=cycle):
        if row["round"]:
            path = f"calibrations/{cycle}/{row['unit_id']}/undo"
            await town.hr.post(path, {"reason": "Salah baca capaian."}, f"undo-{row['unit_id']}")


async def calibrate(town: Town, cycle: str, key: str = "calibrate") -> None:
    """Every unit by its head, once all its members are there; one of them is lifted or lowered."""
    for row in await town.hr.get("calibrations", cycle=cycle):
        path = f"calibrations/{cycle}/{row['unit_id']}"

        async def everybody_there(path: str = path) -> Any:
            board = await town.hr.get(path)
            return board if board["to_come"] == 0 else None

        board = await until(everybody_there)
        if board["members"]:
            await town.hr.post(
                f"{path}/unit-result", {"result": "BAIK", "reason": "LKjIP."}, f"result-{row['unit_id']}"
            )
            head = await town.person(board["calibration"]["head"])
            await head.post(f"{path}/decision", _decision(board["members"]), f"{key}-{row['unit_id']}")


def _decision(members: list[dict[str, Any]]) -> dict[str, Any]:
    free = [member for member in members if not member["unit_result"]]  # a head's rating is the result of his unit
    return {
        "members": [member["employee"] for member in members],
        "adjustments": [_changed(member) for member in free[:1]],
        "justification": "Sesuai hasil dialog kinerja.",
    }


def _changed(member: dict[str, Any]) -> dict[str, Any]:
    results = "SESUAI" if member["results"] != "SESUAI" else "DI_ATAS"
    why = "Bukti dukung triwulan IV belum ikut dinilai."
    return {"employee": member["employee"], "results": results, "behaviour": member["behaviour"], "reason": why}


async def nominate(town: Town, cycle: str, employees: list[str]) -> None:
    """HR approves what is proposed until the cases of all of these are closed."""
    path, rounds = f"nominations/{cycle}", 0
    while True:
        found = await town.hr.get(f"cycles/{cycle}/cases", step="closed", limit=200)
        if set(employees) <= {row["employee_id"] for row in found}:
            return
        rounds += 1
        try:
            await _approve(town, path, rounds)
        except RehearsalFailed as failed:
            if not any(status in str(failed) for status in OVERTAKEN):
                raise
        await asyncio.sleep(0.3)


async def _approve(town: Town, path: str, rounds: int) -> None:
    await town.hr.post(f"{path}/proposals", key=f"propose-{rounds}")
    board = await town.hr.get(path, undecided=True)
    if board["proposals"]:
        answers = [
            {"employee": row["employee"], "approve": True, "training": row["training"], "reason": ""}
            for row in board["proposals"]
        ]
        await town.hr.post(f"{path}/decisions", {"decisions": answers}, f"decide-{rounds}")
