"""Every endpoint of the API, called by everybody who could. An endpoint that is missing here fails the test.

404 where existence is none of their business, 403 where one may see but not do, 401 without signing in. The scene: ani
answered to budi once and answers to citra now; eko works beside her; dewi heads the unit, fajar another one. hr is an
officer of the agency, unit_hr of her unit and other_hr of his; support looks on. Every row has a case of ani at the step
that its endpoint is about, in a cycle of its own; within a row, whoever may not comes first.
"""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from sqlalchemy import func, select

from adapters.database.columns import table_of
from adapters.database.tables import process
from api.examples import CASE
from api.gates import MACHINES
from appraisal.vocabulary import Step
from tests import agency
from tests.api import scene
from tests.api.access_table import TABLE
from tests.api.samples import BODIES, PLACES
from tests.api.seated import begins, give_seats
from tests.api.test_appraisal_api import launch
from tests.api.test_periods import launch_with_periods
from tests.stack import Stack, running

CALLERS = (
    *("employee", "colleague", "supervisor", "former", "head", "hr", "other_head", "anonymous"),
    *("unit_hr", "other_hr", "support"),
)
PEOPLE = dict(zip(CALLERS, ("ani", "eko", "citra", "budi", "dewi", None, "fajar", *[None] * 4), strict=True))
OFFICES = {"hr": None, "unit_hr": "dinkes", "other_hr": "dinsos", "support": None}

ROWS = [line.replace("CASE", CASE).split() for line in TABLE.strip().splitlines()[1:]]
Place = tuple[Stack, dict[str, str]]


@pytest.fixture(scope="module")
async def place(server: Any, migrated_file: Any, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Place]:
    """The scene, once for the whole table."""
    file = tmp_path_factory.mktemp("matrix") / "jenjang.db"
    file.write_bytes(migrated_file.read_bytes())
    async with running(server.client, f"sqlite+aiosqlite:///{file}") as stack:
        await agency.build(stack.sessions)
        steps = (Step.TARGETS, Step.APPROVAL, Step.SELF_ASSESSMENT, Step.REVIEW, Step.CALIBRATION)
        cycles = {str(step): await launch(stack, people=["ani"]) for step in steps}
        await scene.move(stack, "ani", "citra")
        for step, cycle in cycles.items():
            await scene.bring(stack, cycle, Step(step), supervisor="citra")
        await scene.set_unit_result(stack, cycles[Step.CALIBRATION])
        cycles["period"] = await launch_with_periods(stack, "ani")
        await scene.bring(stack, cycles["period"], Step.SELF_ASSESSMENT, supervisor="citra")
        await begins(stack, "t1", stack.services.today() - timedelta(days=1))
        await give_seats(stack, cycles[Step.CALIBRATION], "ani")
        cycles["seat"] = cycles[Step.CALIBRATION]
        yield stack, cycles


async def asking(stack: Stack, caller: str) -> httpx2.AsyncClient:
    """This caller."""
    office = (caller if caller in OFFICES else None, OFFICES.get(caller))
    return await stack.visitor(PEOPLE[caller], *office, support=caller == "support")


async def recorded(stack: Stack, who: str) -> int:
    """How many events are this person's doing: whoever is refused adds none."""
    query = select(func.count()).where(table_of(process.Event).c.actor == who)
    async with stack.sessions() as session:
        return await session.scalar(query) or 0


@pytest.mark.parametrize("row", ROWS, ids=[f"{row[0]} {row[1]}" for row in ROWS])
async def test_who_may_do_what(place: Place, row: list[str]) -> None:
    stack, cycles = place
    method, pattern, step, *expected = row
    path = pattern.format(**PLACES, cycle=cycles.get(step, ""))
    found: dict[str, int] = {}
    by_refusal = sorted(zip(CALLERS, expected, strict=True), key=lambda cell: cell[1] < "300")
    for caller, _ in by_refusal:
        visitor = await asking(stack, caller)
        actor = (await visitor.get("/api/v1/me")).json().get("id", "")
        before = await recorded(stack, actor)
        answer = await visitor.request(method, f"/api/v1/{path}", **BODIES.get(f"{method} {pattern}", {}))
        found[caller] = answer.status_code
        if answer.status_code >= 400:
            assert answer.headers["content-type"] == "application/problem+json"
            assert await recorded(stack, actor) == before, f"{caller} was refused and yet something happened"
    assert found == {caller: int(status) for caller, status in zip(CALLERS, expected, strict=True)}


def endpoints(app: FastAPI) -> set[str]:
    """Every `METHOD /path` that the application answers, but for those that FastAPI adds itself."""
    return {
        f"{method} {context.path}"
        for context in iter_route_contexts(app.routes)
        for method in (getattr(context, "methods", None) or ())
        if method not in ("HEAD", "OPTIONS") and context.path not in MACHINES
    }


async def test_every_endpoint_stands_in_the_table(place: Place) -> None:
    """Pages have a table of their own."""
    known = {f"{row[0]} /api/v1/{row[1]}" for row in ROWS}
    found = {endpoint for endpoint in endpoints(place[0].app) if " /api/" in endpoint}
    assert found == known


async def test_what_is_for_machines_names_nobody(place: Place) -> None:
    anonymous = await place[0].visitor()
    for path in sorted(MACHINES):
        answer = await anonymous.get(path)
        assert answer.status_code == 200, path
        assert "Ani Contoh" not in answer.text


async def test_work_follows_the_reporting_line(place: Place) -> None:
    """No case of ani's waits for her former supervisor; there is always one that waits for the new one."""
    stack, _ = place
    budi, citra = await stack.visitor("budi"), await stack.visitor("citra")
    assert "ani" not in [row["employee_id"] for row in (await budi.get("/api/v1/tasks")).json()]
    assert "ani" in [row["employee_id"] for row in (await citra.get("/api/v1/tasks")).json()]
