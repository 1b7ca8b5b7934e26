"""How the nomination of a cycle changes: by HR and by the clock."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from appraisal.access import Action, Actor, can
from appraisal.commands import Hold, Release, Reschedule
from appraisal.course import Course, Excluded, excluded
from appraisal.errors import (
    AlreadyClosed,
    AppraisalError,
    HoursExceeded,
    NoSeatLeft,
    NotAllowed,
    NothingToDecide,
    NotOpenYet,
    ReviewsHimself,
    UnknownTraining,
)
from appraisal.group import GroupPhase
from appraisal.group_clock import by_clock, demand_hold, demand_running, recorded
from appraisal.heads_word import SayWords, demand_heard, demand_time, objects, plausible
from appraisal.nomination import (
    MOST_DECISIONS,
    Basis,
    Decide,
    Nomination,
    NominationDecision,
    NominationOrder,
    Open,
    TakePlan,
)
from appraisal.notices import Notice
from appraisal.parties import HR
from appraisal.record import Event
from appraisal.seat_errors import StaleNomination
from appraisal.seat_figures import Comparison
from appraisal.text import checked, reason
from appraisal.training import exceeds
from appraisal.training_errors import (
    CourseBegun,
    DatesOverlap,
    GradeMissing,
    LowerGrade,
    OtherEmployment,
    OtherPosition,
)
from appraisal.training_limits import NO_LIMITS, Given, Limits, demand_within

ACTIONS: dict[str, Action] = {
    "reschedule": Action.RESCHEDULE,
    "hold": Action.HOLD_GROUP,
    "release": Action.HOLD_GROUP,
}
"""What commands are called in the table of rights; every other one is a matter of administration."""

HEADS = "heads"
"""Stands for the heads of units who have not spoken yet, wherever whoever is told could stand."""

NOT_FOR: dict[Excluded, tuple[type[AppraisalError], str]] = {
    Excluded.OTHER_EMPLOYMENT: (OtherEmployment, "{course} is for {only} only."),
    Excluded.OTHER_POSITION: (OtherPosition, "{course} is for positions of the kind {only} only."),
    Excluded.LOWER_GRADE: (LowerGrade, "{course} begins with golongan {lowest}; on record is {grade}."),
    Excluded.GRADE_MISSING: (GradeMissing, "{course} begins with golongan {lowest}; none is on record here."),
    Excluded.DATES_OVERLAP: (DatesOverlap, "{course} is held at the same time as {other}, which was given already."),
}
"""How it is refused to give somebody a course that is not for him."""


def permitted(nomination: Nomination, order: NominationOrder, at: datetime) -> None:
    """All that can be refused without looking at the proposals: who, when, and refusals without a reason."""
    decision = can(order.actor, ACTIONS.get(order.command.kind, Action.ADMINISTER))
    if not decision.allowed and not isinstance(order.command, SayWords):  # whose people these are, the database knows
        raise NotAllowed(f"This is not yours to do: {decision.reason}.", "", "Ask HR.")
    if isinstance(order.command, Reschedule) and nomination.open:
        reason(order.command.reason)
        return
    if nomination.phase in (GroupPhase.ENDED, GroupPhase.DONE):
        raise AlreadyClosed("The nomination has ended.", "", "Nothing can be changed any more.")
    if isinstance(order.command, Hold | Release):
        demand_hold(nomination, order.command, at)
        return
    demand_running(nomination)
    opens = nomination.schedule.window.opens
    if nomination.phase is GroupPhase.WAITING or at < opens:
        raise NotOpenYet(f"The nomination opens at {opens.isoformat()}.", "", "Come back then.")
    if order.expected_revision not in (None, nomination.revision):
        what = "Somebody has decided on this nomination since you opened it."
        raise StaleNomination(what, "expected_revision", "Load it again and decide anew.")
    if isinstance(order.command, TakePlan) and order.command.basis is Basis.OPTIMUM and not nomination.plans:
        raise NothingToDecide("There is no plan to take yet.", "basis", "Have both plans made first.")
    if isinstance(order.command, SayWords):
        demand_time(nomination.schedule.heads, at)
        plausible(order.command.words)
    if isinstance(order.command, Decide):
        _plausible(order.command.decisions)


def _plausible(decisions: tuple[NominationDecision, ...]) -> None:
    if not 1 <= len(decisions) <= MOST_DECISIONS:
        raise NothingToDecide(f"{len(decisions)} decisions.", "decisions", f"Send 1 to {MOST_DECISIONS} at a time.")
    if len({decision.employee for decision in decisions}) < len(decisions):
        raise NothingToDecide("Somebody is decided on twice.", "decisions", "Decide on everybody once.")
    for number, decision in enumerate(decisions):
        where = f"decisions[{number}].reason"
        if not decision.approve:
            reason(decision.reason, where)
        checked(decision.reason, where, required=False)


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


def decided(nomination: Nomination, order: NominationOrder, at: datetime, command_id: str) -> Nomination:
    """The nomination with one more round; the decisions themselves have been settled and are stored with it.

    Rule: person_decides.
    """
    assert isinstance(order.command, Decide)
    approved = tuple(decision for decision in order.command.decisions if decision.approve)
    refused = len(order.command.decisions) - len(approved)
    changes = (("approved", "", str(len(approved))), ("refused", "", str(refused)))
    event = Event(0, "nominations_decided", order.actor.id, at, command_id, changes=changes)
    return recorded(nomination, replace(nomination, round=nomination.round + 1, moving=True), event)


def heard(nomination: Nomination, order: NominationOrder, at: datetime, command_id: str) -> Nomination:
    """A head has spoken, and of whom; the words have been checked and are stored with it, reasons and all."""
    assert isinstance(order.command, SayWords)
    words = order.command.words
    changes = tuple((f"word/{word.employee}", "", "agrees" if word.agrees else "objects") for word in words)
    event = Event(0, "heads_word_said", order.actor.id, at, command_id, changes=changes)
    return recorded(nomination, nomination, event)


def refreshed(nomination: Nomination, actor: Actor, proposals: int, at: datetime, command_id: str) -> Nomination:
    """Proposals were made anew, at HR's request."""
    event = Event(0, "proposals_refreshed", actor.id, at, command_id, changes=(("proposals", "", str(proposals)),))
    return recorded(nomination, nomination, event)


