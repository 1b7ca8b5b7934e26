"""Small, valid things that tests start from and change."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

from appraisal.access import Actor
from appraisal.assessment import Realisation, Review, SelfAssessment
from appraisal.case import Case
from appraisal.case_events import opened
from appraisal.commands import (
    Acknowledge,
    ApproveTargets,
    Calibrate,
    Command,
    Nominate,
    Order,
    SubmitReview,
    SubmitSelfAssessment,
    SubmitTargets,
)
from appraisal.objection.objections import Complaint
from appraisal.objection.policy import AtClosing, ObjectionPolicy, ObjectionTerms
from appraisal.parties import Parties
from appraisal.policy.document import Rung
from appraisal.policy.spans import Calendar
from appraisal.targets import Plan, Support, Target
from appraisal.timetable import Escalation, Timetable, Window
from appraisal.vocabulary import OPEN_STEPS, Aspect, Audience, EndRule, Rating, Step, SupportKind

EMPLOYEE, SUPERVISOR, SUPERIOR, HEAD, UNIT = "ani", "budi", "citra", "dewi", "dinkes"
START = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)

GO_ON = (Step.SELF_ASSESSMENT, Step.CALIBRATION, Step.ACKNOWLEDGEMENT, Step.NOMINATION)


def timetable(
    start: datetime = START, each: timedelta = timedelta(days=10), opens: timedelta | None = None, levels: int = 1
) -> Timetable:
    """Windows one after the other, each `each` long; steps open at once unless `opens` delays the self-assessment.

    Late steps climb so many `levels`: to the superior a quarter of `each` after they are due, then to HR; or with three
    levels to the superior, HR of the unit and HR of the agency.
    """
    audiences = {1: (Audience.SUPERIOR,), 2: (Audience.SUPERIOR, Audience.HR), 3: tuple(Audience)}.get(levels, ())
    windows, between = [], each / 8 / max(1, len(audiences) - 1)
    for number, step in enumerate(OPEN_STEPS, start=1):
        due = start + each * number
        delay = opens if opens and step is Step.SELF_ASSESSMENT else timedelta(0)
        rule = EndRule.GO_ON if step in GO_ON else EndRule.CLOSE_UNRATED
        ladder = tuple(Escalation(due + each / 4 + between * rung, to) for rung, to in enumerate(audiences))
        windows.append(Window(step, start + delay, (due - each / 4,), due, ladder, due + each / 2, rule))
    return Timetable(tuple(windows), each / 5, start + each * (len(OPEN_STEPS) + 1))


def endorsed(table: Timetable, rule: EndRule = EndRule.GO_ON) -> Timetable:
    """The same dates in a cycle whose reviews are looked at by the second level, four days after each of their dates."""
    review = table.window(Step.REVIEW)
    window = replace(review.due_later(timedelta(days=4), table.closes), step=Step.ENDORSEMENT, end_rule=rule)
    place = table.windows.index(review) + 1
    return replace(table, windows=(*table.windows[:place], window, *table.windows[place:]))


def objectionable(
    table: Timetable, window: str = "P5D", end_rule: EndRule = EndRule.HAND_TO_HR, closing: AtClosing = AtClosing.STANDS
) -> Timetable:
    """The same dates in a cycle that takes objections: two days to answer, four to decide."""
    ladder = (Rung("P1D", Audience.SUPERIOR), Rung("P2D", Audience.HR))
    policy = ObjectionPolicy(window, "P2D", ("P1D before",), "P4D", ladder, "P7D", end_rule, closing)
    calendar = Calendar("Asia/Jakarta", time(7, 30), time(16), ())
    return replace(table, objection=ObjectionTerms(policy, calendar))


def complaint(targets: tuple[int, ...] = ()) -> Complaint:
    return Complaint(True, False, "Bukti dukung tidak dilihat.", targets, ("https://bukti.example/9",))


def parties(unit_hr: bool = False) -> Parties:
    return Parties(EMPLOYEE, UNIT, (SUPERVISOR, SUPERIOR), HEAD, unit_hr=unit_hr)


def case(
    case_id: str = "appraisal/c1/ani", table: Timetable | None = None, at: datetime = START, unit_hr: bool = False
) -> Case:
    return opened(case_id, "c1", parties(unit_hr), table or timetable(at), at)


def plan(weights: tuple[int, ...] = (40, 30, 30)) -> Plan:
    return Plan(
        tuple(
            Target(
                f"Hasil kerja {n}",
                Aspect.KUANTITAS,
                "Jumlah dokumen",
                Decimal(12),
                "dokumen",
                weight,
                Support(SupportKind.UNIT_INDICATOR, "i1", "Cakupan imunisasi"),
            )
            for n, weight in enumerate(weights, start=1)
        )
    )


def self_assessment(targets: int = 3) -> SelfAssessment:
    return SelfAssessment(
        tuple(Realisation(n, Decimal(11), "Tercapai", ("https://bukti.example/1",)) for n in range(1, targets + 1)),
        "Tahun yang padat.",
    )


def review(results: Rating = Rating.SESUAI, behaviour: Rating = Rating.SESUAI) -> Review:
    return Review(results, "Sesuai target.", behaviour, "Konsisten.")


def order(command: Command, actor: str, revision: int | None = None, system: bool = False) -> Order:
    return Order(command, Actor(actor, system=system), revision)


def year() -> tuple[Order, ...]:
    """A whole year in which nothing goes wrong."""
    return (
        order(SubmitTargets(plan()), EMPLOYEE),
        order(ApproveTargets(), SUPERVISOR),
        order(SubmitSelfAssessment(self_assessment()), EMPLOYEE),
        order(SubmitReview(review()), SUPERVISOR),
        order(Calibrate(Rating.SESUAI, Rating.SESUAI, "", HEAD, "calibration/c1/dinkes"), "calibration", system=True),
        order(Acknowledge("Terima kasih."), EMPLOYEE),
        order(Nominate(None, "Tidak ada kesenjangan.", "hr"), "nomination", system=True),
    )
