"""The angka kredit that was confirmed of a year (penetapan angka kredit): how it was converted, and what was collected by then.

What no regulation was found to ask for is not on it. Rules: credit_formula, credit_counts, credit_needed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from appraisal.career.career import CARRIED_OVER, IN_FORCE, Ground, Verdict
from appraisal.career.credit import NEEDED, Needed
from appraisal.errors import NotIssuedYet
from appraisal.papers.contents import Setting
from appraisal.papers.people import Official, Signed
from appraisal.vocabulary import Level, Predicate


@dataclass(frozen=True, slots=True)
class CreditDecision:
    """The newest decision about one year's credit, or about what was brought along (`CARRIED_OVER`)."""

    about: str
    verdict: Verdict
    credit: Decimal
    level: Level | None
    grounds: tuple[Ground, ...]
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Converted:
    """One year as it was converted: months / 12 x percent x coefficient."""

    predicate: Predicate
    percent: int
    per_year: Decimal
    months: int
    credit: Decimal


@dataclass(frozen=True, slots=True)
class CreditPaper:
    """What the paper says. `earlier` are the years at the same level before it, and what was brought along, with their credit."""

    setting: Setting
    employee: Official
    level: Level
    converted: Converted
    earlier: tuple[tuple[str, Decimal], ...]
    collected: Decimal
    needed: Needed
    reason: str
    decided: Signed


def decision_of(year: int, decisions: Iterable[CreditDecision]) -> CreditDecision:
    """What holds of this year; NotIssuedYet where nothing was confirmed of it."""
    found = next((one for one in decisions if one.about == str(year) and one.verdict in IN_FORCE), None)
    if found is None or found.level is None or not found.grounds:
        what = f"No angka kredit of {year} is confirmed."
        raise NotIssuedYet(what, "year", "Come back once HR has confirmed it.")
    return found


def credit_paper(
    year: int, decisions: tuple[CreditDecision, ...], setting: Setting, employee: Official, decided: Signed
) -> CreditPaper:
    """The paper of this year. Only what was earned at the same level counts with it. Rule: credit_counts."""
    this = decision_of(year, decisions)
    assert this.level is not None, "decision_of has seen to it"
    before = (
        (one.about, one.credit)
        for one in decisions
        if one.verdict in IN_FORCE and one.level is this.level and _before(one.about, year)
    )
    earlier = tuple(sorted(before, key=lambda pair: (pair[0] != CARRIED_OVER, pair[0])))
    collected = sum((credit for _, credit in earlier), this.credit)
    return CreditPaper(
        setting,
        employee,
        this.level,
        _converted(dict(this.grounds[0].parameters), this.credit),
        earlier,
        collected,
        NEEDED[this.level],
        this.reason,
        decided,
    )


def _before(about: str, year: int) -> bool:
    return about == CARRIED_OVER or (about.isdecimal() and int(about) < year)


def _converted(told: Mapping[str, str], credit: Decimal) -> Converted:
    predicate, months = Predicate(told["predicate"]), int(told["months"])
    return Converted(predicate, int(told["percent"]), Decimal(told["per_year"]), months, credit)