def planned(nomination: Nomination, actor: Actor, made: Comparison, at: datetime, command_id: str) -> Nomination:
    """Both plans were made and are kept; nobody's proposal has changed."""
    points = (("rule", "", str(made.rule.points)), ("optimum", "", str(made.optimum.points)))
    event = Event(0, "plans_compared", actor.id, at, command_id, changes=(*points, ("bound", "", f"{made.bound:.0f}")))
    return recorded(nomination, replace(nomination, plans=nomination.revision + 1), event)


def based(nomination: Nomination, actor: Actor, basis: Basis, at: datetime, command_id: str) -> Nomination:
    """The undecided proposals follow this plan now.

    Rule: person_decides.
    """
    changes = (("basis", str(nomination.basis), str(basis)),)
    event = Event(0, "plan_taken", actor.id, at, command_id, changes=changes)
    return recorded(nomination, replace(nomination, basis=basis), event)


def lapsed(nomination: Nomination, waiting: int, at: datetime) -> Nomination:
    """Whoever is undecided after the end gets no training, with the reason on record."""
    why = f"nobody decided by {nomination.schedule.window.end.isoformat()}"
    after = replace(nomination, round=nomination.round + 1, moving=True)
    return by_clock(nomination, after, "lapsed", at, (("waiting", "", str(waiting)),), why)


def notices(nomination: Nomination) -> tuple[Notice, ...]:
    """The notices that the unstored events call for: to HR, who holds this step, and to the HEADS who have not spoken."""
    kinds = {
        "step_opened": "nomination_opened",
        "reminded": "nomination_reminded",
        "became_due": "nomination_due",
        "escalated": "nomination_escalated_to_you",
        "hold": "nomination_held",
        "release": "nomination_released",
        "released": "nomination_released",
        "heads_lapsed": "heads_word_lapsed",
    }
    to_heads = {"heads_reminded": "heads_word_reminded"}
    told = {HR: kinds, HEADS: to_heads}
    found = (
        Notice(who, said[event.kind], event.revision)
        for event in nomination.events
        for who, said in told.items()
        if event.kind in said
    )
    return tuple(found)
