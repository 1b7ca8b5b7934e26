"""The cascade: from the indicators of a unit to the targets of its people, as a tree and as a matrix."""

from dataclasses import replace
from decimal import Decimal

import pytest

from appraisal.errors import InvalidTarget
from appraisal.targets import WAITING, Plan, Support, Target
from appraisal.unit.cascade import Link, Planned, cascade, leaders, matrix
from appraisal.vocabulary import Aspect, SupportKind

INDICATORS = (("i1", "Cakupan imunisasi"), ("i2", "Prevalensi stunting"))


def target(title: str, support: Support) -> Target:
    return Target(title, Aspect.KUANTITAS, "Jumlah", Decimal(12), "laporan", 100, support)


def unit(ref: str) -> Support:
    return Support(SupportKind.UNIT_INDICATOR, ref, dict(INDICATORS).get(ref, "Indikator lain"))


def of(superior: str, number: int) -> Support:
    return Support(SupportKind.SUPERIOR_TARGET, f"{superior}/{number}", "Sasaran atasan")


def planned(who: str, supervisor: str | None, *supports: Support) -> Planned:
    return Planned(
        who, who.title(), supervisor, tuple(target(f"{who} {n}", s) for n, s in enumerate(supports, 1)), True
    )


def told(links: tuple[Link, ...]) -> list[object]:
    """The branch as nested names."""
    return [[link.target.title, *told(link.below)] if link.below else link.target.title for link in links]


DEWI = planned("dewi", "bupati", unit("i1"), unit("lu"))
BUDI = planned("budi", "dewi", of("dewi", 1), unit("i1"))
ANI = planned("ani", "budi", of("budi", 1), WAITING, of("bupati", 3))
EKO = planned("eko", "budi")


def test_the_tree_leads_from_each_indicator_to_leaders_and_their_people() -> None:
    found = cascade((DEWI, BUDI, ANI, EKO), INDICATORS)
    assert [(root.name, told(root.below)) for root in found.indicators] == [
        ("Cakupan imunisasi", [["dewi 1", ["budi 1", "ani 1"]], "budi 2"]),
        ("Prevalensi stunting", []),
    ]
    assert [(root.name, told(root.below)) for root in found.elsewhere] == [
        ("Indikator lain", ["dewi 2"]),
        ("Sasaran atasan", ["ani 3"]),
    ]
    assert [(one.superior, one.ready, told(one.below)) for one in found.waiting] == [("budi", True, ["ani 2"])]
    assert found.without == ("eko",)


def test_whoever_waits_for_a_superior_without_targets_is_named_under_him() -> None:
    found = cascade((ANI, planned("budi", "dewi")), INDICATORS)
    assert [(one.superior, one.ready) for one in found.waiting] == [("budi", False)]
    assert [told(root.below) for root in found.elsewhere] == [["ani 1"], ["ani 3"]], (
        "a target that is not there (any more)"
    )


def test_a_circle_is_walked_once_and_loses_nobody() -> None:
    one, two = planned("ani", "budi", of("budi", 1)), planned("budi", "ani", of("ani", 1), of("budi", 2))
    found = cascade((one, two), INDICATORS)
    assert [told(root.below) for root in found.elsewhere] == [[["ani 1", "budi 1"]], ["budi 2"]]


def test_the_matrix_has_people_down_and_the_leaders_results_across() -> None:
    found = matrix((DEWI, BUDI, ANI, EKO), "budi")
    assert [result.title for result in found.results] == ["budi 1", "budi 2"]
    ani, eko = found.rows
    assert [told(cell) for cell in ani.cells] == [["ani 1"], []]
    assert (told(ani.waiting), told(ani.other)) == (["ani 2"], ["ani 3"])
    assert (eko.employee, eko.cells, eko.other, eko.waiting) == ("eko", ((), ()), (), ())
    assert matrix((ANI,), "budi").results == (), "a leader without targets has a matrix all the same"
    assert leaders((DEWI, BUDI, ANI, EKO)) == {"bupati", "dewi", "budi"}


def test_a_target_may_wait_for_the_superior_and_is_tied_to_nothing_else() -> None:
    waiting = [
        replace(target(str(n), Support(SupportKind.WAITING_UPSTREAM, " x ", "lama")), weight=w)
        for n, w in enumerate((40, 30, 30))
    ]
    plan = Plan(tuple(waiting)).checked()
    assert plan.waits
    assert {one.support for one in plan.targets} == {WAITING}
    loose = replace(waiting[0], support=Support(SupportKind.SUPERIOR_TARGET, " ", ""))
    with pytest.raises(InvalidTarget) as refusal:
        Plan((loose, *waiting[1:])).checked()
    assert refusal.value.where == "targets[0].support"
