"""Every cell of docs/access.md, asked of the running service: each address, by everybody who can stand to a case, at each stage.

Whoever is refused adds no event, and no answer to somebody who may not see the case holds a name, a NIP or a text of it.
"""

from collections import Counter
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from adapters.database.reads.facts import case_facts
from api.gate_table import POOL
from api.gates import PREFIX, Answer, Gate, gates
from appraisal.access import Relation, relations
from appraisal.vocabulary import Step
from tests import agency
from tests.announced import application
from tests.api import stations
from tests.api.cells import SECRETS, Place, around, asked, readable
from tests.api.stations import Caller
from tests.stack import Stack, running

pytestmark = pytest.mark.slow
ENDLESS = {"/board/live"}
"""An answer that goes on for as long as somebody listens."""
ENDING = {
    *("POST /sign-out", "POST /account/sign-ins/end", "POST /people/{person}/access/end", "POST /account/password"),
    *("POST /people/{person}/second-step/reset", "POST /language", "POST /support/end"),
}
"""What ends sign-ins that are still needed here, for whoever may."""
ROLES = ("eko", "hr", "unit_hr", "support", "anonymous")
"""One of each kind, for addresses that ask for no relation."""
OF_SESSION = (Step.TARGETS, Step.CALIBRATION, Step.ACKNOWLEDGEMENT, Step.CLOSED)
"""Stages at which the calibration stands otherwise than before: it waits, it is open, it has decided, it is over."""
APART = ("bupati", "other_hr", "anonymous")
"""Who has nothing to do with ani's case at any stage: asked at those stages alone, while the former supervisor is at each."""
RELATIONS = """
stage            ani      budi       citra           dewi                 bupati eko        hr unit_hr  support
targets          employee supervisor line            head                 -      -          hr unit_hr  support
approval         employee -          supervisor      line,stand_in,head   -      -          hr unit_hr  support
self_assessment  employee -          supervisor      line,head            -      preparer   hr unit_hr  support
review           employee -          supervisor      line,head            -      acting     hr unit_hr  support
endorsement      employee -          supervisor,rater line,head,decider   -      -          hr unit_hr  support
calibration      employee -          supervisor,rater line,head,decider   -      -          hr unit_hr  support
acknowledgement  employee -          supervisor,rater line,head,decider   -      -          hr unit_hr  support
hearing          employee -          supervisor,rater line,head,decider   -      -          hr unit_hr  support
objection        employee -          supervisor,rater line,head,decider   -      -          hr unit_hr  support
nomination       employee -          supervisor,rater line,head,decider   -      -          hr unit_hr  support
closed           employee -          supervisor,rater line,head,decider   -      -          hr unit_hr  support
opened again     employee -          supervisor      line,head            -      -          hr unit_hr  support
"""
"""Who stands how to ani's case at each stage (tests/api/stations.py); all others have nothing to do with it."""


@pytest.fixture(scope="module")
async def stack(server: Any, migrated_file: Any, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stack]:
    file = tmp_path_factory.mktemp("table") / "jenjang.db"
    file.write_bytes(migrated_file.read_bytes())
    async with running(server.client, f"sqlite+aiosqlite:///{file}") as service:
        await agency.build(service.sessions)
        yield service


@pytest.fixture(scope="module")
async def things(stack: Stack) -> tuple[str, dict[str, str]]:
    return await stations.with_things(stack)


def staged(gate: Gate) -> bool:
    """Whether the answer may depend on the stage: of a case, or of the calibration that it comes to."""
    return gate.of_case or POOL in gate.path


async def test_every_cell_of_every_case_at_every_stage(stack: Stack, record_property: Any) -> None:
    everybody = await stations.callers(stack)
    found = [gate for gate in gates(application().routes) if staged(gate)]
    seen, wrong, cells = [], list[str](), Counter[Answer]()
    async for cycle, step in stations.walk(stack):
        place, all_of_it = Place(stack, cycle, step, {}), step in OF_SESSION
        stands = await stand(stack, everybody, cycle)
        seen.append((str(step), stands))
        asking = [one for one in everybody if one.name in (*stands, "budi", *(APART if all_of_it else ()))]
        for gate in found:
            people = await around(stack, gate, cycle)
            if gate.of_case or all_of_it:
                await place.ask_all(asking, gate, people)
        wrong, cells = wrong + place.wrong, cells + place.cells
    record_property("cells of cases", sum(cells.values()))
    assert not wrong, "\n".join(wrong)
    assert dict(seen) == dict(relations_by_hand())
    assert min(cells[one] for one in Answer) > 100


async def stand(stack: Stack, callers: tuple[Caller, ...], cycle: str) -> dict[str, str]:
    """How everybody stands to the case, but for those who have nothing to do with it."""
    async with stack.services.reading() as session:
        facts = await case_facts(session, cycle, "ani")
    assert facts is not None
    found = {one.name: ",".join(relations(one.actor, facts.parties)) for one in callers if one.actor}
    return {name: held for name, held in found.items() if held}


def relations_by_hand() -> Iterator[tuple[str, dict[str, str]]]:
    heading, *rows = [line.rsplit(maxsplit=9) for line in RELATIONS.strip().splitlines()]
    for stage, *held in rows:
        yield stage, {name: one for name, one in zip(heading[1:], held, strict=True) if one != "-"}


def test_every_relation_is_met_somewhere() -> None:
    met = {one for _, held in relations_by_hand() for many in held.values() for one in many.split(",")}
    assert met == set(Relation) - {Relation.SYSTEM, Relation.EARLIER}, "the earlier superior has a test of his own"
    assert {stage for stage, _ in relations_by_hand()} == {*Step, "opened again"}


async def test_every_cell_that_has_no_stage(
    stack: Stack, things: tuple[str, dict[str, str]], record_property: Any
) -> None:
    """Seats, units, people, own things, the agency. Whoever may not comes first, and who may sends forms that are empty.

    What JSON for officers, or about oneself, is answered to whoever is let in stands in the table of test_access_matrix.py.
    """
    everybody, (cycle, ids) = await stations.callers(stack), things
    place, roles = Place(stack, cycle, "any stage", ids), [one for one in everybody if one.name in ROLES]
    for gate in gates(application().routes):
        if staged(gate) or gate.path in ENDLESS:
            continue
        people = await around(stack, gate, cycle)
        plain = gate.address in ENDING or (gate.path.startswith(PREFIX) and not gate.of_people)
        asking = everybody if gate.of_people else roles
        await place.ask_all([one for one in asking if not plain or not place.lets_in(one, gate, people)], gate, people)
    record_property("cells without a stage", sum(place.cells.values()))
    assert not place.wrong, "\n".join(place.wrong)


async def test_hr_of_another_unit_finds_nothing_of_the_case_anywhere(
    stack: Stack, things: tuple[str, dict[str, str]]
) -> None:
    """Every address that gives something: lists, files, exports, boards, documents."""
    cycle, ids = things
    other = next(one for one in await stations.callers(stack) if one.name == "other_hr")
    wrong, looked = list[str](), 0
    for gate in gates(application().routes):
        if gate.method != "GET" or gate.path in ENDLESS:
            continue
        for kind in ("csv", "xlsx", "skp") if "{kind}" in gate.path else ("",):
            answer = await asked(other, gate, cycle, {**ids, "kind": kind})
            found = SECRETS.search(readable(answer))
            looked += answer.status_code == 200
            if found:
                wrong.append(f"{gate.address} {kind}: {found[0]}")
    assert not wrong, "\n".join(wrong)
    assert looked > 60
