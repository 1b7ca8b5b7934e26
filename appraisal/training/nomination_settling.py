"""What HR may decide on proposals: seats, budget, hours, dates, and for whom a course is. All of an order holds, or none."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from appraisal.access import Actor
from appraisal.errors import AppraisalError, HoursExceeded, NoSeatLeft, NothingToDecide, ReviewsHimself, UnknownTraining
from appraisal.text import reason
from appraisal.training.course import Course, Excluded, excluded
from appraisal.training.errors import (
    CourseBegun,
    DatesOverlap,
    GradeMissing,
    LowerGrade,
    OtherEmployment,
    OtherPosition,
)
from appraisal.training.heads_word import demand_heard, objects
from appraisal.training.limits import NO_LIMITS, Given, Limits, demand_within
from appraisal.training.nomination import Decide, NominationDecision, NominationOrder, Open
from appraisal.training.training import exceeds

NOT_FOR: dict[Excluded, tuple[type[AppraisalError], str]] = {
    Excluded.OTHER_EMPLOYMENT: (OtherEmployment, "{course} is for {only} only."),
    Excluded.OTHER_POSITION: (OtherPosition, "{course} is for positions of the kind {only} only."),
    Excluded.LOWER_GRADE: (LowerGrade, "{course} begins with golongan {lowest}; on record is {grade}."),
    Excluded.GRADE_MISSING: (GradeMissing, "{course} begins with golongan {lowest}; none is on record here."),
    Excluded.DATES_OVERLAP: (DatesOverlap, "{course} is held at the same time as {other}, which was given already."),
}
"""How it is refused to give somebody a course that is not for him."""


def settle(
    order: NominationOrder,
    proposals: Mapping[str, Open],
    courses: Mapping[str, Course],
    given: Given,
    limits: Limits = NO_LIMITS,
    heads_until: datetime | None = None,
    on: date = date.min,
) -> tuple[NominationDecision, ...]:
    """The decisions of this order with the reasons that go on record; or an AppraisalError, and none of them holds.

    `proposals` are the open ones by employee, `courses` the catalogue of one year, whose `limits` hold, `on` the day of it.
    `heads_until`: so long heads of units may still speak, and whoever has not been spoken of is not decided on.
    """
    assert isinstance(order.command, Decide)
    settled = []
    for number, decision in enumerate(order.command.decisions):
        where = f"decisions[{number}]"
        final = _settled(decision, proposals.get(decision.employee), order.actor, where, heads_until)
        if final.training is not None:
            proposal = proposals[final.employee]
            course = _fitting(final.training, proposal, courses, where)
            _demand_ahead(course, on, where)
            _demand_seat(course, proposal, given, limits, where)
            given = given.and_one(course, proposal.unit)
        settled.append(final)
    return tuple(settled)


def _settled(
    decision: NominationDecision, proposal: Open | None, actor: Actor, where: str, heads_until: datetime | None
) -> NominationDecision:
    if proposal is None:
        raise NothingToDecide("This person has no open proposal.", f"{where}.employee", "Load the page again.")
    demand_heard(proposal.word, proposal.asked, heads_until, f"{where}.employee")
    training = decision.training if decision.approve else None
    if decision.approve and training == proposal.training:
        given = reason(decision.reason, f"{where}.reason") if objects(proposal.word) else decision.reason.strip()
        return replace(decision, training=training, reason=given or proposal.reason)
    if actor.id == decision.employee:
        raise ReviewsHimself("This is your own nomination.", f"{where}.employee", "Ask another officer to change it.")
    return replace(decision, training=training, reason=reason(decision.reason, f"{where}.reason"))


def _fitting(training: str, proposal: Open, courses: Mapping[str, Course], where: str) -> Course:
    """The course, if the catalogue offers it and this person can be given it."""
    course = courses.get(training)
    if course is None or course.withdrawn:
        raise UnknownTraining(
            "The catalogue has no such training.", f"{where}.training", "Choose one of the catalogue."
        )
    unfit = excluded(course, proposal.employment, proposal.who)
    if unfit is not None:
        kind, what = NOT_FOR[unfit[0]]
        said = dict(unfit[1])
        raise kind(what.format(**said), f"{where}.training", "Choose another training.", **said)
    if exceeds(proposal.employment, dict(proposal.granted), course):
        what = f"{course.name} has {course.hours} JP; a PPPK may not get that many more this year."
        raise HoursExceeded(what, f"{where}.training", "Choose a shorter training.")
    return course


def _demand_ahead(course: Course, on: date, where: str) -> None:
    if course.starts_on is not None and course.starts_on <= on:
        said = {"course": course.name, "day": f"{course.starts_on:%d-%m-%Y}"}
        what = f"{course.name} began on {course.starts_on.isoformat()}."
        raise CourseBegun(what, f"{where}.training", "Choose one that lies ahead, or refuse this person.", **said)


def _demand_seat(course: Course, proposal: Open, given: Given, limits: Limits, where: str) -> None:
    if given.seats.get(course.id, 0) >= course.seats:
        said = {"seats": str(course.seats), "course": course.name}
        what = f"All {course.seats} seats of {course.name} are given away."
        raise NoSeatLeft(what, f"{where}.training", "Choose another training, or refuse somebody.", **said)
    demand_within(limits, given, course, proposal.unit, f"{where}.training")
