"""Penetapan predikat kinerja pegawai of a unit: who was rated how, against the guideline, and who decided it.

Source: SE MenPANRB 3/2023; of its form only the name is known (domain.md 1.14), so the columns are Jenjang's.
Rule: unit_form.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from appraisal.access import CLOCK
from appraisal.calibration.distribution import DEFAULT, Deviation, DistributionPolicy, Range, check, guided
from appraisal.papers.contents import Setting
from appraisal.papers.papers import Act, Hindrance, demand
from appraisal.papers.people import Official, Signed, signed
from appraisal.predicates import predicate
from appraisal.vocabulary import Predicate, Rating, UnitResult


@dataclass(frozen=True, slots=True)
class Settled:
    """Somebody whose ratings stand after the calibration; `changed` if it changed them, `objected` if an objection did since."""

    official: Official
    results: Rating
    behaviour: Rating
    changed: bool
    objected: bool = False

    @property
    def predicate(self) -> Predicate:
        return predicate(self.results, self.behaviour)


@dataclass(frozen=True, slots=True)
class Round:
    """A decision for everybody who was there; without a signature the clock decided, as reviewed."""

    signed: Signed | None
    act: Act
    people: int


@dataclass(frozen=True, slots=True)
class Decided:
    """What the unit's record holds of a round."""

    act: Act
    people: int


@dataclass(frozen=True, slots=True)
class Distribution:
    """The document of one unit in one cycle. `ranges` is the guideline in people, None without a unit result."""

    setting: Setting
    unit: str
    unit_result: UnitResult | None
    settled: tuple[Settled, ...]
    counts: tuple[tuple[Predicate, int], ...]
    ranges: tuple[Range, ...] | None
    deviations: tuple[Deviation, ...]
    rounds: tuple[Round, ...]


def distribution(
    setting: Setting,
    unit: str,
    unit_result: UnitResult | None,
    settled: tuple[Settled, ...],
    decided: tuple[Decided, ...],
    people: Mapping[str, Official],
    accounts: Mapping[str, str],
    policy: DistributionPolicy = DEFAULT,
) -> Distribution:
    """The document of everybody whose ratings stand; NotIssuedYet while there is nobody."""
    demand(None if settled and decided else Hindrance.NOBODY_CALIBRATED)
    counted = Counter(one.predicate for one in settled)
    counts = {each: counted[each] for each in Predicate}
    rounds = tuple(
        Round(None if one.act.actor == CLOCK.id else signed(one.act, people, accounts), one.act, one.people)
        for one in decided
    )
    return Distribution(
        setting,
        unit,
        unit_result,
        settled,
        tuple(counts.items()),
        guided(unit_result, len(settled), policy),
        check(unit_result, counts, policy),
        rounds,
    )
