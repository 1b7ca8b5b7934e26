"""Which training an employee needs and why, and who is proposed for which seat. Every answer comes with its reason.

Rule: performance_gap.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from appraisal.case import Case
from appraisal.course import ANYBODY, EXCLUDED, Attendee, Course, Parameters, excluded
from appraisal.sources import RULES
from appraisal.vocabulary import Aspect, Behaviour, Employment, Predicate, Rating

DEVELOPMENT = "PENGEMBANGAN"
"""The topic of training for those who have no gap and are to grow. Rule: very_good."""


@dataclass(frozen=True, slots=True)
class HoursRule:
    """Hours of training (jam pelajaran, JP) in a year: at least, and at most; None where the law says nothing."""

    least: int | None
    most: int | None
    source: str


HOURS: dict[Employment, HoursRule] = {
    Employment.PNS: HoursRule(20, None, RULES["hours_pns"].source),
    Employment.PPPK: HoursRule(None, 24, RULES["hours_pppk"].source),
    Employment.PEJABAT_NEGARA: HoursRule(None, None, "bukan ASN"),
}
"""For a PNS a floor, for a PPPK a ceiling. The ceiling binds proposals and decisions. Rules: hours_pns, hours_pppk."""

SOURCE = RULES["performance_gap"].source


class Reason(StrEnum):
    """Why somebody needs a training, most urgent first."""

    VERY_POOR = "very_poor"
    POOR_BEHAVIOUR = "poor_behaviour"
    NEEDS_IMPROVEMENT = "needs_improvement"
    MISSED_TARGET = "missed_target"
    OUTSTANDING = "outstanding"


class NoTraining(StrEnum):
    """Why nothing is proposed."""

    NO_GAP = "no_gap"
    NO_COURSE = "no_course"
    SEATS_TAKEN = "seats_taken"
    OVER_HOURS = "over_hours"


SENTENCES: dict[str, str] = {
    Reason.VERY_POOR: "Predikat SANGAT_KURANG: hasil kerja dan perilaku kerja perlu dibenahi.",
    Reason.POOR_BEHAVIOUR: "Perilaku kerja di bawah ekspektasi.",
    Reason.NEEDS_IMPROVEMENT: "Predikat BUTUH_PERBAIKAN: hasil kerja di bawah ekspektasi.",
    Reason.MISSED_TARGET: "Target {number} ({aspect}) tercapai {reached} dari {value} {unit}.",
    Reason.OUTSTANDING: "Predikat SANGAT_BAIK: disiapkan untuk pengembangan.",
    NoTraining.NO_GAP: "Tidak ada kesenjangan kinerja yang memerlukan pelatihan.",
    NoTraining.NO_COURSE: "{need} Katalog tidak memuat pelatihan yang sesuai.",
    NoTraining.SEATS_TAKEN: "{need} Seluruh {seats} kursi {course} terisi oleh peserta berperingkat lebih tinggi.",
    NoTraining.OVER_HOURS: "{need} {course} akan melampaui {most} JP setahun bagi PPPK.",
    **{code: f"{{need}} {sentence}" for code, sentence in EXCLUDED.items()},
}
"""What the employee reads, in Indonesian; the code and the parameters serve every other language."""


@dataclass(frozen=True, slots=True)
class Need:
    """One need: its reason, with parameters for the sentence, and the topics that would help."""

    reason: Reason
    topics: tuple[str, ...]
    parameters: Parameters = ()

    @property
    def sentence(self) -> str:
        return SENTENCES[self.reason].format(**dict(self.parameters))


@dataclass(frozen=True, slots=True)
class Measured:
    """A target beside what was reached of it; None where nobody has said. Numbers in `unit_of_measure`.

    Rule: missed_target.
    """

    number: int
    aspect: Aspect
    value: Decimal
    reached: Decimal | None
    unit_of_measure: str

    @property
    def missed(self) -> bool:
        """Below target. Time and cost are missed when exceeded, unless they are given in percent of a plan."""
        if self.reached is None:
            return False
        percent = self.unit_of_measure.strip().lower() in ("%", "persen", "percent")
        if self.aspect in (Aspect.WAKTU, Aspect.BIAYA) and not percent:
            return self.reached > self.value
        return self.reached < self.value


@dataclass(frozen=True, slots=True)
class Facts:
    """What the needs follow from; the ratings are those after calibration."""

    predicate: Predicate | None
    results: Rating | None
    behaviour: Rating | None
    measured: tuple[Measured, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whose nomination is to be decided, with the JP already granted: (year, hours)."""

    employee: str
    employment: Employment
    predicate: Predicate | None
    needs: tuple[Need, ...]
    granted: tuple[tuple[int, int], ...] = ()
    who: Attendee = ANYBODY


@dataclass(frozen=True, slots=True)
class Proposal:
    """A training or none, and why: a code with parameters, and the plain sentence. Rank 1 chose first."""

    employee: str
    training: str | None
    code: str
    parameters: Parameters
    reason: str
    rank: int


