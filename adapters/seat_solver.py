"""A linear program for the seats, solved by HiGHS in a program of its own: `python -m adapters.seat_solver`.

It reads one JSON object, the network by number, and writes one: people by kind and course, people by group, and prices. The
budget is a row beside the network: its dual is the price of a rupiah for which the Lagrangian bound is best, found in one
solution instead of a search for it.

Most wishes never matter. It begins with the dearest of each kind; the prices of a solution then say which others would be worth
more than they take from others, and those join, until what they could add in all is next to nothing.
"""

import json
import sys
import time
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import OptimizeResult, linprog  # type: ignore[import-untyped]
from scipy.sparse import coo_array  # type: ignore[import-untyped]

AT_FIRST, JOINING = 10, 15
"""Wishes of a kind to begin with, by points and by points for the money; and those that join in one round."""
NEXT_TO_NOTHING = 1e-3
"""Of all points: what wishes that were left out could add."""
ALMOST = 1e-6
"""What the solver calls 3 may be 2.9999999."""
Numbers = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True, slots=True)
class Program:
    """The network in arrays. Rows: kinds, courses, units, and the budget, in millions, where there is one."""

    kind: Numbers
    course: Numbers
    points: Numbers
    cost: Numbers
    group_kind: Numbers
    group_unit: Numbers
    group_people: Numbers
    people: Numbers
    limits: Numbers
    courses: int
    budget: bool

    @property
    def kinds(self) -> int:
        return len(self.people)

    def over(self, prices: Numbers) -> Numbers:
        """What each wish is worth beyond what it takes from others at these prices, those of its kind included."""
        money = prices[-1] * self.cost if self.budget else 0.0
        found: Numbers = self.points - prices[self.kind] - prices[self.kinds + self.course] - money
        return found

    def dearest(self, worth: Numbers, most: int) -> Numbers:
        """So many wishes of each kind that are worth most."""
        order = np.lexsort((-worth, self.kind))
        kinds = self.kind[order]
        first = np.searchsorted(kinds, kinds)
        chosen: Numbers = order[np.arange(len(order)) - first < most]
        return chosen

    def solution(self, wishes: Numbers, seconds: float) -> OptimizeResult:
        """The best that these wishes allow."""
        count, groups = np.arange(len(wishes)), len(wishes) + np.arange(len(self.group_kind))
        rows = [self.kind[wishes], self.kinds + self.course[wishes], self.group_kind]
        rows.append(self.kinds + self.courses + self.group_unit)
        columns, ones = [count, count, groups, groups], np.ones(len(groups))
        values = [np.ones(len(wishes)), np.ones(len(wishes)), -ones, ones]
        if self.budget:
            rows.append(np.full(len(wishes), len(self.limits) - 1))
            columns.append(count)
            values.append(self.cost[wishes])
        entries = (np.concatenate(values), (np.concatenate(rows), np.concatenate(columns)))
        shape = (len(self.limits), len(wishes) + len(groups))
        most = np.concatenate([np.full(len(wishes), np.inf), self.group_people])
        return linprog(
            -np.concatenate([self.points[wishes], 0 * ones]),
            A_ub=coo_array(entries, shape=shape).tocsr(),
            b_ub=self.limits,
            bounds=np.column_stack([np.zeros(len(most)), most]),
            method="highs-ipm",
            options={"time_limit": max(seconds, 0.01)},
        )


def program(asked: dict[str, Any]) -> Program:
    """The question in arrays."""
    kind, course, points = np.array(asked["wishes"], dtype=int).T
    group_kind, group_unit, group_people = np.array(asked["groups"], dtype=int).reshape(-1, 3).T
    people = np.array(asked["free"], dtype=float)
    np.add.at(people, group_kind, group_people)
    budget = asked["budget"] is not None
    limits = [*asked["free"], *asked["seats"], *asked["quotas"], *([asked["budget"] / 1e6] if budget else [])]
    cost = np.array(asked["prices"], dtype=float)[course] / 1e6
    groups = (group_kind, group_unit, group_people)
    return Program(kind, course, points, cost, *groups, people, np.array(limits, float), len(asked["seats"]), budget)


def solve(asked: dict[str, Any]) -> dict[str, Any]:
    """`failed` says why there is no answer.

    `wishes`: (kind, course, points); `free`: people of each kind without a quota; `groups`: (kind, unit, people);
    `seats`, `quotas`, `prices`; `budget` or null; `seconds` to take at most.
    """
    lp, ends = program(asked), time.monotonic() + asked["seconds"]
    wishes = np.union1d(lp.dearest(lp.points, AT_FIRST), lp.dearest(lp.points / (lp.cost + 1), AT_FIRST))
    while True:
        found = lp.solution(wishes, ends - time.monotonic())
        if found.status != 0:
            return {"failed": found.message}
        prices = np.maximum(-found.ineqlin.marginals, 0)
        over = lp.over(prices)
        most = np.zeros(lp.kinds)
        np.maximum.at(most, lp.kind, over)
        dearest = lp.dearest(over, JOINING)
        joining = np.setdiff1d(dearest[over[dearest] > ALMOST], wishes)
        if not joining.size or most @ lp.people <= NEXT_TO_NOTHING * -found.fun:
            return _told(lp, wishes, found.x, prices)
        wishes = np.union1d(wishes, joining)


def _told(lp: Program, wishes: Numbers, amounts: Numbers, prices: Numbers) -> dict[str, Any]:
    whole = np.floor(amounts + ALMOST).astype(int)
    people = whole[: len(wishes)]
    given, units = wishes[people > 0], lp.kinds + lp.courses
    return {
        "seated": np.column_stack([lp.kind[given], lp.course[given], people[people > 0]]).tolist(),
        "chosen": whole[len(wishes) :].tolist(),
        "courses": prices[lp.kinds : units].tolist(),
        "units": prices[units : len(prices) - lp.budget].tolist(),
        "rupiah": float(prices[-1]) / 1e6 if lp.budget else 0.0,
    }


if __name__ == "__main__":
    json.dump(solve(json.load(sys.stdin)), sys.stdout)
