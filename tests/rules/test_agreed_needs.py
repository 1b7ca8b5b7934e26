"""What agreed development plans ask of the seats of trainings."""

from dataclasses import replace

from appraisal.development.development import Way
from appraisal.development.plan import Deed, Side, wanted
from appraisal.training.training import Reason
from appraisal.vocabulary import Predicate, Rating
from tests.rules.test_development import KNOWN, POOR, PRESENT, Table, keys, planned


def test_a_plan_asks_for_seats_once_both_have_agreed_and_only_where_a_course_is_meant() -> None:
    table = Table(replace(KNOWN, rated=(2026, replace(POOR, predicate=Predicate.BAIK, results=Rating.SESUAI))))
    (gap, _) = keys(table.plan)
    for key in (gap, "hours"):
        table.do(Side.SUPERIOR, Deed.PLANNED, key=key, **{**PRESENT, "way": Way.CLASSROOM})
    table.do(Side.SUPERIOR, Deed.AGREED)
    assert wanted(table.plan, 3) == (), "one of two is no agreement"
    table.do(Side.EMPLOYEE, Deed.AGREED)
    (need,) = wanted(table.plan, 3)
    assert (need.reason, need.topics, need.weight) == (Reason.AGREED, ("WAKTU",), 3)
    assert wanted(table.plan, 0) == (), "a policy may leave plans out of it"
    planned(table)
    for side in (Side.SUPERIOR, Side.EMPLOYEE):
        table.do(side, Deed.AGREED)
    assert wanted(table.plan, 3) == (), "guidance at work needs no seat"
