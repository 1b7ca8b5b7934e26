"""What the clock does to a calibration and to the nomination, and how each of their changes is kept."""

from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from appraisal.access import CLOCK
from appraisal.case_events import refuse_repeated
from appraisal.clock import KINDS
from appraisal.commands import Hold, Release, Reschedule
from appraisal.errors import AlreadyClosed, NotOnHold, OnHold
from appraisal.group import Group, GroupPhase, Presence, Schedule, Told
from appraisal.holds import Held, demand_end
from appraisal.record import Change, Event
from appraisal.text import reason
from appraisal.timetable import Timetable, Window, still_rung
from appraisal.vocabulary import Alarm, Step

G = TypeVar("G", bound=Group)

NAMED = 50
"""People named at most in one event."""

SHOWN = ("phase", "head", "escalated_to")
"""The fields whose change every event shows."""


def ring(group: G, alarm: Alarm, presence: Presence, at: datetime) -> G:
    """The state after this alarm. Where no case waits, reminding, due and escalation pass without a trace.

    So does what concerns heads of units where each of them has spoken.
    """
    if alarm in (Alarm.RELEASE, Alarm.CLOSE):
        return _hold_over(group, at)
    after = replace(group, rung=(*group.rung, alarm))
    waiting = presence.unheard if alarm in (Alarm.HEADS_REMIND, Alarm.HEADS_END) else presence.present
    if alarm is Alarm.OPEN:
        after = replace(after, phase=GroupPhase.OPEN)
    elif alarm is Alarm.END:
        after = replace(after, phase=GroupPhase.ENDED)
    elif not waiting:
        return after
    if alarm is Alarm.ESCALATE:
        ladder = group.schedule.window.escalate
        after = after.escalated(ladder[min(after.rung.count(alarm), len(ladder)) - 1].to)
    kind = "window_ended" if alarm is Alarm.END else KINDS[alarm]
    return by_clock(group, after, kind, at, (("waiting", "", str(waiting)),))


def moved(group: G, told: Told, at: datetime) -> G:
    """Every case of the last round has been told; how many had moved on by themselves is on record."""
    named = tuple((f"elsewhere/{who}", "", code) for who, code in told.elsewhere[:NAMED])
    changes = (("moved", "", str(told.moved)), ("elsewhere", "", str(len(told.elsewhere))), *named)
    return by_clock(group, replace(group, moving=False), "members_moved", at, changes)


def rescheduled(group: G, step: Step, wish: Reschedule, at: datetime, command_id: str) -> G:
    """The state under the cycle's new dates; AlreadyClosed where it is done. A window that had ended may open again."""
    if not group.open:
        raise AlreadyClosed("This has ended.", "", "Nothing can be changed any more; speak to HR.")
    before = group.schedule
    schedule = Schedule.of(wish.timetable, step, before.since)
    changes = differences(before.window, schedule.window)
    event = Event(0, wish.kind, wish.decided_by, at, command_id, reason=reason(wish.reason), changes=changes)
    return recorded(group, _under(group, schedule, at), event)


def reopened(group: G, step: Step, table: Timetable, given: tuple[str, ...], why: Event) -> G:
    """What was done goes on, by these dates: somebody can come again. `why` says who opened it again, when and why."""
    schedule = Schedule.of(table, step, group.schedule.since)
    return recorded(group, _under(replace(group, held=None, given=given), schedule, why.at), why)


def demand_hold(group: Group, wish: Hold | Release, at: datetime) -> None:
    """Nothing if the group's clock can be stopped, or go on, like this; an AppraisalError says why not."""
    reason(wish.reason)
    if isinstance(wish, Hold):
        demand_running(group)
        demand_end(wish.until, at, group.schedule.closes)
    elif group.held is None:
        raise NotOnHold("This is not on hold.", "", "Load the page again.")


def demand_running(group: Group) -> None:
    """OnHold while the group's clock stands still: nobody decides then."""
    if group.held:
        raise OnHold("This is on hold: its clock and its work stand still.", "", "HR can end the hold.")


def held_or_released(group: G, wish: Hold | Release, actor: str, at: datetime, command_id: str) -> G:
    """The state once its clock stands still, or goes on again with its window later by the time that it stood."""
    demand_hold(group, wish, at)
    event = Event(0, wish.kind, actor, at, command_id, reason=reason(wish.reason))
    if isinstance(wish, Hold):
        until = (("until", "", str(wish.until)),) if wish.until else ()
        held = Held(at, wish.until, event.reason, actor)
        return recorded(group, replace(group, held=held), replace(event, changes=until))
    after = _going_on(group, at)
    moved = differences(group.schedule.window, after.schedule.window)
    return recorded(group, after, replace(event, changes=moved))


def _hold_over(group: G, at: datetime) -> G:
    """The hold ends by itself; from the cycle's closing on the window ends too, whatever is left of it."""
    after = _going_on(group, at)
    moved = differences(group.schedule.window, after.schedule.window)
    if at < group.schedule.closes:
        return by_clock(group, after, KINDS[Alarm.RELEASE], at, moved)
    after = replace(after, phase=GroupPhase.ENDED, rung=tuple(one for _, one in after.schedule.planned))
    return by_clock(group, after, KINDS[Alarm.CLOSE], at, moved, "the cycle closed during a hold")


def _going_on(group: G, at: datetime) -> G:
    """The state after its hold: what lay ahead when that began is later by as long as it lasted."""
    assert group.held is not None, "only what is held can go on"
    return _under(replace(group, held=None), group.schedule.shifted(group.held.since, at), at)


def _under(group: G, schedule: Schedule, at: datetime) -> G:
    """The state with these dates: what lies ahead by them will ring, and nobody is called in before it has."""
    rung = still_rung(schedule.planned, group.rung, at)
    after = replace(group, schedule=schedule, rung=rung, phase=_phase(rung))
    return after if Alarm.ESCALATE in rung else after.called_off()


def differences(before: Window, after: Window) -> tuple[Change, ...]:
    """What an event shows of a window that has changed."""
    pairs = ((name, str(getattr(before, name)), str(getattr(after, name))) for name in ("opens", "due", "end"))
    return tuple(pair for pair in pairs if pair[1] != pair[2])


def _phase(rung: tuple[Alarm, ...]) -> GroupPhase:
    if Alarm.END in rung:
        return GroupPhase.ENDED
    return GroupPhase.OPEN if Alarm.OPEN in rung else GroupPhase.WAITING


def finished(group: G, at: datetime) -> G:
    """No case is left, and none can arrive any more."""
    return by_clock(group, replace(group, phase=GroupPhase.DONE), "group_done", at)


def by_clock(before: G, after: G, kind: str, at: datetime, changes: tuple[Change, ...] = (), why: str = "") -> G:
    """`after` with one more event of which the clock is the author."""
    event = Event(0, kind, CLOCK.id, at, f"clock/{before.revision + 1}", reason=why, changes=changes)
    return recorded(before, after, event)


def recorded(before: G, after: G, event: Event) -> G:
    """`after` with the next revision and this event, which also shows what differs between the two."""
    refuse_repeated(before.given, event)
    pairs = ((name, str(getattr(before, name, None) or ""), str(getattr(after, name, None) or "")) for name in SHOWN)
    changes = (*event.changes, *(pair for pair in pairs if pair[1] != pair[2]))
    event = replace(event, revision=before.revision + 1, changes=changes)
    return replace(after, revision=event.revision, events=(*before.events, event))
