"""An order for a whole unit: what it may be, and how its end is kept."""

from datetime import UTC, datetime

import pytest

from appraisal.access import Actor
from appraisal.bulk import BulkOrder, Scope, ordered
from appraisal.commands import Hold, Nudge, Release, Remedy
from appraisal.errors import AppraisalError
from appraisal.group import Told

AT = datetime(2026, 3, 1, tzinfo=UTC)
OLGA = Actor("olga", hr=True)


def order(remedy: Remedy, scope: Scope, cases: tuple[str, ...] = ()) -> BulkOrder:
    return BulkOrder("k1", remedy, OLGA, cases, scope)


def test_the_order_is_on_record_with_its_place_and_its_end_with_each_group() -> None:
    first = ordered(order(Hold("Banjir."), Scope("c1", "dinkes")), AT)
    (event,) = first.events
    assert (event.kind, event.reason) == ("bulk_ordered", "Banjir.")
    assert event.changes == (("remedy", "", "hold"), ("cycle", "", "c1"), ("unit", "", "dinkes"))
    groups = (("calibration/c1/dinkes", "OnHold"),)
    done = first.finished(Told(3, (("appraisal/c1/ani", "OnHold"),)), AT, groups)
    assert (done.done, done.taken, done.refused) == (True, 3, (("appraisal/c1/ani", "OnHold"),))
    assert done.groups == groups


def test_a_release_names_the_order_that_it_ends() -> None:
    (event,) = ordered(order(Release("Surut."), Scope("c1", of="k0")), AT).events
    assert event.changes[1:] == (("cycle", "", "c1"), ("of", "", "k0"))


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (order(Nudge(), Scope("c1")), "invalid_bulk"),
        (order(Hold("Banjir."), Scope("c1"), ("appraisal/c1/ani",)), "invalid_bulk"),
        (order(Hold(" "), Scope("c1")), "missing_reason"),
    ],
    ids=["no hold", "cases beside a place", "no reason"],
)
def test_what_cannot_be_an_order_for_a_unit_is_refused(wrong: BulkOrder, code: str) -> None:
    with pytest.raises(AppraisalError) as refused:
        ordered(wrong, AT)
    assert refused.value.code() == code
