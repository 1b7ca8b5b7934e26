"""Where a page begins, as it stands in an address: what we have written is read, and nothing else."""

import base64
import json
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from api.errors import Problem
from api.paging import AT, MOST, NAMED, ON, RANKED, Places
from api.routes.siasn import RESULTS
from appraisal.siasn.push import Matter

KEPT: list[tuple[Places[Any], Any]] = [
    (AT, (datetime(2026, 1, 1, 7, 0, 0, 123456, tzinfo=UTC), "appraisal/c1/ani")),
    (AT, (datetime.max.replace(tzinfo=UTC), "")),
    (ON, (date(2026, 1, 1), "t1")),
    (RANKED, (0, "ani")),
    (NAMED, "ani"),
    (RESULTS, ("ani", 0, Matter.COURSE, "t1")),
]


def made_up(key: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(key, separators=(",", ":")).encode()).decode().rstrip("=")


@pytest.mark.parametrize(("places", "place"), KEPT)
def test_a_place_is_read_as_it_was_written(places: Places[Any], place: Any) -> None:
    text = places.written(place)
    assert places.read(text) == place
    assert text.replace("-", "").replace("_", "").isalnum(), "it needs no quoting in an address"
    assert places.read("") is None


def test_it_is_the_same_instant_in_every_zone() -> None:
    jakarta = datetime(2026, 1, 1, 7, tzinfo=timezone(timedelta(hours=7)))
    assert AT.read(AT.written((jakarta.astimezone(UTC), "x"))) == (jakarta, "x")


@pytest.mark.parametrize(
    ("places", "text"),
    [
        *(
            (AT, text)
            for text in ("x", "soon", "\u00e9", "=", AT.written((datetime.max.replace(tzinfo=UTC), "x")) + "A")
        ),
        *((AT, made_up(key)) for key in ([], ["x"], {"at": 1}, ["2026-01-01T00:00:00", "x"], [1767225600, "x"])),
        *((AT, made_up(["2026-01-01T00:00:00Z", other])) for other in ("\0", "x" * 201, 1, None)),
        *((AT, made_up([at, "x"])) for at in ("0001-01-01T00:00:00+07:00", "2026-01-01T07:00:00+07:00")),
        *((RANKED, made_up([rank, "x"])) for rank in (10**30, -2, "1", 1.5)),
        *((RESULTS, made_up(["ani", *rest])) for rest in ((13, "rating", ""), (0, "award", ""), (0, "rating"))),
    ],
)
def test_what_we_would_not_have_written_is_refused(places: Places[Any], text: str) -> None:
    with pytest.raises(Problem) as refused:
        places.read(text)
    assert (refused.value.status, refused.value.code, refused.value.where) == (422, "invalid_request", "after")


def test_a_page_is_as_long_as_it_was_asked_for_and_leads_on_while_there_is_more() -> None:
    rows = tuple("abcde")
    shown, further = NAMED.cut(rows, 3, lambda row: row)
    assert (shown, NAMED.read(further)) == (("a", "b", "c"), "c")
    assert NAMED.cut(rows, 5, lambda row: row) == (rows, "")
    assert NAMED.cut((), MOST, lambda row: row) == ((), "")
