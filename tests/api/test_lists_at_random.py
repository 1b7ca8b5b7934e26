"""Lists over random organisations: each holds what `can()` says of whoever reads it, and nothing else."""

import random
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest
from sqlalchemy import insert

from adapters.database.columns import table_of
from adapters.database.engine import Sessions
from adapters.database.tables import process
from appraisal.access import Action, Actor, can
from appraisal.parties import HR, Parties, holder_at, unit_hr
from appraisal.people.acting import Acting
from appraisal.vocabulary import OF_SECOND_LEVEL, OPEN_STEPS, Step
from tests import agency
from tests.stack import Stack, running

pytestmark = pytest.mark.slow
POOLS = ("dinkes", "dinsos", "dishub")
UNITS = (
    *agency.UNITS,
    ("dishub", "kabupaten", "Dinas Perhubungan"),
    *((f"{pool}-b", pool, f"Bidang {pool}") for pool in POOLS),
)
PEOPLE = 20
NOW = datetime(2026, 6, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Agency:
    """People with their pools and superiors, and the parties of everybody's case with its step."""

    pool: dict[str, str]
    above: dict[str, tuple[str, ...]]
    cases: dict[str, tuple[Step, Parties]]


def invented(seed: int) -> tuple[Agency, tuple[Any, ...]]:
    """An agency, and its people as tests/agency.py writes them."""
    chance = random.Random(seed)
    names = [f"p{seed}x{number}" for number in range(PEOPLE)]
    pool, above, rows = {}, dict[str, tuple[str, ...]](), []
    for number, who in enumerate(names):
        pool[who] = chance.choice(POOLS)
        superior = chance.choice(names[:number]) if number else None
        above[who] = (superior, *above[superior]) if superior else ()
        unit = chance.choice((pool[who], f"{pool[who]}-b"))
        kind = "STRUKTURAL" if number < len(POOLS) else "FUNGSIONAL"
        rows.append((who, f"Orang {who}", "PNS", unit, f"Jabatan {number}", kind, superior))
    cases = {who: _case(chance, who, pool[who], above[who], names) for who in names[1:]}
    return Agency(pool, above, cases), tuple(rows)


def _case(chance: random.Random, who: str, pool: str, above: tuple[str, ...], names: list[str]) -> tuple[Step, Parties]:
    others = [one for one in names if one != who]
    step, line = chance.choice([*OPEN_STEPS, *OF_SECOND_LEVEL, Step.HEARING, Step.CLOSED]), above[:2]
    second = step in (*OF_SECOND_LEVEL, Step.HEARING)
    acts = (Acting(line[0], chance.choice(others), chance.random() < 0.5),) if chance.random() < 0.3 else ()
    parties = Parties(
        *(who, pool, line, chance.choice((*others, None))),
        escalated_to=chance.choice((None, None, *line[1:], HR, unit_hr(pool))),
        handed_to_hr=chance.random() < 0.2,
        taken_by=chance.choice((None, None, None, *line[1:])),
        acting=acts,
        handed_to_unit_hr=chance.random() < 0.2,
        rater=line[0] if second else None,
        decider=chance.choice((*line[1:], HR)) if second else None,
    )
    return step, parties


async def write(sessions: Sessions, found: Agency) -> None:
    cycle = {"id": "c1", "year": 2026, "name": "Tahun 2026", "phase": "running", "policy": {}, "revision": 1}
    async with sessions.begin() as session:
        await session.execute(insert(table_of(process.Cycle)).values(**cycle, starts_at=NOW))
        for number, (who, (step, one)) in enumerate(found.cases.items()):
            line = (*one.line, None, None)
            row: dict[str, Any] = {
                "id": f"appraisal/c1/{who}",
                "cycle_id": "c1",
                "employee_id": who,
                "unit_id": one.unit,
                "step": step,
            }
            row |= {"supervisor_id": line[0], "superior_id": line[1], "head_id": one.head, "since": NOW}
            row |= {"holder_id": holder_at(step, one), "escalated_to": one.escalated_to, "taken_by": one.taken_by}
            row |= {"handed_to_hr": one.handed_to_hr, "handed_to_unit_hr": one.handed_to_unit_hr, "revision": 1}
            row |= {"preparer_id": one.preparer if step in (Step.APPROVAL, Step.REVIEW) else None, "document": {}}
            row |= {"acting": [[a.represented, a.by, a.signs] for a in one.acting], "rater_id": one.rater}
            row |= {"decider_id": one.decider, "predicate": "BAIK"}
            due = None if step is Step.CLOSED else NOW + timedelta(hours=number)
            dates = dict.fromkeys(("opens_at", "due_at", "ends_at"), due)
            await session.execute(insert(table_of(process.Appraisal)).values(**row, **dates))


@pytest.fixture(params=range(4))
async def place(
    request: Any, server: Any, migrated_file: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[tuple[Stack, Agency]]:
    found, people = invented(request.param)
    monkeypatch.setattr(agency, "UNITS", UNITS)
    monkeypatch.setattr(agency, "PEOPLE", people)
    file = tmp_path / "jenjang.db"
    file.write_bytes(migrated_file.read_bytes())
    async with running(server.client, f"sqlite+aiosqlite:///{file}") as stack:
        await agency.build(stack.sessions)
        await write(stack.sessions, found)
        yield stack, found


async def people(client: httpx2.AsyncClient, path: str, **asked: str) -> set[str]:
    """The people in a list of the API; nobody where the list is not theirs."""
    answer = await client.get(f"/api/v1/{path}", params=asked)
    assert answer.status_code in (200, 403), answer.text
    found = answer.json() if answer.status_code == 200 else []
    rows = found["cases"] if isinstance(found, dict) else found
    return {row.get("employee_id") or row.get("person") or row["id"] for row in rows}


async def test_lists_hold_what_can_says_and_nothing_else(place: tuple[Stack, Agency]) -> None:
    stack, found = place
    everybody = [(who, await stack.visitor(who)) for who in found.pool]
    everybody += [(f"hr-{unit}", await stack.visitor(officer=f"hr-{unit}", unit=unit)) for unit in POOLS]
    everybody.append(("hr", await stack.visitor(officer="hr")))
    listed = 0
    for _, client in everybody:
        me = (await client.get("/api/v1/me")).json()
        who = Actor(me["id"], hr=me["hr"], units=tuple(me["units"]))
        may = {one for one, (_, parties) in found.cases.items() if _sees(who, one, parties, found)}
        theirs = {one for one, (_, parties) in found.cases.items() if who.hr or parties.unit in who.units}
        open_ones = {one for one in theirs if found.cases[one][0] is not Step.CLOSED}
        assert await people(client, "board", limit="200") == open_ones
        assert await people(client, "cycles/c1/cases", limit="200") == open_ones
        assert await people(client, "cycles/c1/cases", step="closed", limit="200") == theirs - open_ones
        assert await people(client, "people", limit="200") == {
            one for one, pool in found.pool.items() if who.hr or pool in who.units
        }
        assert await people(client, "appraisals") == {who.id} & found.cases.keys()
        tasks = await people(client, "tasks", limit="200")
        assert tasks <= may, (who, tasks - may)
        assert {one for one, (step, parties) in found.cases.items() if _holds(step, parties, who)} <= tasks
        listed += len(tasks)
        for path in (
            "/board",
            "/waiting",
            "/cycles/c1",
            "/people",
            "/calibrations",
            "/enrolments",
            "/development/line",
        ):
            page = await client.get(path)
            shown = {one for one in found.pool if f"Orang {one}<" in page.text or f"Orang {one}\n" in page.text}
            near = {one for one in found.pool if who.id in found.above[one]}
            named = {one for one, pool in found.pool.items() if who.hr or pool in who.units}
            named |= {above for one in named for above in found.above[one][:1]}
            assert shown <= may | near | named | {who.id} | _holders(may, found), (path, who)
    assert listed > PEOPLE / 2


def _sees(who: Actor, employee: str, parties: Parties, found: Agency) -> bool:
    live = Parties(employee, parties.unit, found.above[employee])
    return any(can(who, Action.VIEW, people).allowed for people in (parties, live))


def _holds(step: Step, parties: Parties, who: Actor) -> bool:
    """Whether it is this very person's step, and no group's."""
    return holder_at(step, parties) == who.id and step not in (Step.CALIBRATION, Step.NOMINATION)


def _holders(cases: set[str], found: Agency) -> set[str]:
    """Who is named beside these cases: as the holder, or as whoever it was handed to."""
    named = {holder_at(*found.cases[one]) for one in cases} | {found.cases[one][1].escalated_to for one in cases}
    return {one for one in named if one in found.pool}
