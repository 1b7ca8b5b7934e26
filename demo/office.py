"""HR's part of a rehearsal: bring in the regency, let people in, launch the cycle. All of it over HTTP."""

import asyncio
import csv
import io
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2

SAMPLE = Path(__file__).parents[1] / "sample" / "regency"
FILES = (("people", "people.csv"), ("indicators", "indicators.csv"), ("trainings", "trainings.csv"))
PATIENCE = httpx2.Timeout(60)
REUSED = httpx2.Limits(keepalive_expiry=3)
"""The server closes what was idle for five seconds: a connection must not be used in that very moment."""
UNREACHABLE = 503
AGAIN = (1, 2, 4)
"""Seconds before each new attempt at an order that did not reach its process: a machine may be busy with other things."""
PERIODS = {
    "every": "quarter",
    "ends": ["PT24S", "PT36S"],
    "report": "PT6S",
    "rate": "PT8S",
    "remind": "PT2S before",
    "evidence": "required",
}
"""Of the rehearsal's two minutes: both periods are over and rated before the review of the year is due."""
SECOND_LOOK = {
    "opens": "PT0S",
    "remind": ["PT3S before"],
    "due": "PT56S",
    "escalate": [{"after": "PT3S", "to": "superior"}],
    "end": "PT64S",
    "end_rule": "go_on",
}
"""The superior of the supervisor looks at each review before the calibration."""


class RehearsalFailed(Exception):
    """The service answered something that a rehearsal cannot go on with."""


def expect(answer: httpx2.Response) -> Any:
    """The JSON of a good answer; RehearsalFailed with the problem otherwise."""
    if answer.is_error:
        raise RehearsalFailed(f"{answer.request.method} {answer.request.url.path}: {answer.status_code} {answer.text}")
    return answer.json() if answer.content else None


@dataclass(frozen=True, slots=True)
class Somebody:
    """A signed-in person: id, name, and an HTTP client that carries the token."""

    id: str
    name: str
    http: httpx2.AsyncClient

    async def get(self, path: str, **query: Any) -> Any:
        return expect(await self.http.get(f"/api/v1/{path}", params=query))

    async def pages(self, path: str, **query: Any) -> AsyncIterator[Any]:
        """A list, page by page: the Link of each says where the next one is."""
        further = str(self.http.build_request("GET", f"/api/v1/{path}", params={**query, "limit": 200}).url)
        while further:
            answer = await self.http.get(further)
            yield expect(answer)
            further = answer.links.get("next", {}).get("url", "")

    async def post(self, path: str, body: Any = None, key: str = "") -> Any:
        """Once more with the same key where nothing was decided because the process could not be reached, as the answer says."""
        sent = {"json": body if body is not None else {}, "headers": {"idempotency-key": key or uuid.uuid4().hex}}
        for wait in AGAIN:
            answer = await self.http.post(f"/api/v1/{path}", **sent)
            if answer.status_code != UNREACHABLE:
                return expect(answer)
            await asyncio.sleep(wait)
        return expect(await self.http.post(f"/api/v1/{path}", **sent))

    async def put(self, path: str, body: Any) -> Any:
        return expect(await self.http.put(f"/api/v1/{path}", json=body))


async def sign_in(url: str, link: str) -> Somebody:
    """Exchange a one-time link for a token."""
    http = httpx2.AsyncClient(base_url=url, timeout=PATIENCE, limits=REUSED)
    token = expect(await http.post("/api/v1/tokens", json={"link": link, "name": "rehearsal"}))
    http.headers["authorization"] = f"Bearer {token['secret']}"
    me = expect(await http.get("/api/v1/me"))
    return Somebody(me["id"], me["name"], http)


async def import_sample(hr: Somebody) -> None:
    """Upload the sample's files one after the other, look at each preview, apply."""
    for kind, name in FILES:
        await bring_in(hr, kind, (SAMPLE / name).read_bytes(), "2020-01-01")


