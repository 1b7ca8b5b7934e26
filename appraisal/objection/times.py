"""Until when an employee may object, and the dates of an objection: found by the calendar that was frozen at the launch."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

from appraisal.errors import InvalidPolicy
from appraisal.objection.policy import AtClosing, ObjectionTerms
from appraisal.policy.spans import after, around
from appraisal.timetable import Timetable, Window, escalations
from appraisal.vocabulary import EndRule, Step


def last_moment(table: Timetable, arrived: datetime) -> datetime | None:
    """The last instant to object to a result that has come to be acknowledged; None where no objection is taken.

    It counts from the delivery, which is the opening of the step for whoever is there before. Nothing outlives the cycle.
    """
    if table.objection is None:
        return None
    delivered = max(arrived, table.window(Step.ACKNOWLEDGEMENT).opens)
    return min(_counted(table.objection, table.objection.policy.window, delivered, "window"), table.closes)


def after_hold(object_by: datetime | None, since: datetime, at: datetime, closes: datetime) -> datetime | None:
    """The same instant once the clock has stood still from `since` until now: later by as long, where it lay ahead."""
    return min(object_by + (at - since), closes) if object_by and object_by > since else object_by


def with_objection(table: Timetable, at: datetime) -> Timetable:
    """This table with the dates of an objection that is made at this instant."""
    assert table.objection is not None, "without terms no objection is taken"
    planned = tuple(window.due_later(timedelta(0), table.closes) for window in _windows(table.objection, at))
    return table.also(planned)


def until_objected(window: Window, object_by: datetime | None, refused: bool) -> Window:
    """The acknowledgement as it is kept open for whoever may still object.

    Who has refused to acknowledge is not reminded any more: the step then ends with the time to object.
    """
    if object_by is None:
        return window
    if refused:
        return Window(window.step, window.opens, (), object_by, (), object_by, EndRule.GO_ON)
    return replace(window, end=max(window.end, object_by))


def stands(table: Timetable) -> bool:
    """Whether a rating stands that is still objected to when the cycle closes."""
    return table.objection is None or table.objection.policy.at_closing is AtClosing.STANDS


@dataclass(frozen=True, slots=True)
class Sample:
    """The latest regular case: a result delivered at the end of the calibration, objected to at the last moment."""

    delivered: datetime
    until: datetime
    hearing: Window
    decision: Window


def sample(table: Timetable) -> Sample | None:
    """How an objection would go by these dates; None where none is taken."""
    terms = table.objection
    if terms is None:
        return None
    delivered = table.window(Step.CALIBRATION).end
    until = _counted(terms, terms.policy.window, delivered, "window")
    return Sample(delivered, until, *_windows(terms, until))


def demand_room(table: Timetable) -> None:
    """InvalidPolicy where the dates contradict each other, or leave no room to decide before the cycle closes.

    The latest regular delivery counts. Whoever comes later has what is left of the cycle.
    """
    found = sample(table)
    if found is None:
        return
    hearing, decision = found.hearing, found.decision
    climbs = (decision.due, *(one.at for one in decision.escalate))
    if hearing.due >= decision.due or any(a >= b for a, b in pairwise(climbs)) or climbs[-1] > decision.end:
        raise InvalidPolicy(
            "The dates of an objection are not in order.",
            "objection.due",
            "Order them: the supervisor's account, due, each escalation, end.",
        )
    if decision.end > table.closes:
        raise InvalidPolicy(
            f"An objection to a result of {found.delivered} could stay open until {decision.end}, after the cycle has closed.",
            "objection.end",
            "Give it less time, or let the cycle close later.",
        )


def _windows(terms: ObjectionTerms, at: datetime) -> tuple[Window, Window]:
    policy, calendar = terms.policy, terms.calendar
    account, due, end = (_counted(terms, getattr(policy, name), at, name) for name in ("account", "due", "end"))

    def reminders(before: datetime) -> tuple[datetime, ...]:
        spans = enumerate(policy.remind)
        return tuple(sorted(around(span, before, calendar, f"objection.remind.{n}") for n, span in spans))

    ladder = escalations(policy.escalate, due, calendar, due.year, "objection")
    hearing = Window(Step.HEARING, at, reminders(account), account, (), account, EndRule.GO_ON)
    return hearing, Window(Step.OBJECTION, at, reminders(due), due, ladder, end, policy.end_rule)


def _counted(terms: ObjectionTerms, span: str, start: datetime, name: str) -> datetime:
    return after(span, start, terms.calendar, terms.calendar.closes, start.year, f"objection.{name}")
