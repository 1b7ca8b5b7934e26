"""The optimiser's plan: whatever a solver answers, the plan keeps all limits, and its bound holds."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from appraisal.seats.figures import figures, needed
from appraisal.seats.market import Market
from appraisal.seats.prices import Network, Prices, Solved, bound, network, optimum
from appraisal.seats.rule import propose
from appraisal.training.course import Course
from appraisal.training.limits import Limits
from appraisal.training.training import NoTraining, Reason
from tests.rules import markets
from tests.rules.test_seat_rule import TIME, candidate, seats_of

AMOUNTS = st.decimals(0, 700, places=1)


@st.composite
def answers(draw: st.DrawFn, net: Network) -> Solved:
    """Whatever a solver might say, true or not."""
    courses, units = (tuple(draw(AMOUNTS) for _ in limited) for limited in (net.courses, net.units))
    counts = st.integers(0, 3)
    seated = tuple((kind, course, draw(counts)) for kind, wanted in enumerate(net.kinds) for course, _ in wanted)
    chosen = {number: draw(counts) for number, group in enumerate(net.groups) if group.unit >= 0}
    return Solved(seated, chosen, Prices(draw(AMOUNTS), courses, units))


@given(markets.markets(most=3), st.data())
def test_no_plan_is_worth_more_than_any_prices_prove(market: Market, data: st.DataObject) -> None:
    net = network(market)
    best = max(markets.value(market, plan) for plan in markets.plans(market))
    assert bound(net, data.draw(answers(net)).prices) >= best


@given(markets.markets(), st.data())
def test_whatever_the_solver_says_the_limits_hold_and_nothing_is_left_over(market: Market, data: st.DataObject) -> None:
    net = network(market)
    found = optimum(market, net, data.draw(answers(net)))
    seats = seats_of(found.proposals)
    assert markets.within(market, seats)
    assert {proposal.employee for proposal in found.proposals} == {who.employee for who in market.candidates}
    for who, wish in markets.claims(market):
        assert who.employee in seats or not markets.within(market, {**seats, who.employee: wish.course.id})


@given(markets.markets(), st.randoms(use_true_random=False), st.data())
def test_the_same_input_in_any_order_gives_the_same_plan(market: Market, dice: object, data: st.DataObject) -> None:
    net = network(market)
    answer = data.draw(answers(net))
    people, courses = list(market.candidates), list(market.courses)
    dice.shuffle(people)  # type: ignore[attr-defined]
    dice.shuffle(courses)  # type: ignore[attr-defined]
    other = replace(market, candidates=tuple(people), courses=tuple(courses))
    assert network(other) == net, "the solver is asked the same"
    assert optimum(other, net, answer) == optimum(market, net, answer)


def test_whoever_gets_none_learns_what_a_seat_is_worth_elsewhere_and_both_plans_have_their_numbers() -> None:
    """One seat: the rule gives it to the more urgent need, the optimum to the one that it meets in full."""
    course = Course("t1", "Analisis", ("KUANTITAS",), 20, 1, 2027, price=Decimal(7))
    urgent = replace(TIME, reason=Reason.VERY_POOR, topics=("KUANTITAS", "WAKTU", "BIAYA"), parameters=())
    people = (candidate("a", urgent, unit="u1"), candidate("b", replace(TIME, topics=("KUANTITAS",)), unit="u1"))
    market = Market(people, (course,), Limits(Decimal(10), {"u1": 2}))
    net = network(market)
    kind = next(number for number, wanted in enumerate(net.kinds) if wanted == ((0, 300),))
    group = next(number for number, found in enumerate(net.groups) if found.kind == kind)
    solved = Solved(((kind, 0, 1),), {group: 1, 1 - group: 0}, Prices(Decimal(0), (Decimal(300),), (Decimal(0),)))
    found = optimum(market, net, solved)
    first, second = found.proposals
    assert (first.employee, first.training, first.code) == ("a", None, NoTraining.OUTWEIGHED)
    assert first.reason.endswith(
        "satu kursi Analisis bernilai 300 poin bagi peserta lain; bagi kebutuhan ini 198 poin."
    )
    assert (second.employee, second.training) == ("b", "t1")
    assert found.bound == 300
    by_rule, best = figures(market, propose(market)), figures(market, found.proposals)
    assert (by_rule.points, best.points) == (198, 300)
    assert (best.seats, best.cost) == (1, Decimal(7))
    assert [*best.courses, *best.units] == [("t1", 1), ("u1", 1)]
    assert dict(best.met)[Reason.MISSED_TARGET] == 1
    assert dict(needed(market))[Reason.VERY_POOR] == 1
