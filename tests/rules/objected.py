"""A case whose result is delivered, and what is done with it: for the tests of objections."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from appraisal.access import Actor
from appraisal.case import Case
from appraisal.clock import ring
from appraisal.commands import Command, Order
from appraisal.errors import AppraisalError
from appraisal.objection.commands import AnswerObjection, Object
from appraisal.objection.objections import Account
from appraisal.transitions import perform
from tests import builders
from tests.builders import EMPLOYEE, START, SUPERVISOR

DAY, TICK = timedelta(days=1), timedelta(microseconds=1)
WIB = ZoneInfo("Asia/Jakarta")
OFFICER = Actor("olga", hr=True)
OBJECT = Object(builders.complaint((2,)))
ANSWER = AnswerObjection(Account("Dinilai dari laporan bulanan."))
DELIVERED = START
UNTIL = DELIVERED + 5 * DAY


def delivered(**terms: Any) -> Case:
    """A case whose result is delivered at DELIVERED and can be objected to until UNTIL."""
    case = builders.case(table=builders.objectionable(builders.timetable(), **terms))
    for number, given in enumerate(builders.year()[:5]):
        case = perform(case, given, DELIVERED, f"y{number}")
    return case


def do(case: Case, command: Command, actor: str | Actor, at: datetime = DELIVERED + DAY) -> Case:
    who = actor if isinstance(actor, Actor) else Actor(actor)
    return perform(case, Order(command, who), at, f"c{case.revision}")


def refusal(
    case: Case, command: Command, actor: str | Actor, by: type[AppraisalError], at: datetime = DELIVERED + DAY
) -> AppraisalError:
    with pytest.raises(by) as caught:
        do(case, command, actor, at)
    assert type(caught.value) is by
    assert caught.value.remedy
    return caught.value


def objected(**terms: Any) -> Case:
    return do(delivered(**terms), OBJECT, EMPLOYEE)


def to_be_decided(**terms: Any) -> Case:
    return do(objected(**terms), ANSWER, SUPERVISOR)


def left_alone(case: Case, at: datetime = DELIVERED + DAY) -> Case:
    while case.next_alarm is not None:
        moment, alarm = case.next_alarm
        at = max(at, moment)
        case = ring(case, alarm, at)
    return case
