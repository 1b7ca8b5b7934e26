"""The whole API with requests that nobody thought of, by everybody: no 5xx, and no answer that is not announced."""

import asyncio
from collections import Counter
from contextlib import suppress
from typing import Any

import httpx2
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.errors import FlakyStrategyDefinition
from hypothesis.stateful import run_state_machine_as_test
from schemathesis.core.result import Ok

from tests.announced import description
from tests.api import test_access_matrix as matrix
from tests.api.anyones import SEED, broken, cases, pooled, sent
from tests.api.samples import PLACES
from tests.api.test_access_matrix import CALLERS, Place, asking
from tests.stack import Stack

pytestmark = pytest.mark.slow
place = matrix.place
"""The scene of the table of rights: a case of ani's at every step."""
CASES = 10
"""Of each operation; each is sent by everybody."""
LEAST = 20_000
MOST_TOLD = 15
WALKS, STEPS, ENOUGH = 25, 8, 150


def pools(cycles: dict[str, str]) -> dict[str, list[str]]:
    known = {name: [value] for name, value in PLACES.items() if name not in ("form", "kind")}
    people = {"employee": ["ani", "ani", "eko"], "person": ["gita", "ani"], "officer": ["gita"]}
    return known | people | {"cycle": sorted({*cycles.values()}), "unit": ["dinkes", "p2p"], "course": ["t1", "t2"]}


async def caller(stack: Stack, name: str) -> httpx2.AsyncClient:
    visitor = await asking(stack, name)
    visitor.event_hooks = {}  # what is not announced is told below, with its curl line
    return visitor


def operations(cycles: dict[str, str]) -> list[Any]:
    schema = schemathesis.openapi.from_dict(pooled(description(), pools(cycles)))
    found = [*schema.get_all_operations()]
    assert all(isinstance(one, Ok) for one in found)
    return [one.ok() for one in found if isinstance(one, Ok)]


async def test_whatever_anybody_sends_is_answered_as_announced(place: Place) -> None:
    stack, cycles = place
    everybody = {name: await caller(stack, name) for name in CALLERS}
    count, failures, statuses = 0, dict[str, str](), Counter[str]()
    for operation in operations(cycles):
        for case in cases(operation, CASES):
            for name, visitor in everybody.items():
                answer = await sent(case, visitor)
                if answer is None:
                    continue
                count += 1
                statuses[f"{answer.status_code // 100}xx"] += 1
                told = broken(case, answer)
                if told:
                    failures.setdefault(told.partition("\n\n")[0], f"as {name}: {told}")
                if operation.label == "DELETE /api/v1/tokens/current" and answer.status_code == 204:
                    everybody[name] = await caller(stack, name)
    assert not failures, f"{len(failures)} faults\n" + "\n".join([*failures.values()][:MOST_TOLD])
    assert count >= LEAST
    assert min(statuses[kind] for kind in ("2xx", "4xx")) > count // 20, (
        "most of what is sent must not stop at the door"
    )


async def test_what_one_answer_leads_to_is_answered_as_announced(place: Place) -> None:
    """From one operation to the next by the links of the description, as HR.

    The service remembers what was done, so the same beginning need not lead the same way twice; Hypothesis, which compares, then
    ends that walk, and the next one begins elsewhere. Faults are therefore kept here and not repeated.
    """
    stack, cycles = place
    hr, loop, count, failures = await caller(stack, "hr"), asyncio.get_running_loop(), 0, list[str]()
    machine = schemathesis.openapi.from_dict(
        pooled(description(), pools(cycles) | {"order": ["0" * 12]})
    ).as_state_machine()

    class Walk(machine):  # type: ignore[misc, valid-type]
        def call(self, case: Any, **_: Any) -> Any:
            nonlocal count
            count += 1
            answer = asyncio.run_coroutine_threadsafe(sent(case, hr), loop).result(timeout=60)
            assert answer is not None
            return schemathesis.Response.from_any(answer)

        def validate_response(self, response: Any, case: Any, **_: Any) -> None:
            if "" not in case.path_parameters.values():  # without its last part it is another address
                failures.extend(filter(None, [broken(case, response)]))

    walking = settings(
        max_examples=WALKS,
        stateful_step_count=STEPS,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    for number in range(WALKS):
        with suppress(FlakyStrategyDefinition):
            await asyncio.to_thread(run_state_machine_as_test, seed(SEED + number)(Walk), settings=walking)
        if count > ENOUGH:
            break
    assert not failures, "\n".join(failures[:MOST_TOLD])
    assert count > ENOUGH
