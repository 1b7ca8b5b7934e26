"""How long what is held for a time is held: as the agency says, or for good."""

from datetime import UTC, datetime, timedelta

import pytest

from appraisal.errors import InvalidPolicy
from appraisal.privacy.retention import BY, By, Kept, next_look, read_retention

AT = datetime(2027, 3, 1, 18, 0, tzinfo=UTC)


def test_what_the_agency_has_not_set_stays() -> None:
    assert all(read_retention("").before(kind, AT) is None for kind in Kept)
    assert [read_retention(" , ").going(by, AT) for by in By] == [(), (), ()]


def test_each_kind_goes_after_its_own_time_and_by_the_hand_that_may() -> None:
    found = read_retention("sign_ins=P90D, readings=P730D,messages=P7D")
    assert found.going(By.PROCESS, AT) == (
        (Kept.SIGN_INS, AT - timedelta(days=90)),
        (Kept.MESSAGES, AT - timedelta(days=7)),
    )
    assert found.going(By.OWNER, AT) == ((Kept.READINGS, AT - timedelta(days=730)),)
    assert found.going(By.BACKUP, AT) == ()
    assert set(found.unset) == set(Kept) - {Kept.SIGN_INS, Kept.READINGS, Kept.MESSAGES}
    assert BY[Kept.READINGS] is By.OWNER, "the role that serves has no right to it"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("event=P90D", "'event' is nothing that goes by itself."),
        ("P90D", "'P90D' is nothing that goes by itself."),
        ("messages", "'' is no length of time."),
        ("messages=90", "'90' is no length of time."),
        ("messages=P1Y", "'P1Y' is no length of time."),
        ("messages=P6D", "'P6D' is too short."),
        ("messages=P30DT1H", "'P30DT1H' is no number of days."),
        ("messages=P30D,messages=P31D", "'messages' is named twice."),
    ],
)
def test_what_cannot_be_is_refused_with_its_name(text: str, what: str) -> None:
    with pytest.raises(InvalidPolicy) as refused:
        read_retention(text)
    assert (refused.value.what, refused.value.where) == (what, "retention")
    assert refused.value.remedy


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2027-03-01T17:59:59+00:00", "2027-03-01T18:00:00+00:00"),
        ("2027-03-01T18:00:00+00:00", "2027-03-02T18:00:00+00:00"),
        ("2027-03-01T10:00:00+00:00", "2027-03-01T18:00:00+00:00"),
        ("2027-12-31T18:00:01+00:00", "2028-01-01T18:00:00+00:00"),
    ],
)
def test_it_is_looked_each_night_at_one_in_the_agencys_zone(at: str, expected: str) -> None:
    assert next_look(datetime.fromisoformat(at), "Asia/Jakarta") == datetime.fromisoformat(expected)
