"""The bench drives what people do: when their work changes, it must change too. And a case costs no more than promised."""

import pytest
from rich.console import Console

from bench.main import Size, measured
from bench.report import MOST_EVENTS, MOST_TRANSITIONS

STEPS_OF_A_CASE = 5
SIZE = Size(rounds=1, units=2, staff=6)
"""Units large enough for the guideline of the distribution."""


@pytest.mark.slow
async def test_a_round_is_walked_to_its_end_and_counted() -> None:
    found = await measured(Console(quiet=True), SIZE)
    assert len(found.updates) == STEPS_OF_A_CASE * SIZE.cases + SIZE.units
    assert 0 < found.events["max"] <= MOST_EVENTS
    assert 0 < found.transitions["max"] <= MOST_TRANSITIONS
    assert set(found.cpu) == {"Temporal", "driver", "worker", "api"}
