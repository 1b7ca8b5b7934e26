"""People who work through HTTP without waiting, and who try again, with the same key, until the service answers."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx2

from console.first_start import first_sign_in
from demo import forms
from demo.office import Somebody, expect
from runtime.settings import Settings

PATIENCE = 240.0  # seconds that somebody keeps trying
AWAY = (502, 503, 504)
SENT_AWAY = Counter[str]()
"""The codes with which anybody was told to come back later."""
COMMANDS = {"return": "return_targets", "approval": "approve_targets", "targets": "submit_targets"}
COMMANDS |= {"self_assessment": "submit_self_assessment", "review": "submit_review", "acknowledgement": "acknowledge"}


def _review(place: int) -> dict[str, Any]:
    results, behaviour = ("SESUAI", "DI_ATAS", "DI_BAWAH")[place % 3], ("SESUAI", "DI_ATAS")[place % 2]
    why = {"results_reason": "Sesuai bukti dukung.", "behaviour_reason": "Sesuai umpan balik."}
    return {"results": results, "behaviour": behaviour, **why, "comments": []}


DECIDED: dict[str, Callable[[int], dict[str, Any]]] = {
    "return": lambda _: {"decision": "return", "reason": forms.RETURN_REASON},
    "review": _review,
}


class Persistent(httpx2.AsyncHTTPTransport):
    """A connection that sends a request again while nobody answers it to the end: a service may die in mid-answer."""

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        end = time.monotonic() + PATIENCE
        while True:
            try:
                answer = await super().handle_async_request(request)
                await answer.aread()
            except httpx2.TransportError:
                if time.monotonic() > end:
                    raise
            else:
                if answer.status_code not in AWAY or time.monotonic() > end:
                    return answer
                SENT_AWAY[answer.json()["code"]] += 1
            await asyncio.sleep(0.2)


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A command that the service has said is on record: it must be there, once."""

    subject: str
    command_id: str
    kind: str
    revision: int


async def until(holds: Callable[[], Awaitable[Any]], seconds: float = 60.0) -> Any:
    """What this gives as soon as it gives something true."""
    async with asyncio.timeout(seconds):
        while not (found := await holds()):
            await asyncio.sleep(0.1)
        return found


@dataclass(slots=True)
class Town:
    """Everybody with a way in, made when first needed, and what they were told is done."""

    url: str
    hr: Somebody
    people: dict[str, Somebody] = field(default_factory=dict)
    acknowledged: list[Acknowledged] = field(default_factory=list)

    async def person(self, who: str) -> Somebody:
        if who not in self.people:
            link = await self.hr.post(f"people/{who}/sign-in-links")
            self.people[who] = await enter(self.url, link["secret"])
        return self.people[who]

    async def launch(self, people: list[str], policy: str, **wishes: Any) -> str:
        """Launch a cycle; its id once every case is on record."""
        order = {"year": 2026, "name": f"Siklus {policy}", "policy": policy, "people": people, **wishes}
        cycle: str = (await self.hr.post("cycles", order))["id"]

        async def running() -> bool:
            answer = await self.hr.http.get(f"/api/v1/cycles/{cycle}")
            return answer.is_success and answer.json()["phase"] == "running"

        await until(running, 120)  # a worker that dies while it starts cases is missed after 20 s
        await self.until_at(cycle, people, "targets")
        return cycle

    async def case(self, cycle: str, employee: str) -> dict[str, Any]:
        found: dict[str, Any] = (await self.hr.get(f"appraisals/{cycle}/{employee}"))["case"]
        return found

    async def do(self, cycle: str, employee: str, step: str, who: str, place: int = 0) -> None:
        """One person does one step of one case, and hears that it is on record."""
        case = await self.case(cycle, employee)
        person = await self.person(who)
        body = DECIDED[step](place) if step in DECIDED else await forms.fill(step, case, person, place)
        key = f"{step}-{case['revision']}"
        path = f"/api/v1/appraisals/{cycle}/{employee}/{forms.PATHS[step]}"
        answer = await person.http.post(path, json=body, headers={"idempotency-key": key})
        while answer.status_code == 202:
            await asyncio.sleep(0.2)
            answer = await person.http.get(answer.headers["location"])
        revision = expect(answer)["revision"]
        self.acknowledged.append(Acknowledged(case["id"], f"{who}/{key}", COMMANDS[step], revision))

    async def until_at(self, cycle: str, employees: list[str], step: str) -> None:
        """Wait until all of these cases are at this step."""

        async def arrived() -> bool:
            found = await self.hr.get(f"cycles/{cycle}/cases", step=step, limit=200)
            return set(employees) <= {row["employee_id"] for row in found}

        await until(arrived)


async def enter(url: str, link: str) -> Somebody:
    """Exchange a one-time link for a token."""
    http = httpx2.AsyncClient(base_url=url, timeout=60, transport=Persistent())
    token = expect(await http.post("/api/v1/tokens", json={"link": link, "name": "faults"}))
    http.headers["authorization"] = f"Bearer {token['secret']}"
    me = expect(await http.get("/api/v1/me"))
    return Somebody(me["id"], me["name"], http)


@asynccontextmanager
async def town(settings: Settings, url: str) -> AsyncIterator[Town]:
    """A town with its first officer, who launches cycles and lets the others in."""
    link = await first_sign_in(settings)
    assert link is not None, "a new database has no officer yet"
    found = Town(url, await enter(url, link.rpartition("/")[2]))
    try:
        yield found
    finally:
        for person in (found.hr, *found.people.values()):
            await person.http.aclose()
