"""One case that walks through every stage, and everybody who can stand to it: the scene of the whole table.

ani is appraised. budi was her supervisor at first and is nobody to her afterwards; citra is, and dewi heads the unit and is
above citra, bupati above dewi. eko works beside ani and prepares or signs for citra for a while; gita has nothing to do with
any of it. hr is an officer of the agency, unit_hr one of her unit and other_hr of another; fajar heads that other unit.
support looks on.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

import httpx2

from appraisal.access import Actor
from appraisal.vocabulary import Step
from tests.api import scene
from tests.api.samples import BODIES
from tests.api.seated import begins, give_seats
from tests.api.test_acting import appointed, until
from tests.api.test_appraisal_api import launch
from tests.api.test_endorsement import launch_looked_at
from tests.api.test_objections import ANSWER, UPHOLD, WISH
from tests.stack import Stack

PEOPLE = ("ani", "budi", "citra", "dewi", "bupati", "eko", "fajar", "gita")
OFFICERS = {"hr": None, "unit_hr": "dinkes", "other_hr": "dinsos", "support": None}
WHY = {"reason": "Pergantian atasan."}


@dataclass(frozen=True)
class Caller:
    """Somebody with a token of his own, as the rules know him; nobody in particular without an `actor`."""

    name: str
    client: httpx2.AsyncClient
    actor: Actor | None


async def callers(stack: Stack) -> tuple[Caller, ...]:
    found = []
    for name in (*PEOPLE, *OFFICERS):
        looks = name == "support"
        if name in OFFICERS:
            client = await stack.visitor(officer=name, unit=OFFICERS[name], support=looks)
        else:
            client = await stack.visitor(name)
        me = (await client.get("/api/v1/me")).json()
        who = Actor(me["id"], hr=me["hr"], units=tuple(me["units"]), support=looks)
        found.append(Caller(name, client, who))
    return (*found, Caller("anonymous", await stack.visitor(), None))


async def walk(stack: Stack) -> AsyncIterator[tuple[str, str]]:
    """(cycle, stage) at each stage of ani's case: every step, and once more after it was opened again."""
    hr, dewi, citra = await stack.visitor(officer="hr"), await stack.visitor("dewi"), await stack.visitor("citra")
    cycle = await launch_looked_at(stack, "ani", "eko", "gita")
    case = f"/api/v1/appraisals/{cycle}/ani"
    yield cycle, Step.TARGETS

    await done(await stack.visitor("ani"), f"{case}/targets", scene.ORDERS[Step.TARGETS][2])
    moved = await hr.post("/api/v1/superiors", json={**WHY, "people": ["ani"], "superior": "citra"})
    assert moved.status_code == 201, moved.text
    await led_by(stack, cycle, "citra")
    await done(dewi, f"{case}/remedy", {"kind": "take_over", **WHY})
    yield cycle, Step.APPROVAL

    await done(dewi, f"{case}/approval", {"decision": "approve"})
    prepares = await appointed(hr, kind="DELEGATE", represented="citra", person="eko", signs=False, reason="Cuti.")
    await until(lambda: acts(stack, cycle))
    yield cycle, Step.SELF_ASSESSMENT

    assert (await hr.post(f"/api/v1/appointments/{prepares['id']}/end")).status_code == 200
    signs = await appointed(hr, kind="DELEGATE", represented="citra", person="eko", reason="Cuti.")
    await done(await stack.visitor("ani"), f"{case}/self-assessment", scene.ACCOUNT)
    await until(lambda: acts(stack, cycle, True))
    yield cycle, Step.REVIEW

    assert (await hr.post(f"/api/v1/appointments/{signs['id']}/end")).status_code == 200
    await until(lambda: acts_no_more(stack, cycle))
    await done(citra, f"{case}/review", scene.REVIEW)
    yield cycle, Step.ENDORSEMENT

    await done(dewi, f"{case}/endorsement", {"decision": "endorse"})
    yield cycle, Step.CALIBRATION

    await scene.set_unit_result(stack, cycle)
    await done(dewi, f"/api/v1/calibrations/{cycle}/dinkes/decision", {"members": ["ani"]})
    await at(stack, cycle, Step.ACKNOWLEDGEMENT)
    yield cycle, Step.ACKNOWLEDGEMENT

    await done(await stack.visitor("ani"), f"{case}/objection", WISH)
    yield cycle, Step.HEARING

    await done(citra, f"{case}/objection/account", ANSWER)
    yield cycle, Step.OBJECTION

    await done(dewi, f"{case}/objection/decision", UPHOLD)
    yield cycle, Step.NOMINATION

    await done(hr, f"/api/v1/nominations/{cycle}/proposals", {})
    (proposal,) = (await hr.get(f"/api/v1/nominations/{cycle}", params={"undecided": "true"})).json()["proposals"]
    decision = {"employee": "ani", "approve": True, "training": proposal["training"]}
    await done(hr, f"/api/v1/nominations/{cycle}/decisions", {"decisions": [decision]})
    await at(stack, cycle, Step.CLOSED)
    yield cycle, Step.CLOSED

    await done(hr, f"{case}/reopening", {"step": "review", "reason": "Keliru ditutup."})
    await at(stack, cycle, Step.REVIEW)
    yield cycle, "opened again"


async def done(client: httpx2.AsyncClient, path: str, body: Mapping[str, object]) -> None:
    """The order is taken, as soon as those who must know have been told."""
    tries = 100
    while (answer := await client.post(path, json=body)).status_code in (409, 503) and tries:
        tries -= 1
        await asyncio.sleep(0.1)
    assert answer.status_code == 200, f"{path}: {answer.text}"


async def at(stack: Stack, cycle: str, step: Step) -> None:
    async def there() -> bool:
        return bool((await scene.kept(stack, cycle)).row["step"] == step)

    await until(there)


async def led_by(stack: Stack, cycle: str, supervisor: str) -> None:
    async def followed() -> bool:
        return bool((await scene.kept(stack, cycle)).row["supervisor_id"] == supervisor)

    await until(followed)


async def acts(stack: Stack, cycle: str, signs: bool = False) -> bool:
    found = (await scene.kept(stack, cycle)).row["acting"]
    return [(one[1], one[2]) for one in found] == [("eko", signs)]


async def acts_no_more(stack: Stack, cycle: str) -> bool:
    return not (await scene.kept(stack, cycle)).row["acting"]


async def with_things(stack: Stack) -> tuple[str, dict[str, str]]:
    """A cycle in which ani has a seat, has asked about her data and reported her superior, for whom eko acts; and the ids."""
    hr, ani = await stack.visitor(officer="hr"), await stack.visitor("ani")
    cycle = await launch(stack, people=["ani", "eko", "gita"])
    await begins(stack, "t1", stack.services.today() - timedelta(days=1))
    await give_seats(stack, cycle, "ani")
    made = await appointed(hr, kind="DELEGATE", represented="budi", person="eko", reason="Cuti.")
    ids = {"appointment": str(made["id"])}
    for name, path in (("request", "data-requests"), ("report", "superior-reports")):
        answer = await ani.post(f"/api/v1/{path}", **BODIES[f"POST {path}"])
        assert answer.status_code == 201, answer.text
        ids[name] = str(answer.json()["id"])
    return cycle, ids
