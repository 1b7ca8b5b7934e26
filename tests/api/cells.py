"""One cell of the table of rights, asked of the running service: what is foretold, what is answered, and whether they agree.

What is foretold is computed from the facts of the case as they stand then. An order that would be taken is given in a way that
it changes nothing: for a revision that is long past, or without its reason.
"""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx2
from sqlalchemy import func, select

from adapters.database.columns import table_of
from adapters.database.reads import development, group_boards, unit_performance
from adapters.database.reads.enrolments import parties_today
from adapters.database.reads.facts import case_facts, superiors
from adapters.database.tables import process
from api.gate_table import CASE, SEAT
from api.gates import PREFIX, Also, Answer, Gate
from appraisal.parties import Parties
from appraisal.vocabulary import Step
from tests.api.samples import BODIES, PLACES
from tests.api.stations import Caller
from tests.stack import Stack

EVENT = table_of(process.Event)
PERSON = (Also.PERSON, Also.EMPLOYED)
ALSO: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("ani", "eko"), (*PERSON, Also.MEMBER, Also.TAKES_PART)),
    **dict.fromkeys(("budi", "citra", "dewi"), (*PERSON, Also.MEMBER)),
    "bupati": (Also.PERSON,),
    "fajar": PERSON,
    "gita": (*PERSON, Also.TAKES_PART),
}
"""What lets these people in beside their rights: they work in the unit, or take part in the cycle."""
BLANK = {"json": {"reason": " "}}
HARMLESS: dict[str, Any] = {
    f"POST {CASE}/targets": {"json": {"targets": []}},
    f"POST {CASE}/reopening": {"json": {"step": "targets", "reason": " "}},
    "POST calibrations/{cycle}/{unit}/decision": {"json": {"members": ["gita"]}},
    "POST calibrations/{cycle}/{unit}/unit-result": {"json": {"result": "BAIK", "reason": " "}},
    **dict.fromkeys((f"POST calibrations/{{cycle}}/{{unit}}/{what}" for what in ("hold", "release", "undo")), BLANK),
}
"""Orders without a revision that would be taken, and are sent so that they are not."""
NOTHING = re.compile(
    r"\{(order|hook|batch|question|identity|officer|key|sign_in|course|command|number)\}"
    r"|/calendar/units/\{unit\}/end$|/rules/answer$"
)
"""Addresses and forms that name something which is not there: whoever would be let in, or refused, is told so.

What periods answer where there are some stands in the table of test_access_matrix.py.
"""
BY_CONTENT = re.compile(r"/development/\{employee\}/\{year\}(/changes)?$|^/calibrations/.*/(board|confirmation)$")
"""Where what is sent decides what is asked for: which of two rights, or none where nothing was changed."""
ONLY_AT = {Step.OBJECTION: ("decider",)}
"""Pages that are there at one step alone."""
SECRETS = re.compile(r"Ani Contoh|0{17}4\b|Hasil 1|Sesuai target\.|Konsisten\.|Tahun yang padat|Bukti tidak dilihat")
"""The name, the NIP and the texts of the case."""
TOO_LONG = "x" * 5000
FORMS = {"key": "k", "revision": "0", "place": "", "indicator": "i1", "reason": TOO_LONG, "words": TOO_LONG}
"""What is sent with forms: as long ago as can be, and with a text that nobody takes."""
People = tuple[Parties | None, Parties | None]


async def around(stack: Stack, gate: Gate, cycle: str) -> People:
    """The people whom this address asks about: as they are on record, and with the superiors of today."""
    today, now = stack.services.today(), stack.services.now()
    async with stack.services.reading() as session:
        if SEAT in gate.path:
            return await parties_today(session, "ani", today), None
        if "{employee}/{year}" in gate.path:
            return (await development.parties(session, ("ani",), today, now))["ani"], None
        if "{employee}" in gate.path:
            facts = await case_facts(session, cycle, "ani")
            assert facts is not None
            line = (*facts.parties.line, *await superiors(session, "ani", today))
            return facts.parties, Parties("ani", facts.parties.unit, line)
        if "calibrations/" in gate.path:
            board = await group_boards.calibration_board(session, cycle, "dinkes")
            assert board is not None
            return board.calibration.parties, None
        if "{report}" in gate.path or "{request}" in gate.path:
            return Parties("ani", "dinkes"), None
        if "{unit}" in gate.path:
            return (await unit_performance.people_of(session, ("dinkes",), today, now))["dinkes"], None
        return (Parties("gita", "dinsos"), None) if "{person}" in gate.path else (None, None)