def facts(case: Case) -> Facts:
    """What a case says about the needs of its employee."""
    reached = {r.target: r.value for r in case.self_assessment.realisations} if case.self_assessment else {}
    measured = tuple(
        Measured(number, target.aspect, target.value, reached.get(number), target.unit_of_measure)
        for number, target in enumerate(case.plan.targets if case.plan else (), start=1)
    )
    return Facts(case.predicate, case.results, case.behaviour, measured)


def needs(known: Facts) -> tuple[Need, ...]:
    """The needs that follow from the gap, most urgent first; empty when there is none."""
    missed = tuple(target for target in known.measured if target.missed)
    aspects = tuple(dict.fromkeys(str(target.aspect) for target in missed)) or tuple(map(str, Aspect))
    behaviours = tuple(map(str, Behaviour))
    found = []
    if known.predicate is Predicate.SANGAT_KURANG:
        found.append(Need(Reason.VERY_POOR, (*aspects, *behaviours)))
    if known.behaviour is Rating.DI_BAWAH or known.predicate is Predicate.KURANG:
        found.append(Need(Reason.POOR_BEHAVIOUR, behaviours))
    if known.predicate is Predicate.BUTUH_PERBAIKAN:
        found.append(Need(Reason.NEEDS_IMPROVEMENT, aspects))
    found.extend(Need(Reason.MISSED_TARGET, (str(target.aspect),), _shown(target)) for target in missed)
    if known.predicate is Predicate.SANGAT_BAIK:
        found.append(Need(Reason.OUTSTANDING, (DEVELOPMENT,)))
    return tuple(found)


def propose(
    candidates: Iterable[Candidate], courses: Iterable[Course], taken: Mapping[str, int]
) -> tuple[Proposal, ...]:
    """One proposal for each candidate, best rank first; `taken` counts the seats already given away per training.

    The more urgent need goes first, then the worse predicate, then the id: the same input gives the same answer.
    Rule: training_order.
    """
    catalogue = tuple(sorted(courses, key=lambda course: (course.hours, course.id)))
    left = {course.id: course.seats - taken.get(course.id, 0) for course in catalogue}
    proposals = []
    for rank, candidate in enumerate(sorted(candidates, key=_urgency), start=1):
        training, code, parameters = _chosen(candidate, catalogue, left)
        if training is not None:
            left[training] -= 1
        sentence = SENTENCES[code].format(**dict(parameters))
        proposals.append(Proposal(candidate.employee, training, code, parameters, sentence, rank))
    return tuple(proposals)


def exceeds(employment: Employment, granted: Mapping[int, int], course: Course) -> bool:
    """Whether this course would take the employee past the hours allowed in its year."""
    most = HOURS[employment].most
    return most is not None and granted.get(course.year, 0) + course.hours > most


def _urgency(candidate: Candidate) -> tuple[int, int, str]:
    reasons, predicates = tuple(Reason), tuple(Predicate)
    urgency = min((reasons.index(need.reason) for need in candidate.needs), default=len(reasons))
    worse = -predicates.index(candidate.predicate) if candidate.predicate else 1
    return urgency, worse, candidate.employee


def _chosen(
    candidate: Candidate, catalogue: tuple[Course, ...], left: dict[str, int]
) -> tuple[str | None, str, Parameters]:
    """(training or None, code, parameters). Of several courses the one that covers most of the need."""
    if not candidate.needs:
        return None, NoTraining.NO_GAP, ()
    refusals: list[tuple[str, Parameters]] = []
    for need in candidate.needs:
        fitting = (course for course in catalogue if set(course.topics) & set(need.topics))
        for course in sorted(fitting, key=lambda course: -len(set(course.topics) & set(need.topics))):
            if unfit := excluded(course, candidate.employment, candidate.who):
                refusals.append((unfit[0], (("need", need.sentence), *unfit[1])))
            elif exceeds(candidate.employment, dict(candidate.granted), course):
                most = str(HOURS[candidate.employment].most)
                refusals.append(
                    (NoTraining.OVER_HOURS, (("need", need.sentence), ("course", course.name), ("most", most)))
                )
            elif left[course.id] < 1:
                seats = (("need", need.sentence), ("seats", str(course.seats)), ("course", course.name))
                refusals.append((NoTraining.SEATS_TAKEN, seats))
            else:
                return course.id, need.reason, need.parameters
    if refusals:
        return None, *refusals[0]
    return None, NoTraining.NO_COURSE, (("need", candidate.needs[0].sentence),)


def _shown(target: Measured) -> Parameters:
    return (
        ("number", str(target.number)),
        ("aspect", str(target.aspect)),
        ("reached", f"{target.reached:f}"),
        ("value", f"{target.value:f}"),
        ("unit", target.unit_of_measure),
    )
