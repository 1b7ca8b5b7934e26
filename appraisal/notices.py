"""Who must hear of which event. A notice is a row first; sending it is somebody else's job."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from appraisal.calling import called_by
from appraisal.case import Case
from appraisal.objection.deciding import with_decider
from appraisal.parties import HR
from appraisal.record import Event
from appraisal.vocabulary import GROUP_STEPS


@dataclass(frozen=True, slots=True)
class Notice:
    """What to tell whom: `recipient` is a person's id, `hr` or HR of a unit, `kind` names the text, `revision` the event."""

    recipient: str
    kind: str
    revision: int


def notices(case: Case) -> tuple[Notice, ...]:
    """The notices that the newest unstored event of this case calls for; what it has overtaken needs no notice any more."""
    return _of(case.events[-1], case) if case.events else ()


def awaited(case: Case) -> str | None:
    """The superior whose targets are waited for since the newest event. Rule: waiting_upstream."""
    handed_in = bool(case.events) and case.events[-1].kind == "submit_targets"
    return case.parties.supervisor if handed_in and case.waits_upstream else None


TO_HOLDER = {
    **{kind: kind for kind in ("step_opened", "became_due", "nudge", "extend", "reschedule", "release", "released")},
    "kept_open": "kept_open",
    "return_targets": "targets_returned",
    "return_review": "review_returned",
    "name_decider": "objection_waits",
    "send_back": "sent_back",
    "reopen": "reopened",
}
"""Events of which whoever must act hears, and what the notice is called."""
TO_EMPLOYEE = {"take_back": "rating_taken_back", "put_back": "rating_stands"}
"""The same for whoever is appraised."""
TOLD_OF_OBJECTIONS = {
    "refuse_acknowledgement": "acknowledgement_refused",
    "object": "objection_made",
    "withdraw_objection": "objection_withdrawn",
    "decide_objection": "",
    "objection_undecided": "objection_undecided",
}
"""Events of which HR and whose rating it is hear, and what the notice is called: of a decision, what it says."""
TAKEN = ("take_over", "given_to_superior", "given_to_hr")


def _of(event: Event, case: Case) -> tuple[Notice, ...]:
    holder, employee = case.holder or HR, case.parties.employee

    def to(recipient: str | None, kind: str) -> Notice:
        return Notice(recipient or HR, kind, event.revision)

    if not case.open:
        return (to(employee, "closed"),)
    if event.kind in TO_HOLDER:
        return (to(holder, TO_HOLDER[event.kind]),)
    if event.kind == "reminded":
        return (to(holder, "still_late" if event.at >= case.window.due else "reminded"),)
    if event.kind == "escalated":
        beside = HR if case.parties.handed_to_hr else case.escalated_to
        called = called_by(event.changes, case.parties.unit) or beside
        return (to(called, "escalated_to_you"), to(holder, "escalated"))
    if event.kind in TAKEN:
        return (to(holder, "taken_over_by_you"), to(case.official, "taken_over"))
    if event.kind == "hold":
        return (to(employee, "hold"), *((to(holder, "hold"),) if holder != employee else ()))
    if event.kind in TO_EMPLOYEE:
        return (to(employee, TO_EMPLOYEE[event.kind]),)
    if event.kind in TOLD_ELSEWISE:
        return TOLD_ELSEWISE[event.kind](event, case)
    # HR's nomination and the head's calibration announce themselves once for the whole group, not once per case.
    waiting = case.step not in GROUP_STEPS and case.window.opens <= event.at
    return (to(holder, f"{case.step}_waits"),) if waiting else ()


def _of_objection(event: Event, case: Case) -> tuple[Notice, ...]:
    """Whom of those around an objection this event is told to, each once: HR always, and never its own author."""
    ended = case.objection.ended if case.objection else None
    kind = TOLD_OF_OBJECTIONS[event.kind] or f"objection_{ended}"
    told = {HR: kind, case.reviewed_by or HR: kind, case.parties.employee: kind}
    if case.objection:
        around = with_decider(replace(case.parties, rater=case.reviewed_by), case.objection.named)
        told[around.decider or HR] = kind
    if event.kind == "object":
        told[case.holder or HR] = "hearing_waits"
    return tuple(Notice(who, kind, event.revision) for who, kind in told.items() if who != event.actor)


def _following(event: Event, case: Case) -> tuple[Notice, ...]:
    """Whoever has got the step, or may prepare it, hears of it; for all others nothing has changed."""
    changed = {name for name, _, _ in event.changes}
    found = ((case.holder or HR, "holder_changed", "holder"), (case.preparer, "preparer_changed", "preparer"))
    told = tuple(Notice(who, kind, event.revision) for who, kind, field in found if who and field in changed)
    called = called_by(event.changes, case.parties.unit)
    if called is None or called in {notice.recipient for notice in told}:
        return told
    return (*told, Notice(called, "escalated_to_you", event.revision))


def _split(event: Event, case: Case) -> tuple[Notice, ...]:
    """Whoever was the superior of a part that is over may say what he saw; not whoever still is, nor the employee."""
    known = (case.parties.supervisor, case.parties.employee)
    told = dict.fromkeys(part.superior for part in case.parts[:-1] if part.superior and not part.statement)
    return tuple(Notice(who, "part_to_state", event.revision) for who in told if who not in known)


def _stated(event: Event, case: Case) -> tuple[Notice, ...]:
    return (Notice(case.parties.reviewer or HR, "part_stated", event.revision),)


TOLD_ELSEWISE: dict[str, Callable[[Event, Case], tuple[Notice, ...]]] = {
    "follow_line": _following,
    "split_period": _split,
    "state_part": _stated,
    **dict.fromkeys(TOLD_OF_OBJECTIONS, _of_objection),
}
"""Events that are told to several: of people who move, and of objections."""