async def limit_trainings(hr: Somebody, year: int) -> None:
    """What the trainings of that year may cost in all; and half of the seats, so that somebody waits for each."""
    why = "DPA BKPSDM tahun anggaran berikutnya."
    await hr.put(f"catalogue/{year}/limits", {"budget": "500000000", "quotas": {}, "reason": why})
    courses = [one["course"] for one in (await hr.get(f"catalogue/{year}"))["courses"]]
    for course in courses:
        if course["seats"] > 1:
            terms = {"seats": course["seats"] // 2, "price": course["price"], "reason": why}
            await hr.put(f"courses/{course['id']}/terms", terms)


async def bring_in(hr: Somebody, kind: str, content: bytes, effective_on: str) -> str:
    """Upload a file, look at its preview, apply it; the id of the import."""
    upload = {"file": (f"{kind}.csv", content, "text/csv")}
    form = {"kind": kind, "effective_on": effective_on}
    batch = expect(await hr.http.post("/api/v1/imports", files=upload, data=form))["id"]
    preview = await _previewed(hr, batch)
    errors = [problem for problem in preview["problems"] if problem.get("severity") == "error"]
    if errors:
        raise RehearsalFailed(f"The file of {kind} has errors: {errors[:3]}")
    await apply_import(hr, batch)
    return str(batch)


async def transfer(hr: Somebody, name: str, effective_on: str) -> bool:
    """The personnel system's next file: this person answers to the superior's superior now. False at the top of the line."""
    rows = list(csv.reader((SAMPLE / "people.csv").read_text().splitlines()))
    column, boss = rows[0].index("nama"), rows[0].index("nipAtasan")
    by_nip = {row[0]: row for row in rows[1:]}
    mover = next(row for row in rows[1:] if row[column] == name)
    above = by_nip.get(mover[boss], [""] * len(rows[0]))[boss]
    if not above:
        return False
    mover[boss] = above
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    await bring_in(hr, "people", text.getvalue().encode(), effective_on)
    return True


async def apply_import(hr: Somebody, batch: str) -> None:
    """Apply a previewed import. Its preview is on record a moment before its process has heard of that."""
    while True:
        answer = await hr.http.post(f"/api/v1/imports/{batch}/application", json={})
        if answer.status_code != 409 or answer.json()["code"] != "not_open_yet":
            expect(answer)
            return
        await asyncio.sleep(0.1)


async def _previewed(hr: Somebody, batch: str) -> Any:
    while True:
        answer = await hr.http.get(f"/api/v1/imports/{batch}")
        if answer.is_success and answer.json()["phase"] == "previewed":
            return answer.json()
        await asyncio.sleep(0.2)


async def everybody(hr: Somebody) -> list[dict[str, Any]]:
    """All people, page by page."""
    return [person async for page in hr.pages("people") for person in page]


def choose(people: list[dict[str, Any]], wanted: int) -> tuple[list[str], list[str]]:
    """(who is appraised, who else must be able to act): people nearest to the top first, so that lines stay whole."""
    above = {person["id"]: person["supervisor_id"] for person in people}
    appraised = [person["id"] for person in people if person["employment"] != "PEJABAT_NEGARA"]
    leaders = {boss for boss in above.values() if boss}
    pools = sorted({top for top in (_below_the_top(person, above) for person in appraised) if top})
    chosen: list[str] = []
    for pool in pools:
        chosen += [person for person in appraised if _below_the_top(person, above) == pool]
        if len(chosen) >= wanted:
            break
    chosen = sorted(chosen[:wanted], key=lambda person: person not in leaders)
    others = sorted({boss for person in chosen for boss in _line(person, above)} - set(chosen))
    return chosen, others


def _line(person: str, above: dict[str, str | None]) -> list[str]:
    found: list[str] = []
    boss = above.get(person)
    while boss and boss not in found:
        found.append(boss)
        boss = above.get(boss)
    return found


def _below_the_top(person: str, above: dict[str, str | None]) -> str:
    """The official nearest to the top in this person's line, the person included: one perangkat daerah each."""
    line = [person, *_line(person, above)]
    return line[-2] if len(line) > 1 else line[-1]


async def let_in(hr: Somebody, url: str, person: str) -> Somebody:
    """A sign-in link from HR, used by the person."""
    link = await hr.post(f"people/{person}/sign-in-links")
    return await sign_in(url, link["secret"])


async def divide_the_year(hr: Somebody) -> None:
    """Let the rehearsal have two periods beside the year: the policy's next version, as HR saves it."""
    await _save_next(hr, {"periods": PERIODS}, {}, "Evaluasi triwulanan.")


async def look_twice(hr: Somebody) -> None:
    """Let the superior of the supervisor look at each review before the calibration, by the policy's next version."""
    await _save_next(hr, {}, {"endorsement": SECOND_LOOK}, "Pengesahan oleh atasan pejabat penilai.")


async def _save_next(hr: Somebody, parts: dict[str, Any], steps: dict[str, Any], why: str) -> None:
    found = await hr.get("policies/rehearsal")
    document = {**found["document"], **parts, "steps": {**found["document"]["steps"], **steps}}
    await hr.put("policies/rehearsal", {"document": document, "based_on": found["version"], "reason": why})


async def launch_in_full(hr: Somebody, people: list[str], year: int) -> str:
    """The cycle with all that a policy may have beside its steps."""
    await divide_the_year(hr)
    await look_twice(hr)
    return await launch(hr, people, year)


async def launch(hr: Somebody, people: list[str], year: int) -> str:
    """Launch the cycle and wait until every case has started; its id."""
    order = {"year": year, "name": f"Geladi bersih {year}", "policy": "rehearsal", "people": people}
    cycle: str = (await hr.post("cycles", order))["id"]
    while True:
        answer = await hr.http.get(f"/api/v1/cycles/{cycle}")
        if answer.is_success and answer.json()["phase"] == "running":
            return cycle
        await asyncio.sleep(0.3)


async def send_to_siasn(hr: Somebody, cycle: str) -> dict[str, Any]:
    """Send every result of the closed cycle and wait until each has arrived or is on the list; how many did which."""
    await hr.post(f"cycles/{cycle}/siasn", {"which": "new"})
    while (found := await hr.get(f"cycles/{cycle}/siasn", limit=1))["figures"]["waiting"]:
        await asyncio.sleep(0.5)
    figures: dict[str, Any] = found["figures"]
    return {"sent": figures["sent"], "listed": figures["listed"]}