async def asked(caller: Caller, gate: Gate, cycle: str, places: dict[str, str]) -> httpx2.Response:
    kind = {"export.{kind}": "csv", "{kind}.csv": "people"}.get(gate.path.rpartition("/")[2], "skp")
    path = gate.path.format(**PLACES | {"secret": "s", "code": "x", "kind": kind} | places, cycle=cycle)
    if gate.method == "GET":
        query = BODIES.get(f"GET {gate.path.removeprefix(PREFIX)}", {})
        return await caller.client.get(path, **query)
    if gate.path.startswith(PREFIX):
        name = f"{gate.method} {gate.path.removeprefix(PREFIX)}"
        body = HARMLESS.get(name) or BODIES.get(name, {})
        return await caller.client.request(gate.method, path, **body, headers={"if-match": "0"})
    return await caller.client.request(gate.method, path, data=FORMS, headers={"origin": "http://jenjang.test"})


def told(answer: httpx2.Response) -> Answer:
    if answer.status_code in (401, 303) and "/sign-in" in answer.headers.get("location", "/sign-in"):
        return Answer.SIGN_IN
    return {403: Answer.REFUSED, 404: Answer.HIDDEN}.get(answer.status_code, Answer.LET_IN)


def fits(answer: httpx2.Response, gate: Gate, foretold: Answer, step: str) -> bool:
    """A form that is not theirs comes back with the refusal in it; some pages are there at one step alone."""
    found = told(answer)
    if not gate.signed:
        return answer.status_code < 500
    if foretold in (Answer.LET_IN, Answer.REFUSED) and found is not foretold:
        away = any(gate.path.endswith(f"/{name}") for at, names in ONLY_AT.items() if at != step for name in names)
        nothing = (away or NOTHING.search(gate.path) is not None) and found is Answer.HIDDEN
        by_content = gate.method == "POST" and BY_CONTENT.search(gate.path) is not None and found is not Answer.HIDDEN
        form = gate.method != "GET" and not gate.path.startswith(PREFIX)
        told_in_it = form and foretold is Answer.REFUSED and answer.status_code in (303, 409, 412, 422)
        return nothing or by_content or told_in_it
    return found is foretold


@dataclass
class Place:
    """Where cells are asked: in which cycle, at which stage, and what the ids in addresses are."""

    stack: Stack
    cycle: str
    step: str
    ids: dict[str, str]
    wrong: list[str] = field(default_factory=list)
    cells: Counter[Answer] = field(default_factory=Counter)

    async def ask_all(self, callers: Sequence[Caller], gate: Gate, people: People) -> None:
        """One line of the table: first by those who are refused, who add no event to the record, then by the others."""
        may = [one for one in callers if self.lets_in(one, gate, people)]
        refused = [one for one in callers if one not in may]
        before = await self._events(refused) if gate.method != "GET" else 0
        for caller in refused:
            await self._ask(caller, gate, people)
        if gate.method != "GET" and await self._events(refused) != before:
            self.wrong.append(f"{gate.address} at {self.step}: somebody was refused, and yet something happened")
        for caller in may:
            await self._ask(caller, gate, people)

    def lets_in(self, caller: Caller, gate: Gate, people: People) -> bool:
        return foretell(caller, gate, people) is Answer.LET_IN

    async def _events(self, callers: Sequence[Caller]) -> int:
        """How many events are the doing of these."""
        who = [one.actor.id for one in callers if one.actor]
        async with self.stack.sessions() as session:
            return await session.scalar(select(func.count()).where(EVENT.c.actor.in_(who))) or 0

    async def _ask(self, caller: Caller, gate: Gate, people: People) -> None:
        """One cell; what is wrong with it is noted."""
        foretold, what = foretell(caller, gate, people), f"{gate.address} by {caller.name} at {self.step}"
        self.cells[foretold] += 1
        try:
            answer = await asked(caller, gate, self.cycle, self.ids)
        except Exception as broken:
            self.wrong.append(f"{what} breaks: {broken!r}")
            return
        stranger = foretold in (Answer.HIDDEN, Answer.SIGN_IN) or (foretold is Answer.REFUSED and not gate.sees)
        leak = SECRETS.search(answer.text) if stranger and caller.name != "ani" else None
        if not fits(answer, gate, foretold, self.step):
            self.wrong.append(f"{what}: {answer.status_code}, and not {foretold}")
        if leak:
            self.wrong.append(f"{what}: {answer.status_code} tells {leak[0]}")


def foretell(caller: Caller, gate: Gate, people: People) -> Answer:
    also = ALSO.get(caller.name, ())
    if gate.address == f"POST {PREFIX}appointments":
        also += (Also.REPRESENTED,) if caller.name == "gita" else ()
    if "{appointment}" in gate.path:
        also += {"eko": (Also.OWN,), "budi": (Also.OWN, Also.REPRESENTED)}.get(caller.name, ())
    return gate.answer(caller.actor, people[0], also, people[1])


def readable(answer: httpx2.Response) -> str:
    """The answer as text; of a workbook or an archive all its parts."""
    if not answer.content.startswith(b"PK"):
        return answer.content.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        return "\n".join(archive.read(name).decode(errors="replace") for name in archive.namelist())
