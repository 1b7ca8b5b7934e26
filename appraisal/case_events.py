"""A case and its events: the first one, and what each change adds to the record."""

from dataclasses import replace
from datetime import datetime

from appraisal.case import Case
from appraisal.errors import StaleRevision
from appraisal.parties import Parties
from appraisal.record import Change, Event
from appraisal.timetable import Timetable
from appraisal.vocabulary import Step


def opened(case_id: str, cycle: str, parties: Parties, timetable: Timetable, at: datetime) -> Case:
    """A new case at its first step, with its first event."""
    event = Event(0, "opened", "cycle", at, "opened", changes=(("step", "", Step.TARGETS),))
    return Case(case_id, cycle, parties, timetable, Step.TARGETS, at, events=(event,))


def recorded(before: Case, after: Case, event: Event) -> Case:
    """`after` with the next revision and this event, whose changes are read off the two cases."""
    refuse_repeated(before.given, event)
    revision = before.revision + 1
    moved = before.step is not after.step
    changes = (*event.changes, *shown_differences(before, after))
    ended = before.passage if moved and before.open else None
    return replace(
        after,
        revision=revision,
        entered_at_revision=revision if moved else before.entered_at_revision,
        events=(*before.events, replace(event, revision=revision, changes=changes, ended=ended)),
    )


def refuse_repeated(given: tuple[str, ...], event: Event) -> None:
    """StaleRevision where a command comes once more that was given before its process was started anew."""
    if event.command_id in given:
        raise StaleRevision("This order was given before it was opened again.", "", "Give it anew, with another key.")


def shown_differences(before: Case | None, after: Case) -> tuple[Change, ...]:
    """What an event shows of a change: (field, before, after); without `before`, all that there is."""
    dates = ("due",) if before and before.step is after.step else ()  # a new step has other dates anyway
    ratings = ("results", "behaviour", "predicate", "outcome", "exit")
    shown = ("step", "holder", "preparer", "escalated_to", *dates, *ratings, "moved_on")
    pairs = ((name, str(getattr(before, name, None) or ""), str(getattr(after, name) or "")) for name in shown)
    return tuple((name, was, now) for name, was, now in pairs if was != now)
