"""The solver's plan against every plan there is, and its program: what takes too long is ended."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given

from adapters.seat_optimiser import SeatOptimiser, asked, solved
from adapters.seat_solver import solve
from appraisal.seats.market import Market
from appraisal.seats.prices import network, optimum
from appraisal.training.course import Course
from appraisal.training.limits import Limits
from tests.rules import markets
from tests.rules.test_seat_rule import TIME, candidate, seats_of

CLOSE = Decimal("0.001")
"""Prices come from a solver that counts in floating point."""


@given(markets.markets())
def test_the_plan_is_the_best_there_is_where_money_does_not_matter_and_the_bound_is_tight(market: Market) -> None:
    net = network(market)
    best = max(markets.value(market, plan) for plan in markets.plans(market))
    if not net.kinds:
        assert best == 0
        return
    answer: dict[str, Any] = solve({**asked(net), "seconds": 10.0})
    found = optimum(market, net, solved(net, answer))
    worth = markets.value(market, seats_of(found.proposals))
    assert worth <= best <= found.bound + CLOSE
    if net.budget is None:
        assert worth == best
        assert found.bound <= best + CLOSE


async def test_the_program_answers_and_one_that_takes_too_long_is_ended() -> None:
    course = Course("t1", "Analisis", ("WAKTU",), 20, 1, 2027, price=Decimal(7))
    people = tuple(candidate(name, TIME, unit="u1") for name in "ab")
    market = Market(people, (course,), Limits(Decimal(10), {"u1": 2}))
    net = network(market)
    answer = await SeatOptimiser().solve(net, timedelta(seconds=10))
    assert answer is not None
    assert await SeatOptimiser().solve(net, timedelta(seconds=10)) == answer, "the same question has the same answer"
    found = optimum(market, net, answer)
    assert (seats_of(found.proposals), round(found.bound)) == ({"a": "t1"}, 300)
    assert await SeatOptimiser().solve(net, timedelta(seconds=-4.99)) is None
    nobody = await SeatOptimiser().solve(network(Market((), (course,))), timedelta(seconds=1))
    assert nobody is not None
    assert nobody.seated == ()
