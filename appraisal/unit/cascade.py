"""How the targets of people follow from the indicators of their unit and the targets of their leaders. Rule: cascade.

Two views of the same: a tree from each indicator down, and the matrix of roles and results of one leader (matriks pembagian
peran dan hasil: people down, the leader's results across). Rule: matrix_of_roles.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from appraisal.targets import Target
from appraisal.vocabulary import SupportKind


@dataclass(frozen=True, slots=True)
class Planned:
    """Somebody who takes part, with the targets handed in so far; `agreed` once the superior has approved them."""

    employee: str
    name: str
    supervisor: str | None
    targets: tuple[Target, ...] = ()
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A target of somebody, and what is tied to it. `number` counts from 1 in the own plan."""

    employee: str
    number: int
    target: Target
    agreed: bool
    below: tuple["Link", ...] = ()


@dataclass(frozen=True, slots=True)
class Root:
    """Where a branch begins: an indicator, or a target of somebody who does not belong here, by id and name."""

    ref: str
    name: str
    below: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """Targets that wait for those of this superior; `ready` says that he has some by now."""

    superior: str | None
    ready: bool
    below: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Cascade:
    """The tree. `elsewhere` are branches that begin outside the unit; `without` are those who have handed in no targets."""

    indicators: tuple[Root, ...]
    elsewhere: tuple[Root, ...]
    waiting: tuple[Waiting, ...]
    without: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One person in the matrix: the targets under each of the leader's results, those tied elsewhere, and those that wait."""

    employee: str
    cells: tuple[tuple[Link, ...], ...]
    other: tuple[Link, ...]
    waiting: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The matrix of one leader."""

    leader: str
    results: tuple[Target, ...]
    rows: tuple[Row, ...]


def cascade(plans: Sequence[Planned], indicators: Sequence[tuple[str, str]]) -> Cascade:
    """The tree over these people, under these indicators of the unit, (id, name). Every target stands in it once."""
    tree = _Tree(plans)
    own = {ref for ref, _ in indicators}
    here = tuple(Root(ref, name, tree.below((SupportKind.UNIT_INDICATOR, ref))) for ref, name in indicators)
    with_targets = {plan.employee for plan in plans if plan.targets}
    outside = tuple(key for key in tree.keys if key[0] is not SupportKind.WAITING_UPSTREAM and not tree.leads_on(key))
    elsewhere = [_root(tree, key) for key in outside if not (key[0] is SupportKind.UNIT_INDICATOR and key[1] in own)]
    waiting = tuple(
        Waiting(superior, superior in with_targets, tree.waiting(superior))
        for superior in dict.fromkeys(plan.supervisor for plan in plans if any(t.support.waits for t in plan.targets))
    )
    # Targets that are tied to each other in a circle begin nowhere; whatever is left of them begins where it is found first.
    circles = [root for key in tree.keys if (root := _root(tree, key)).below]
    missing = tuple(plan.employee for plan in plans if not plan.targets)
    return Cascade(here, (*(root for root in elsewhere if root.below), *circles), waiting, missing)


def matrix(plans: Sequence[Planned], leader: str) -> Matrix:
    """The matrix of this leader over those who answer to him."""
    results = next((plan.targets for plan in plans if plan.employee == leader), ())
    return Matrix(
        leader, results, tuple(_row(plan, leader, len(results)) for plan in plans if plan.supervisor == leader)
    )


def leaders(plans: Iterable[Planned]) -> frozenset[str]:
    """Whoever has somebody below."""
    return frozenset(plan.supervisor for plan in plans if plan.supervisor)


_Key = tuple[SupportKind, str]


class _Tree:
    """What is tied to what. Each target is given out once."""

    def __init__(self, plans: Sequence[Planned]) -> None:
        self._tied: dict[_Key, list[Link]] = defaultdict(list)
        self._waiting: dict[str | None, list[Link]] = defaultdict(list)
        self._known = {f"{plan.employee}/{n}" for plan in plans for n in range(1, len(plan.targets) + 1)}
        self._given: set[str] = set()
        for plan in plans:
            for link in _links(plan):
                support = link.target.support
                tied = self._waiting[plan.supervisor] if support.waits else self._tied[support.kind, support.ref]
                tied.append(link)

    @property
    def keys(self) -> tuple[_Key, ...]:
        return tuple(self._tied)

    def leads_on(self, key: _Key) -> bool:
        """Whether this is a target that has its own place in the tree."""
        return key[0] is SupportKind.SUPERIOR_TARGET and key[1] in self._known

    def name(self, key: _Key) -> str:
        """What those who tied a target to it called it."""
        return next((link.target.support.name for link in self._tied[key] if link.target.support.name), key[1])

    def below(self, key: _Key) -> tuple[Link, ...]:
        return self._grown(self._tied.get(key, ()))

    def waiting(self, superior: str | None) -> tuple[Link, ...]:
        return self._grown(self._waiting[superior])

    def _grown(self, links: Iterable[Link]) -> tuple[Link, ...]:
        found = []
        for link in links:
            ref = f"{link.employee}/{link.number}"
            if ref not in self._given:
                self._given.add(ref)
                below = self.below((SupportKind.SUPERIOR_TARGET, ref))
                found.append(Link(link.employee, link.number, link.target, link.agreed, below))
        return tuple(found)


def _root(tree: _Tree, key: _Key) -> Root:
    return Root(key[1], tree.name(key), tree.below(key))


def _links(plan: Planned) -> tuple[Link, ...]:
    return tuple(Link(plan.employee, n, target, plan.agreed) for n, target in enumerate(plan.targets, start=1))


def _row(plan: Planned, leader: str, results: int) -> Row:
    links, refs = _links(plan), [f"{leader}/{number}" for number in range(1, results + 1)]
    cells = tuple(tuple(link for link in links if link.target.support.ref == ref) for ref in refs)
    waiting = tuple(link for link in links if link.target.support.waits)
    placed = {link.number for cell in (*cells, waiting) for link in cell}
    return Row(plan.employee, cells, tuple(link for link in links if link.number not in placed), waiting)
