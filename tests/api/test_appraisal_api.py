"""A case over HTTP, from the launch of the cycle to the result."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import select

from adapters.database.columns import table_of
from adapters.database.tables import process
from api import examples
from tests.stack import Stack
from workflows.identity import calibration_id, nomination_id

PLAN = examples.PLAN
APPRAISAL, CALIBRATION = table_of(process.Appraisal), table_of(process.Calibration)
NOMINATION = table_of(process.Nomination)


async def launch(stack: Stack, **wishes: Any) -> str:
    """A cycle launched over HTTP; returns its id once every case is there, and each unit's calibration and the nomination."""
    hr = await stack.visitor(officer="hr")
    answer = await hr.post("/api/v1/cycles", json={"year": 2026, "name": "Tahun 2026", "policy": "open", **wishes})
    assert answer.status_code == 202, answer.text
    cycle = str(answer.json()["id"])
    async with asyncio.timeout(60):
        while not _all_there((await hr.get(f"/api/v1/cycles/{cycle}")).json()) or await groups_missing(stack, cycle):
            await asyncio.sleep(0.1)
    return cycle


def _all_there(board: dict[str, Any]) -> bool:
    """Every case has been started, and is on record a moment later."""
    cases = sum(row["cases"] for row in board.get("steps", ()))
    return board.get("phase") == "running" and cases == board["participants"]


async def groups_missing(stack: Stack, cycle: str) -> set[str]:
    """Ids of groups that are not on record yet."""
    async with stack.sessions() as session:
        units = await session.scalars(select(APPRAISAL.c.unit_id).where(APPRAISAL.c.cycle_id == cycle))
        wanted = {nomination_id(cycle), *(calibration_id(cycle, unit) for unit in units)}
        queries = [select(group.c.id).where(group.c.cycle_id == cycle) for group in (CALIBRATION, NOMINATION)]
        return wanted - {found for query in queries for found in await session.scalars(query)}


@pytest.mark.every_database
async def test_targets_are_handed_in_and_approved(stack: Stack) -> None:
    cycle = await launch(stack)
    ani, budi = await stack.visitor("ani"), await stack.visitor("budi")
    answer = await ani.post(f"/api/v1/appraisals/{cycle}/ani/targets", json=PLAN)
    assert answer.status_code == 200, answer.text
    waiting = (await budi.get("/api/v1/tasks")).json()
    assert "ani" in [row["employee_id"] for row in waiting]
    answer = await budi.post(f"/api/v1/appraisals/{cycle}/ani/approval", json={"decision": "approve"})
    assert answer.status_code == 200, answer.text
    assert answer.json()["step"] == "self_assessment"
