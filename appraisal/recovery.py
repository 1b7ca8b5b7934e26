"""A case whose process or record was lost, for instance by a restore from a backup, goes on from what is left."""

from dataclasses import replace
from datetime import datetime

from appraisal import group_clock
from appraisal.access import Actor
from appraisal.calibration.calibration import Calibration
from appraisal.case import Case
from appraisal.case_events import recorded, shown_differences
from appraisal.cycle import Cycle
from appraisal.record import Event
from appraisal.siasn.push import PushOrder
from appraisal.training.nomination import Nomination

Shared = Calibration | Nomination | Cycle | PushOrder
"""What starts again as a whole from the record where its process is gone."""


def restarted(stored: Case, actor: Actor, at: datetime, command_id: str) -> Case:
    """The case as on record, with the event that somebody started its process again."""
    return recorded(stored, stored, Event(0, "restarted", actor.id, at, command_id))


def restarted_shared(stored: Shared, actor: Actor, at: datetime, order: str) -> Shared | None:
    """The same for a calibration, a nomination, a cycle or an order to SIASN; None where it is over."""
    if isinstance(stored, PushOrder):
        return stored  # it has no state and no story but those of the results that wait by it
    if not stored.open:
        return None
    command_id = f"{order}/{stored.revision + 1}"
    if isinstance(stored, Cycle):
        return stored.restarted(actor, at, command_id)
    return group_clock.recorded(stored, stored, Event(0, "restarted", actor.id, at, command_id))


def confirmed(state: Case) -> int:
    """The last revision that the process knows to be on record."""
    return state.events[0].revision - 1 if state.events else state.revision


def recovered(before: Case | None, state: Case, actor: Actor, at: datetime, command_id: str) -> Case:
    """The process's state with an event for each revision that the record has lost; the last one holds what changed.

    The lost events themselves are gone with the record they stood in. Their revisions are filled and say so: an audit
    sees that, when and by whom, instead of a gap. What the process has not stored yet it stores itself, after these.
    """
    last = confirmed(state)
    lost = range(before.revision + 1 if before else 0, last + 1)
    changes = shown_differences(before, state)
    events = tuple(
        Event(
            revision,
            "recovered",
            actor.id,
            at,
            f"{command_id}/{revision}",
            changes=changes if revision == last else (),
        )
        for revision in lost
    )
    return replace(state, revision=last, events=events)
