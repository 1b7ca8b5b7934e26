"""A unit's own performance: where its indicators began, where they shall be at the end of the year, and where they are.

Rule: unit_performance.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from appraisal.errors import InvalidNumber
from appraisal.parties import Parties
from appraisal.people.organisation import Organisation
from appraisal.text import checked, evidence_link, reason
from appraisal.unit.errors import MissingEvidence, QuarterNotEnded
from appraisal.vocabulary import Direction, EvidenceNeed

QUARTERS = (1, 2, 3, 4)
LAST_DAYS = {1: (3, 31), 2: (6, 30), 3: (9, 30), 4: (12, 31)}
"""Month and day on which each quarter ends."""
LONGEST_REMARK = 1000
WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator of a unit for one year. Values are in `unit_of_measure`; a `baseline` may be missing."""

    id: str
    unit: str
    year: int
    code: str
    name: str
    unit_of_measure: str
    baseline: Decimal | None
    target: Decimal
    direction: Direction
    evidence: EvidenceNeed

    def reached(self, value: Decimal) -> bool:
        """Whether this value is as good as the target, or better."""
        return value >= self.target if self.direction is Direction.UP else value <= self.target

    def progress(self, value: Decimal) -> Decimal | None:
        """How far this value is from the baseline (0) to the target (100), in percent, within these; for drawing alone.

        Without a baseline that the target betters, the way begins at zero; downwards it then has no beginning.
        """
        if self.reached(value):
            return WHOLE
        start = self._start
        if start is None:
            return None
        share = (value - start) / (self.target - start) * WHOLE
        return min(max(share, Decimal(0)), WHOLE)

    @property
    def _start(self) -> Decimal | None:
        """Where the way begins: never at the target itself, or beyond it."""
        start = self.baseline if self.baseline is not None and not self.reached(self.baseline) else Decimal(0)
        return None if self.reached(start) else start


@dataclass(frozen=True, slots=True)
class Actual:
    """What was reached at the end of a quarter. `number` counts what was entered for it: the newest counts."""

    quarter: int
    number: int
    value: Decimal
    evidence: str
    remark: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Followed:
    """An indicator with all that was ever entered, by quarter and number."""

    indicator: Indicator
    actuals: tuple[Actual, ...] = ()

    def history(self, quarter: int) -> tuple[Actual, ...]:
        """What was entered for this quarter, the oldest first."""
        return tuple(actual for actual in self.actuals if actual.quarter == quarter)

    def actual(self, quarter: int) -> Actual | None:
        """What counts for this quarter."""
        return next(reversed(self.history(quarter)), None)

    @property
    def latest(self) -> Actual | None:
        """What counts for the last quarter that has anything."""
        return next((found for quarter in reversed(QUARTERS) if (found := self.actual(quarter))), None)


def quarter_ends(year: int, quarter: int) -> date:
    """The last day of this quarter."""
    return date(year, *LAST_DAYS[quarter])


def ended(year: int, today: date) -> tuple[int, ...]:
    """The quarters of that year which are over."""
    return tuple(quarter for quarter in QUARTERS if today > quarter_ends(year, quarter))


def entered(followed: Followed, actual: Actual, today: date) -> Actual:
    """This value, tidy and with its number, as it goes on record beside those before it; or a refusal.

    Rule: unit_evidence.
    """
    indicator, quarter = followed.indicator, actual.quarter
    if quarter not in QUARTERS:
        raise InvalidNumber("A year has four quarters.", "quarter", "Give 1 to 4.")
    last = quarter_ends(indicator.year, quarter)
    if today <= last:
        raise QuarterNotEnded(f"This quarter ends on {last.isoformat()}.", "quarter", "Come back after that day.")
    value = actual.value
    if not value.is_finite() or abs(value) > 10**12 or value != round(value, 4):
        raise InvalidNumber("This is no usable number.", "value", "Give a number with at most 4 decimals.")
    evidence = evidence_link(actual.evidence, "evidence") if actual.evidence.strip() else ""
    if not evidence and indicator.evidence is EvidenceNeed.REQUIRED:
        remedy = "Give the address of a document that shows the value."
        raise MissingEvidence("This indicator needs evidence.", "evidence", remedy)
    before = followed.history(quarter)
    said = reason(actual.remark, "remark") if before else actual.remark
    remark = checked(said, "remark", LONGEST_REMARK, required=False)
    return replace(actual, number=len(before) + 1, evidence=evidence, remark=remark)


def parties_of(unit: str, known: Organisation) -> Parties:
    """The people of this unit as the table of rights knows them: its head, who acts for him, and everybody above."""
    head = known.heads.get(unit)
    line = known.line(head) if head is not None else None
    above = (*(line.superiors if line else ()), *(known.heads.get(one) for one in known.above(unit)))
    superiors = (head or "", *dict.fromkeys(one for one in above if one is not None and one != head))
    acting = tuple(known.acting[one] for one in superiors if one in known.acting)
    return Parties("", unit, superiors, head, acting=acting)
