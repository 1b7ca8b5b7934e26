"""Who must hear of which event. A notice is a row first; sending it is somebody else's job."""

from dataclasses import dataclass

from appraisal.access import HR
from appraisal.case import Case
from appraisal.record import Event
from appraisal.vocabulary import GROUP_STEPS, Step


@dataclass(frozen=True, slots=True)
class Notice:
    """What to tell whom: `recipient` is a person's id or `hr`, `kind` names the text, `revision` the event."""

    recipient: str
    kind: str
    revision: int


def notices(case: Case) -> tuple[Notice, ...]:
    """The notices that the newest unstored event of this case calls for; what it has overtaken needs no notice any more."""
    return _of(case.events[-1], case) if case.events else ()


def _of(event: Event, case: Case) -> tuple[Notice, ...]:
    holder = case.holder or HR
    if event.kind in ("reminded", "became_due", "step_opened"):
        return (Notice(holder, event.kind, event.revision),)
    if event.kind == "escalated":
        return (
            Notice(case.escalated_to or HR, "escalated_to_you", event.revision),
            Notice(holder, "escalated", event.revision),
        )
    if event.kind == "return_targets":
        return (Notice(case.parties.employee, "targets_returned", event.revision),)
    if event.kind == "follow_line" and case.open:
        return _following(event, case)
    if case.step is Step.CLOSED:
        return (Notice(case.parties.employee, "closed", event.revision),)
    # HR's nomination and the head's calibration announce themselves once for the whole group, not once per case.
    if case.step in GROUP_STEPS:
        return ()
    waiting = case.window.opens <= event.at
    return (Notice(holder, f"{case.step}_waits", event.revision),) if waiting else ()


def _following(event: Event, case: Case) -> tuple[Notice, ...]:
    """Whoever has got the step, or may prepare it, hears of it; for all others nothing has changed."""
    changed = {name for name, _, _ in event.changes}
    found = ((case.holder or HR, "holder_changed", "holder"), (case.preparer, "preparer_changed", "preparer"))
    return tuple(Notice(who, kind, event.revision) for who, kind, field in found if who and field in changed)
