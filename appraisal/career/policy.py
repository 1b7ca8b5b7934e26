"""What an agency sets for recognition and career: axes, cut-offs, rounding, who sees the own box, and the committee.

Rules: talent_cutoffs, talent_performance, credit_rounding, own_box.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from appraisal.career.credit import Half, Rounding
from appraisal.career.errors import InvalidCareerPolicy
from appraisal.career.talent import AXIS, CutOffs, Third, cut_offs
from appraisal.vocabulary import Predicate

MOST_MEMBERS = 30
MOST_PLACES = 3


@dataclass(frozen=True, slots=True)
class CareerPolicy:
    """Before anybody has set cut-offs there is no map. `committee` are people; `own_box`: whether everybody sees the own one."""

    cutoffs: CutOffs | None = None
    axis: Mapping[Predicate, Third] = field(default_factory=lambda: AXIS)
    rounding: Rounding = field(default_factory=Rounding)
    own_box: bool = False
    committee: tuple[str, ...] = ()

    def document(self) -> dict[str, Any]:
        """As it is stored and read again."""
        return {
            "high": str(self.cutoffs.high) if self.cutoffs else "",
            "middle": str(self.cutoffs.middle) if self.cutoffs else "",
            "axis": {str(predicate): str(third) for predicate, third in self.axis.items()},
            "places": self.rounding.places,
            "rounding": str(self.rounding.way),
            "own_box": self.own_box,
            "committee": list(self.committee),
        }


def read(document: Mapping[str, Any]) -> CareerPolicy:
    """The policy that a document says; InvalidCareerPolicy where it contradicts itself."""
    committee = tuple(dict.fromkeys(document["committee"]))
    if len(committee) > MOST_MEMBERS:
        raise InvalidCareerPolicy(f"A committee has at most {MOST_MEMBERS} members.", "committee", "Name fewer.")
    return CareerPolicy(
        cutoffs=_cutoffs(str(document["high"]).strip(), str(document["middle"]).strip()),
        axis=_axis(document["axis"]),
        rounding=_rounding(document["places"], document["rounding"]),
        own_box=bool(document["own_box"]),
        committee=committee,
    )


def _cutoffs(high: str, middle: str) -> CutOffs | None:
    if not high and not middle:
        return None
    return cut_offs(_number(high, "high"), _number(middle, "middle"))


def _number(text: str, where: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise InvalidCareerPolicy("This is no number.", where, "Give a number above 0 and up to 100.") from None


def _axis(said: Mapping[str, str]) -> dict[Predicate, Third]:
    """Every predicate in a third, and none above a better one."""
    thirds = tuple(Third)
    found = {predicate: Third(said[predicate]) for predicate in Predicate if said.get(predicate) in thirds}
    for predicate in Predicate:
        if predicate not in found:
            raise InvalidCareerPolicy("Every predicate lies somewhere.", f"axis.{predicate}", "Choose a third.")
    for better, worse in zip(found, tuple(found)[1:], strict=False):
        if thirds.index(found[worse]) < thirds.index(found[better]):
            raise InvalidCareerPolicy(
                "A worse predicate cannot lie above a better one.",
                f"axis.{worse}",
                "Choose the same third or a lower one.",
            )
    return found


def _rounding(places: object, way: object) -> Rounding:
    if not isinstance(places, int) or not 0 <= places <= MOST_PLACES:
        raise InvalidCareerPolicy(f"Credit is rounded to 0 to {MOST_PLACES} places.", "places", "Choose one of these.")
    if way not in tuple(Half):
        raise InvalidCareerPolicy("This is no way of rounding.", "rounding", "Choose one of the list.")
    return Rounding(places, Half(str(way)))
