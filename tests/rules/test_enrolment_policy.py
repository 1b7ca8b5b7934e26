"""What a policy says of seats in trainings: dates that are in order, or a refusal by its key."""

from datetime import UTC, date, datetime, time

import pytest

from appraisal.errors import AppraisalError, InvalidPolicy
from appraisal.policy.document import Part
from appraisal.policy.spans import Calendar
from appraisal.training.enrolment_policy import EnrolmentDates, EnrolmentPolicy

CALENDAR = Calendar("UTC", time(8), time(16), (date(2027, 3, 9),))
INVITED = datetime(2027, 3, 5, 10, tzinfo=UTC)  # a Friday
FIRST, LAST = date(2027, 6, 1), date(2027, 6, 3)


def offered(begins: date) -> EnrolmentDates:
    return EnrolmentPolicy().dates(begins, max(LAST, begins), INVITED, CALENDAR)


def test_the_dates_count_working_days_and_no_answer_is_waited_for_beyond_the_first_day() -> None:
    dates = offered(FIRST)
    assert dates.respond_by == datetime(2027, 3, 15, 16, tzinfo=UTC), "five working days, one of them off"
    assert dates.remind == datetime(2027, 3, 11, 8, tzinfo=UTC)
    assert dates.look_back_at == datetime(2028, 6, 2, 16, tzinfo=UTC)
    soon = offered(date(2027, 3, 8))
    assert soon.respond_by == soon.begins == datetime(2027, 3, 8, 8, tzinfo=UTC)
    assert INVITED <= soon.remind <= soon.respond_by
    late = offered(date(2027, 3, 1))
    assert late.respond_by == dates.respond_by, "who is invited after the beginning may still answer"


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"respond": "PT0S"}, "enrolment.respond"),
        ({"respond": "01-31"}, "enrolment.respond"),
        ({"look_back": "soon"}, "enrolment.look_back"),
        ({"look_back": "P2000D"}, "enrolment.look_back"),
        ({"answer": ""}, "enrolment.answer"),
        ({"remind": "soon"}, "enrolment.remind"),
        ({"silence": "maybe"}, "enrolment.silence"),
        ({"early": "yesterday"}, "enrolment.early"),
        ({"colour": "red"}, "enrolment.colour"),
    ],
)
def test_a_policy_that_gives_no_dates_is_refused_when_it_is_saved(change: dict[str, str], where: str) -> None:
    document = EnrolmentPolicy().document()
    assert EnrolmentPolicy.read(Part(document, "enrolment")) == EnrolmentPolicy()
    with pytest.raises(AppraisalError) as found:
        EnrolmentPolicy.read(Part(document | change, "enrolment"))
    assert found.value.where == where
    assert isinstance(found.value, InvalidPolicy) or where == "enrolment.answer"
