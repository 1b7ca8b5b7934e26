"""The confirmed box of a year's talent map as SIASN's record. Its fields are those of public code; what they hold, BKN tells.

Rules: siasn_talent, siasn_forms.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from appraisal.siasn.push import Failure
from appraisal.siasn.record import Form, Record
from appraisal.vocabulary import Predicate

SAVE, PERSON, BOX = "tm/talentmapping-save", "pns_id", "box"
AXES = ("sumbu_x", "sumbu_y")
TOTAL = "total_sumbu"


@dataclass(frozen=True, slots=True)
class TalentForm:
    """SIASN's codes of the boxes, the number that stands for each predicate, and how the two axes make the total.

    `year`: what SIASN calls the year; `potential_across`: whether the potential is its first axis; `weights`: of both axes.
    """

    history: str
    year: str
    boxes: Mapping[int, int]
    performance: Mapping[Predicate, Decimal]
    potential_across: bool
    weights: tuple[Decimal, Decimal]

    @property
    def form(self) -> Form:
        return Form("talent", SAVE, self.history, PERSON, (self.year,), (BOX, *AXES, TOTAL), id="")


@dataclass(frozen=True, slots=True)
class Mapped:
    """The box that a member of the committee has confirmed, and what it rested on. `number`: the NIP."""

    number: str = field(repr=False)
    year: int
    box: int
    predicate: Predicate
    score: Decimal


def talent_record(mapped: Mapped, form: TalentForm | None) -> Record | Failure:
    """The record of this box; or why there is none."""
    if form is None or mapped.box not in form.boxes or mapped.predicate not in form.performance:
        return Failure.TALENT_FORM
    performance = form.performance[mapped.predicate]
    axes = (mapped.score, performance) if form.potential_across else (performance, mapped.score)
    total = sum((axis * weight for axis, weight in zip(axes, form.weights, strict=True)), Decimal())
    numbers = {name: _number(value) for name, value in zip((*AXES, TOTAL), (*axes, total), strict=True)}
    return Record(form.form, mapped.number, {form.year: mapped.year, BOX: form.boxes[mapped.box], **numbers})


def _number(value: Decimal) -> int | float:
    """As JSON has it; without a point where there is nothing behind it."""
    return int(value) if value == value.to_integral_value() else float(value)
