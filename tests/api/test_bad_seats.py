"""What nobody should decide about seats, courses and cut-offs, and what one is told who does. Nothing of it is kept."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx2
import pytest
from sqlalchemy import delete, insert, select, update

from adapters.database.columns import table_of
from adapters.database.reads.hours import ENTRY, PROPOSAL, TRAINING
from adapters.database.reads.limits import LIMITS
from adapters.database.tables import process
from appraisal.roster.catalogue import TRAINING_COLUMNS
from tests import agency
from tests.api.scene import acknowledged, refused
from tests.api.test_appraisal_api import launch
from tests.api.test_hr_pages import reviewed
from tests.stack import Stack, running

EVENT = table_of(process.Event)
NEXT_YEAR = datetime.now(UTC).year + 1
DAYS = {"starts_on": date(NEXT_YEAR, 6, 1), "ends_on": date(NEXT_YEAR, 6, 3)}
USUAL: dict[str, Any] = {**DAYS, "year": NEXT_YEAR, "hours": 20, "seats": 2, "price": 0}


@dataclass
class Scene:
    """A service whose nomination waits for HR: ani is a PNS, eko a PPPK."""

    stack: Stack
    cycle: str
    hr: httpx2.AsyncClient

    async def set(self, course: dict[str, Any], budget: int | None = None) -> None:
        """The only course is like this, and so is the budget."""
        async with self.stack.sessions.begin() as session:
            await session.execute(update(TRAINING).where(TRAINING.c.id == "t1").values({**USUAL, **course}))
            await session.execute(delete(LIMITS))
            year: dict[str, Any] = {"year": NEXT_YEAR, "budget": budget, "quotas": {}, "revision": 1}
            await session.execute(insert(LIMITS).values(year))

    async def on_record(self) -> list[Any]:
        """Every proposal, line of the ledger, and event of the nomination."""
        events = select(EVENT.c.revision).where(EVENT.c.subject == f"nomination/{self.cycle}")
        queries = (select(PROPOSAL).order_by(PROPOSAL.c.employee_id), select(ENTRY), events)
        async with self.stack.sessions() as session:
            return [(await session.execute(query)).all() for query in queries]

    async def decide(self, employee: str) -> httpx2.Response:
        decision = {"employee": employee, "approve": True, "training": "t1", "reason": "Perlu."}
        return await self.hr.post(f"/api/v1/nominations/{self.cycle}/decisions", json={"decisions": [decision]})


@pytest.fixture(scope="module")
async def scene(server: Any, migrated_file: Any, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Scene]:
    file = tmp_path_factory.mktemp("seats") / "jenjang.db"
    file.write_bytes(migrated_file.read_bytes())
    async with running(server.client, f"sqlite+aiosqlite:///{file}") as stack:
        await agency.build(stack.sessions)
        cycle = await launch(stack, people=["ani", "eko"])
        await reviewed(stack, cycle, "ani", "eko")
        await acknowledged(stack, cycle, "ani", "eko")
        here = Scene(stack, cycle, await stack.visitor(officer="hr"))
        await here.set({})
        assert (await here.hr.post(f"/api/v1/nominations/{cycle}/proposals")).status_code == 200
        yield here


TODAY = datetime.now(UTC).date()
OVER = {"starts_on": TODAY - timedelta(9), "ends_on": TODAY - timedelta(7)}
DECISIONS: list[tuple[str, str, dict[str, Any], int | None, str, str]] = [
    # what, of whom, the course, the budget, code, what is said of the course
    ("a course in the past", "ani", OVER, None, "course_begun", f"began on {OVER['starts_on'].isoformat()}"),
    ("a course of today", "ani", {"starts_on": TODAY}, None, "course_begun", f"began on {TODAY.isoformat()}"),
    ("no seats", "ani", {"seats": 0}, None, "no_seat_left", "All 0 seats of Analisis data are given away"),
    ("25 JP for a PPPK", "eko", {"hours": 25}, None, "hours_exceeded", "has 25 JP; a PPPK may not get that many more"),
    ("a budget of zero", "ani", {"price": 1}, 0, "no_budget_left", f"and Rp0 of the budget of {NEXT_YEAR} is left"),
]
STATUS = {"hours_exceeded": 422}


@pytest.mark.parametrize(
    ("employee", "course", "budget", "code", "said"),
    [case[1:] for case in DECISIONS],
    ids=[case[0] for case in DECISIONS],
)
async def test_a_seat_that_cannot_be_given(
    scene: Scene, employee: str, course: dict[str, Any], budget: int | None, code: str, said: str
) -> None:
    await scene.set(course, budget)
    before = await scene.on_record()
    problem = refused(await scene.decide(employee), STATUS.get(code, 409), code)
    assert problem["where"] == "decisions[0].training"
    assert "Analisis data" in problem["title"]
    assert said in problem["title"]
    assert await scene.on_record() == before


async def test_a_course_that_overlaps_another_of_the_same_person(scene: Scene) -> None:
    await scene.set({})
    async with scene.stack.sessions.begin() as session:
        last_day = {"starts_on": DAYS["ends_on"], "ends_on": DAYS["ends_on"]}
        await session.execute(update(TRAINING).where(TRAINING.c.id == "t2").values(last_day))
        had = {
            "employee_id": "ani",
            "cycle_id": "c0",
            "training_id": "t2",
            "decision": "approved",
            "rank": 1,
            "round": 1,
        }
        await session.execute(insert(PROPOSAL).values(**had, code="no_gap", parameters=[], reason="Sudah."))
    before = await scene.on_record()
    problem = refused(await scene.decide("ani"), 409, "dates_overlap")
    assert problem["title"] == "Analisis data is held at the same time as Pelayanan prima, which was given already."
    assert problem["where"] == "decisions[0].training"
    assert await scene.on_record() == before


async def test_a_catalogue_with_a_negative_price_is_not_applied(scene: Scene) -> None:
    before = await catalogue(scene)
    head, day = ",".join((*TRAINING_COLUMNS, "biaya")), f"01-06-{NEXT_YEAR}"
    row = f"{NEXT_YEAR},X1,Kursus,WAKTU,20,3,{day},{day},Liwa,-1500000"
    sent = await scene.hr.post(
        "/api/v1/imports",
        files={"file": ("katalog.csv", f"{head}\n{row}\n".encode())},
        data={"kind": "trainings"},
    )
    assert sent.status_code == 202, sent.text
    url = f"/api/v1/imports/{sent.json()['id']}"
    async with asyncio.timeout(20):
        while (found := (await scene.hr.get(url)).json())["phase"] != "previewed":
            await asyncio.sleep(0.1)
    (problem,) = found["problems"]
    assert (problem["row"], problem["column"], problem["code"]) == (2, "biaya", "negative_amount")
    refused(await scene.hr.post(f"{url}/application", json={}), 422, "invalid_import")
    assert await catalogue(scene) == before


async def catalogue(scene: Scene) -> list[Any]:
    async with scene.stack.sessions() as session:
        return list((await session.execute(select(TRAINING).order_by(TRAINING.c.id))).all())
