"""What goes into whose mail, and when: the whole policy, without a mail in sight."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from api.pages import labels
from appraisal.delivery import ASKS, URGENT, Kind, Office, Plan, Planned, Unsent, asked, plan
from appraisal.policy.spans import Calendar
from appraisal.sending import LONGEST_PAUSE, PATIENCE, Outcome, next_try

CALENDAR = Calendar("Asia/Jakarta", time(7, 30), time(16), (date(2026, 3, 3),))
OFFICE = Office(CALENDAR, time(8))
READERS = {"ani": ("ani",), "budi": ("budi",), "hr": ("citra", "dewi")}


def jakarta(day: int, hour: int, minute: int = 0) -> datetime:
    """In March 2026, whose 2nd is a Monday; the 3rd is a holiday in these tests."""
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


MONDAY = jakarta(2, 8)
SUNDAY = jakarta(1, 12)


def told(name: str, recipient: str = "ani", kind: str = "closed", at: datetime = SUNDAY) -> Unsent:
    return Unsent(name, recipient, kind, at)


def planned(*unsent: Unsent, at: datetime = MONDAY, digested: frozenset[str] = frozenset()) -> Plan:
    return plan(unsent, READERS, digested, OFFICE, at)


@pytest.mark.parametrize(
    ("at", "open_now"),
    [
        (jakarta(2, 7, 29), False),
        (jakarta(2, 7, 30), True),
        (jakarta(2, 15, 59), True),
        (jakarta(2, 16), False),
        (jakarta(1, 10), False),
        (jakarta(3, 10), False),
    ],
)
def test_nobody_is_written_to_outside_office_hours(at: datetime, open_now: bool) -> None:
    assert OFFICE.open_at(at) is open_now
    assert bool(planned(told("n", kind="became_due"), at=at).deliveries) is open_now


@pytest.mark.parametrize(
    ("at", "last"),
    [
        (jakarta(2, 8), jakarta(2, 8)),
        (jakarta(2, 7, 59), jakarta(2, 8) - timedelta(days=3)),
        (jakarta(3, 12), jakarta(2, 8)),
        (jakarta(4, 7), jakarta(2, 8)),
        (jakarta(4, 9), jakarta(4, 8)),
    ],
)
def test_the_last_digest_was_on_a_working_day(at: datetime, last: datetime) -> None:
    assert OFFICE.last_digest(at) == last


@pytest.mark.parametrize(
    ("at", "opening"),
    [
        (jakarta(2, 7), jakarta(2, 7, 30)),
        (jakarta(2, 7, 30), jakarta(4, 7, 30)),
        (jakarta(6, 17), jakarta(9, 7, 30)),
    ],
)
def test_the_next_opening_is_on_a_working_day(at: datetime, opening: datetime) -> None:
    assert OFFICE.next_opening(at) == opening


def test_twenty_notices_are_one_digest() -> None:
    names = tuple(f"n{number}" for number in range(20))
    found = planned(*(told(name) for name in names))
    assert found == Plan((Planned("ani", Kind.DIGEST, "2026-03-02", names),), names)


def test_what_comes_after_the_digest_waits_for_the_next_working_day() -> None:
    late = told("n", at=jakarta(2, 8, 1))
    assert planned(late, at=jakarta(2, 15)) == Plan()
    (mail,) = planned(late, at=jakarta(4, 8)).deliveries
    assert (mail.kind, mail.slot) == (Kind.DIGEST, "2026-03-04")


def test_whoever_had_the_digest_of_the_day_gets_no_second_one() -> None:
    assert planned(told("n"), at=jakarta(2, 9), digested=frozenset({"ani"})) == Plan()


@pytest.mark.parametrize("kind", URGENT)
def test_what_is_urgent_goes_at_once_and_together(kind: str) -> None:
    at = jakarta(2, 11)
    found = planned(told("a", kind=kind, at=at), told("b", kind=kind, at=at), at=at, digested=frozenset({"ani"}))
    assert found == Plan((Planned("ani", Kind.URGENT, at.isoformat(), ("a", "b")),), ("a", "b"))


def test_whoever_gets_a_digest_now_reads_what_is_urgent_first_in_it() -> None:
    (mail,) = planned(told("a"), told("b", kind="became_due")).deliveries
    assert (mail.kind, mail.notices) == (Kind.DIGEST, ("b", "a"))


def test_every_officer_hears_what_concerns_them_all() -> None:
    found = planned(told("n", "hr"), told("m", "ani"))
    assert [(mail.recipient, mail.notices) for mail in found.deliveries] == [
        ("ani", ("m",)),
        ("citra", ("n",)),
        ("dewi", ("n",)),
    ]


def test_people_without_an_address_have_the_inbox() -> None:
    assert planned(told("n", "eko"), told("m", "eko", "became_due")) == Plan((), ("n", "m"))


def test_what_was_read_is_not_mailed() -> None:
    assert planned(Unsent("n", "ani", "closed", SUNDAY, read=True)) == Plan((), ("n",))


OVERTAKEN = [
    ("still asked", SUNDAY - timedelta(days=1), ("ani",), "targets_waits", True),
    ("the very event that began the step", SUNDAY, ("ani",), "targets_waits", True),
    ("a stand-in is asked too", SUNDAY, ("budi", "ani"), "escalated_to_you", True),
    ("the step is done", SUNDAY + timedelta(seconds=1), ("ani",), "targets_waits", False),
    ("somebody else's now", SUNDAY, ("budi",), "reminded", False),
    ("news that asks nothing", SUNDAY + timedelta(seconds=1), ("budi",), "closed", True),
    ("a kind that nobody knows", SUNDAY + timedelta(seconds=1), ("budi",), "something_new", True),
]


@pytest.mark.parametrize(
    ("since", "whom", "kind", "goes"), [row[1:] for row in OVERTAKEN], ids=[r[0] for r in OVERTAKEN]
)
def test_what_is_done_asks_nobody(since: datetime, whom: tuple[str, ...], kind: str, goes: bool) -> None:
    found = planned(Unsent("n", "ani", kind, SUNDAY, since=since, asked=whom))
    assert (bool(found.deliveries), found.settled) == (goes, ("n",))


def test_a_case_without_a_holder_asks_the_officers() -> None:
    assert asked(None, None) == ("hr",)
    assert asked("budi", "citra") == ("budi", "citra")
    assert asked("budi", "citra", ("hr/dinkes",)) == ("budi", "citra", "hr/dinkes"), (
        "who was called in later is asked too"
    )


def test_every_kind_in_the_tables_has_words() -> None:
    assert {*URGENT, *ASKS} <= set(labels.NOTICES)


def test_tries_become_rarer_and_end_with_patience() -> None:
    pauses = [(next_try(Outcome.FAILED, n, MONDAY, MONDAY) or MONDAY) - MONDAY for n in (1, 2, 3, 7, 50)]
    assert pauses == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4), LONGEST_PAUSE, LONGEST_PAUSE]
    assert next_try(Outcome.FAILED, 9, MONDAY, MONDAY + PATIENCE) is None


def test_a_server_that_is_away_is_waited_for_without_end() -> None:
    later = MONDAY + 10 * PATIENCE
    assert next_try(Outcome.AWAY, 900, MONDAY, later) == later


@pytest.mark.parametrize("outcome", [Outcome.SENT, Outcome.REFUSED])
def test_what_has_ended_is_not_tried_again(outcome: Outcome) -> None:
    assert next_try(outcome, 1, MONDAY, MONDAY) is None
