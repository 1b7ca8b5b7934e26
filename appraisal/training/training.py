"""Which training an employee needs and why, and who is proposed for which seat. Every answer comes with its reason.

Rule: performance_gap.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from appraisal.case import Case
from appraisal.sources.sources import RULES
from appraisal.training.course import EXCLUDED, Course, Parameters
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
    HOURS_OWED = "hours_owed"
    AGREED = "agreed"


MOST_WEIGHT = len(Reason) - 1
"""Of the most urgent need. Rule: need_points."""
WEIGHT = {reason: MOST_WEIGHT - place for place, reason in enumerate(Reason)}
"""Of an agreed need a policy says the weight; it has none of its own. Rule: agreed_need."""


class NoTraining(StrEnum):
    """Why nothing is proposed."""

    NO_GAP = "no_gap"
    NO_COURSE = "no_course"
    SEATS_TAKEN = "seats_full"
    OVER_HOURS = "over_hours"
    QUOTA_TAKEN = "quota_taken"
    OVER_BUDGET = "over_budget"
    OUTWEIGHED = "outweighed"


SENTENCES: dict[str, str] = {
    Reason.VERY_POOR: "Predikat Sangat Kurang: hasil kerja dan perilaku kerja perlu dibenahi.",
    Reason.POOR_BEHAVIOUR: "Perilaku kerja di bawah ekspektasi.",
    Reason.NEEDS_IMPROVEMENT: "Predikat Butuh Perbaikan: hasil kerja di bawah ekspektasi.",
    Reason.MISSED_TARGET: "Target {number} ({aspect}) tercapai {reached} dari {value} {unit}.",
    Reason.OUTSTANDING: "Predikat Sangat Baik: disiapkan untuk pengembangan.",
    Reason.AGREED: "Kebutuhan yang disepakati pegawai dan atasan dalam rencana pengembangan {year}.",
    Reason.HOURS_OWED: "Pengembangan kompetensi tahun ini masih kurang {owed} dari {least} JP bagi PNS.",
    NoTraining.NO_GAP: "Tidak ada kesenjangan kinerja yang memerlukan pelatihan.",
    NoTraining.NO_COURSE: "{need} Katalog tidak memuat pelatihan yang sesuai.",
    NoTraining.SEATS_TAKEN: "{need} Seluruh {seats} kursi {course} terisi: {urgent} oleh kebutuhan yang lebih mendesak,"
    " {equal} oleh kebutuhan setara yang urutannya lebih dahulu, {before} sudah dialokasikan sebelumnya.",
    NoTraining.OVER_HOURS: "{need} {course} akan melampaui {most} JP setahun bagi PPPK.",
    NoTraining.QUOTA_TAKEN: "{need} Kuota unit kerja ini ({seats} kursi) habis: {urgent} untuk kebutuhan yang lebih"
    " mendesak, {equal} untuk kebutuhan setara yang urutannya lebih dahulu, {before} sudah dialokasikan sebelumnya.",
    NoTraining.OVER_BUDGET: "{need} {course} berbiaya {price}, sedangkan sisa anggaran setelah kebutuhan yang lebih"
    " dahulu tinggal {left}.",
    NoTraining.OUTWEIGHED: "{need} Dalam rencana yang memenuhi kebutuhan terbanyak, satu kursi {course} bernilai {worth}"
    " poin bagi peserta lain; bagi kebutuhan ini {points} poin.",
    **{code: f"{{need}} {sentence}" for code, sentence in EXCLUDED.items()},
}
"""What the employee reads, in Indonesian; the code and the parameters serve every other language."""


@dataclass(frozen=True, slots=True)
class Need:
    """One need: its reason, with parameters for the sentence, and the topics that would help.

    `hours` are the JP still owed, which every course helps with; 0 where the need is about topics. `agreed` is the weight of
    one that employee and superior have agreed on in a plan.
    """

    reason: Reason
    topics: tuple[str, ...]
    parameters: Parameters = ()
    hours: int = 0
    agreed: int = 0

    @property
    def weight(self) -> int:
        """What it is worth once it is met in full, in hundreds of points. Rules: need_points, agreed_need."""
        return self.agreed or WEIGHT[self.reason]

    @property
    def urgency(self) -> int:
        """0 is the most urgent; needs of the same weight are equally urgent."""
        return MOST_WEIGHT - self.weight

    @property
    def sentence(self) -> str:
        return SENTENCES[self.reason].format(**dict(self.parameters))

    def met_by(self, course: Course) -> int:
        """How much of this need the course meets, in whole per cent: of the topics, or of the hours owed. Rule: need_points."""
        if self.hours:
            return min(100, 100 * course.hours // self.hours)
        return 100 * len(set(course.topics) & set(self.topics)) // len(self.topics)


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


def hours_owed(employment: Employment, granted: Mapping[int, int], year: int) -> tuple[Need, ...]:
    """The hours that somebody still owes in this year: a need, least urgent of all. Rule: hours_pns."""
    least = HOURS[employment].least
    owed = (least or 0) - granted.get(year, 0)
    if owed <= 0:
        return ()
    return (Need(Reason.HOURS_OWED, (), (("owed", str(owed)), ("least", str(least))), owed),)


def exceeds(employment: Employment, granted: Mapping[int, int], course: Course) -> bool:
    """Whether this course would take the employee past the hours allowed in its year."""
    most = HOURS[employment].most
    return most is not None and granted.get(course.year, 0) + course.hours > most


def _shown(target: Measured) -> Parameters:
    return (
        ("number", str(target.number)),
        ("aspect", str(target.aspect)),
        ("reached", f"{target.reached:f}"),
        ("value", f"{target.value:f}"),
        ("unit", target.unit_of_measure),
    )
