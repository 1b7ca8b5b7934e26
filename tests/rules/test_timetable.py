"""When a step opens, is due, escalates and ends, for who is on time and for who is late."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from appraisal.timetable import Escalation, Timetable, Window, alarms
from appraisal.vocabulary import OPEN_STEPS, Alarm, Audience, EndRule, Step
from tests.builders import START, timetable

DAY = timedelta(days=1)
TABLE = timetable()
"""Each step lasts ten days: reminded 2.5 days before it is due, escalated 2.5 and ended 5 days after; grace is 2 days."""


def at(days: float) -> datetime:
    return START + days * DAY


def days(moment: datetime) -> float:
    return (moment - START) / DAY


def dates(table: Timetable, step: Step, arrival: float) -> tuple[float, ...]:
    window = table.for_arrival(step, at(arrival))
    remind = window.remind[0] if window.remind else START
    return tuple(days(at) for at in (window.opens, remind, window.due, window.escalate[0].at, window.end))


ARRIVALS = """
arrives   opens  remind   due   escalate  end     what it shows (remind 0: nobody is reminded)
0         0      17.5     20    22.5      25      on time: the agency's own dates
18        0      17.5     20    22.5      25      exactly `grace` before it is due is still on time
19        0      0        21    23.5      25      one day late: due one day later, and its end is not touched
24        0      0        26    26        26      the end gives way so that everybody has `grace`
78        0      0        80    80        80      the last moment at which the whole grace is given
79        0      0        80    80        80      nothing outlives the closing of the cycle
"""
ROWS = [line.split(maxsplit=6) for line in ARRIVALS.strip().splitlines()[1:]]


@pytest.mark.parametrize("row", ROWS, ids=[row[6] for row in ROWS])
def test_the_dates_of_a_step_by_when_a_case_arrives(row: list[str]) -> None:
    arrives, *expected = (float(value) for value in row[:6])
    found = dates(TABLE, Step.APPROVAL, arrives)
    assert found[0] == expected[0]
    assert found[2:] == tuple(expected[2:])
    assert found[1] == expected[1]


def test_waiting_for_a_step_to_open_does_not_count_as_late() -> None:
    table = timetable(opens=25 * DAY)
    assert dates(table, Step.SELF_ASSESSMENT, 3)[2] == 30


def window(opens: float, remind: float, due: float, escalate: float, end: float) -> Window:
    return Window(
        Step.TARGETS,
        at(opens),
        (at(remind),),
        at(due),
        (Escalation(at(escalate), Audience.SUPERIOR),),
        at(end),
        EndRule.GO_ON,
    )


RINGING = [
    ("all five", window(1, 5, 10, 12, 15), 0, "open remind due escalate end"),
    ("open already", window(0, 5, 10, 12, 15), 0, "remind due escalate end"),
    ("entered after the reminder", window(0, 5, 10, 12, 15), 6, "due escalate end"),
    ("no reminder apart from due", window(0, 10, 10, 12, 15), 0, "due escalate end"),
    ("due is the escalation", window(0, 5, 12, 12, 15), 0, "remind escalate end"),
    ("escalation is the end", window(0, 5, 10, 15, 15), 0, "remind due end"),
    ("everything at the end", window(0, 15, 15, 15, 15), 0, "end"),
]


@pytest.mark.parametrize(("planned", "since", "expected"), [r[1:] for r in RINGING], ids=[r[0] for r in RINGING])
def test_what_rings_and_in_which_order(planned: Window, since: float, expected: str) -> None:
    found = alarms(planned, at(since))
    assert [alarm for _, alarm in found] == [Alarm(name) for name in expected.split()]
    assert [moment for moment, _ in found] == sorted(moment for moment, _ in found)


@pytest.mark.parametrize("step", OPEN_STEPS)
@pytest.mark.parametrize("late", [-1, 0, 3, 8, 11, 40, 79, 80])
def test_the_dates_are_in_order_whenever_somebody_arrives(step: Step, late: int) -> None:
    arrival = max(at(0), TABLE.window(step).opens + late * DAY)
    found = TABLE.for_arrival(step, arrival)
    assert all(found.opens <= instant for instant in found.remind)
    assert found.due <= found.escalate[0].at <= found.end <= TABLE.closes
    assert alarms(found, arrival)[-1] == (found.end, Alarm.END)


def test_a_late_case_keeps_its_end_rule() -> None:
    table = replace(TABLE, grace=5 * DAY)
    assert table.for_arrival(Step.REVIEW, at(60)).end_rule is EndRule.CLOSE_UNRATED
