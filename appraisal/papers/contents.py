"""What goes on which form: chosen from the record of a case, and nothing that the record does not hold.

Each function refuses (NotIssuedYet) while its document would be a draft. Sources: papers.py.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from appraisal.access import CLOCK
from appraisal.assessment import Realisation
from appraisal.case import Case
from appraisal.objection.objections import ObjectionEnd
from appraisal.papers.papers import Act, PaperKind, demand, hindrance, last
from appraisal.papers.people import Official, Signed, signed
from appraisal.predicates import predicate
from appraisal.targets import Expectation, Target
from appraisal.vocabulary import Predicate, Rating, UnitResult


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and when: the agency, the year and the name of the cycle."""

    agency: str
    year: int
    cycle: str


@dataclass(frozen=True, slots=True)
class Known:
    """What else is on record. `people` as they stood when the document was signed; `accounts` are HR officers' logins."""

    setting: Setting
    people: Mapping[str, Official]
    accounts: Mapping[str, str]
    above: str | None = None
    unit_result: UnitResult | None = None
    training: str | None = None


@dataclass(frozen=True, slots=True)
class Skp:
    """Sasaran Kinerja Pegawai: what was agreed, between whom, and when."""

    setting: Setting
    employee: Official
    supervisor: Official | None
    targets: tuple[Target, ...]
    expectations: tuple[Expectation, ...]
    handed_in: Signed
    approved: Signed


@dataclass(frozen=True, slots=True)
class Reached:
    """A target with what was reached of it and what the supervisor said; None where nobody wrote a self-assessment."""

    target: Target
    realisation: Realisation | None
    feedback: str


@dataclass(frozen=True, slots=True)
class Rated:
    """The ratings as they stand, with the reasons of the review; `calibrated` tells why the calibration changed them."""

    results: Rating
    results_reason: str
    behaviour: Rating
    behaviour_reason: str
    predicate: Predicate
    reviewed: Signed
    reviewed_results: Rating
    reviewed_behaviour: Rating
    calibrated: Signed | None
    calibrated_reason: str


@dataclass(frozen=True, slots=True)
class Objected:
    """An objection as it stands: what the employee says, what the supervisor answers, and what was decided, if anything.

    `results` and `behaviour` are the ratings that it is made against.
    """

    made_at: datetime
    reason: str
    answer: str
    results: Rating
    behaviour: Rating
    ended: ObjectionEnd | None
    decided: Signed | None
    ruling: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Evaluasi Kinerja Pegawai: what was reached, the feedback, the ratings."""

    setting: Setting
    employee: Official
    supervisor: Official | None
    unit_result: UnitResult | None
    reached: tuple[Reached, ...]
    expectations: tuple[Expectation, ...]
    rated: Rated
    objection: Objected | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """Dokumen Evaluasi Kinerja Pegawai, format D.1.1: three people, two results, remarks, dated signatures.

    `refused` are the words of who does not acknowledge it.
    """

    setting: Setting
    employee: Official
    supervisor: Official | None
    above: Official | None
    unit_result: UnitResult | None
    rated: Rated
    acknowledged: Signed | None
    comment: str
    nominated: Signed | None
    training: str
    training_reason: str
    objection: Objected | None = None
    refused: str = ""


def skp(case: Case, acts: tuple[Act, ...], known: Known) -> Skp:
    """The SKP as approved."""
    demand(hindrance(PaperKind.SKP, case, acts))
    handed_in, approved = last(acts, "submit_targets"), last(acts, "approve_targets")
    assert case.plan, "ready"
    assert handed_in, "ready"
    assert approved, "ready"
    return Skp(
        known.setting,
        known.people[case.parties.employee],
        _supervisor(case, approved, known),
        case.plan.targets,
        case.plan.expectations,
        signed(handed_in, known.people, known.accounts),
        signed(approved, known.people, known.accounts),
    )


def evaluation(case: Case, acts: tuple[Act, ...], known: Known) -> Evaluation:
    """The evaluation with the ratings as they stand: after the calibration, and after an objection."""
    demand(hindrance(PaperKind.EVALUATION, case, acts))
    assert case.plan, "ready"
    assert case.review, "ready"
    given = {one.target: one for one in case.self_assessment.realisations} if case.self_assessment else {}
    comments = dict(enumerate(case.review.comments, start=1))
    return Evaluation(
        known.setting,
        known.people[case.parties.employee],
        _supervisor(case, last(acts, "submit_review"), known),
        known.unit_result,
        tuple(
            Reached(target, given.get(number), comments.get(number, ""))
            for number, target in enumerate(case.plan.targets, start=1)
        ),
        case.plan.expectations,
        _rated(case, acts, known),
        _objected(case, acts, known),
    )


def result(case: Case, acts: tuple[Act, ...], known: Known) -> Result:
    """The D.1.1. The employee's signature and HR's recommendation stand on it once they are there."""
    demand(hindrance(PaperKind.RESULT, case, acts))
    read, nominated = last(acts, "acknowledge"), last(acts, "nominate")
    return Result(
        known.setting,
        known.people[case.parties.employee],
        _supervisor(case, last(acts, "submit_review"), known),
        known.people.get(known.above or ""),
        known.unit_result,
        _rated(case, acts, known),
        signed(read, known.people, known.accounts) if read and case.comment is not None else None,
        case.comment or "",
        signed(nominated, known.people, known.accounts) if nominated and case.nominated else None,
        known.training or "",
        case.nominated.reason if case.nominated else "",
        _objected(case, acts, known),
        case.refused or "",
    )


def supervisor_of(superior: str | None, act: Act | None, people: Collection[str]) -> str | None:
    """Pejabat penilai: the official in whose name it was decided; where HR did it, the superior by the organisation."""
    if act and act.on_behalf_of:
        return act.on_behalf_of
    return act.actor if act and act.actor in people else superior


def _supervisor(case: Case, act: Act | None, known: Known) -> Official | None:
    return known.people.get(supervisor_of(case.parties.supervisor, act, known.people) or "")


def _rated(case: Case, acts: tuple[Act, ...], known: Known) -> Rated:
    review, reviewed, calibrated = case.review, last(acts, "submit_review"), last(acts, "calibrate")
    assert review, "ready"
    assert reviewed, "ready"
    results, behaviour = case.results or review.results, case.behaviour or review.behaviour
    decided = calibrated if case.calibrated and calibrated and calibrated.actor != CLOCK.id else None
    return Rated(
        results,
        review.results_reason,
        behaviour,
        review.behaviour_reason,
        predicate(results, behaviour),
        signed(reviewed, known.people, known.accounts),
        review.results,
        review.behaviour,
        signed(decided, known.people, known.accounts) if decided else None,
        case.calibrated.reason if case.calibrated else "",
    )


def _objected(case: Case, acts: tuple[Act, ...], known: Known) -> Objected | None:
    objection = case.objection
    if objection is None:
        return None
    given, ruling, decided = objection.given, objection.ruling, last(acts, "decide_objection")
    return Objected(
        objection.at,
        objection.complaint.reason,
        given.account.text if given else "",
        objection.results,
        objection.behaviour,
        objection.ended,
        signed(decided, known.people, known.accounts) if ruling and decided else None,
        ruling.reason if ruling else "",
    )
