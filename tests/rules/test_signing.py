"""Who may sign the list before the closing, which list, and what the cycle keeps of it."""

from dataclasses import replace
from datetime import datetime

import pytest

from appraisal.access import Actor
from appraisal.cycle import Phase, SignClosing
from appraisal.errors import AlreadyClosed, AppraisalError, InvalidText, NotAllowed, StaleList, StillStarting
from appraisal.signing import Seen, permitted, signed
from tests.builders import START
from tests.rules.test_ladder import DAY
from tests.rules.test_rescheduling import OFFICER, running

SEEN = Seen("a" * 64, 3, (("completed", 1), ("closing", 2)))


def test_the_record_keeps_who_signed_which_list() -> None:
    before = running()
    after = signed(before, SignClosing("a" * 64, OFFICER, " Setuju. "), SEEN, START + DAY, "olga/k1")
    event = after.events[-1]
    assert (event.kind, event.actor, event.at, event.reason) == ("closing_signed", "olga", START + DAY, "Setuju.")
    assert event.changes == (
        ("digest", "", "a" * 64),
        ("cases", "", "3"),
        ("exit/completed", "", "1"),
        ("exit/closing", "", "2"),
    )
    assert (after.revision, dict(after.orders)["olga/k1"]) == (before.revision + 1, before.revision + 1)
    assert (after.timetable, after.phase) == (before.timetable, before.phase), "nothing else changes"


def test_another_list_than_the_one_that_was_seen_is_not_signed() -> None:
    with pytest.raises(StaleList):
        signed(running(), SignClosing("b" * 64, OFFICER), SEEN, START + DAY, "olga/k1")


CLOSES = running().dates.timetable.closes
REFUSED = [
    (SignClosing("a" * 64, Actor("ani")), START + DAY, Phase.RUNNING, NotAllowed),
    (SignClosing("a" * 64, OFFICER, "\x00"), START + DAY, Phase.RUNNING, InvalidText),
    (SignClosing("a" * 64, OFFICER), CLOSES, Phase.RUNNING, AlreadyClosed),
    (SignClosing("a" * 64, OFFICER), START + DAY, Phase.CLOSED, AlreadyClosed),
    (SignClosing("a" * 64, OFFICER), START + DAY, Phase.STARTING, StillStarting),
]


@pytest.mark.parametrize(("order", "at", "phase", "kind"), REFUSED, ids=[row[3].__name__ for row in REFUSED])
def test_what_is_refused_without_looking_at_the_list(
    order: SignClosing, at: datetime, phase: Phase, kind: type[AppraisalError]
) -> None:
    with pytest.raises(kind):
        permitted(replace(running(), phase=phase), order, at)
    permitted(running(), SignClosing("a" * 64, OFFICER), START + DAY)
