"""What of a unit's ratings may be told: never so much that a reader could work out what a colleague was rated."""

from itertools import product

import pytest

from appraisal.calibration.calibration import Member, Rated
from appraisal.predicates import MATRIX
from appraisal.privacy.disclosure import Settled, rounds_that_hold, settled, told
from appraisal.vocabulary import Predicate, Rating

P = Predicate
LETTERS = {"S": P.SANGAT_BAIK, "B": P.BAIK, "K": P.KURANG}


def members(text: str) -> tuple[Settled, ...]:
    """'ani:SB eko:BB': before and after, by name."""
    pairs = (word.split(":") for word in text.split())
    return tuple(Settled(who, LETTERS[sides[0]], LETTERS[sides[1]]) for who, sides in pairs)


TABLE = [
    ("too few", ["ani:BB eko:SB"], 3, ""),
    ("enough, and the others differ", ["ani:BB eko:SS budi:BB"], 3, "ani eko budi"),
    ("the others were all the same after it", ["ani:BB eko:SB budi:BB"], 3, ""),
    ("the others were all the same before it", ["ani:BB eko:BS budi:BB"], 3, ""),
    ("a newcomer would be told", ["ani:BB eko:SS budi:BB", "citra:KK"], 3, "ani eko budi"),
    ("until somebody else comes", ["ani:BB eko:SS budi:BB", "citra:KK", "dewi:BB"], 3, "ani eko budi citra dewi"),
    ("small rounds add up", ["ani:BB", "eko:SS", "budi:BB"], 3, "ani eko budi"),
    ("whoever is decided on again counts once", ["ani:BB eko:SS budi:BB", "eko:SB budi:BS"], 3, "ani eko budi"),
    ("nobody was decided on", [], 1, ""),
]


@pytest.mark.parametrize(("rounds", "smallest", "shown"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_what_ani_is_told(rounds: list[str], smallest: int, shown: str) -> None:
    found = told([members(text) for text in rounds], {"ani"}, smallest)
    assert [member.employee for member in found] == shown.split()


def test_whoever_knows_all_ratings_anyway_is_told_as_soon_as_they_are_enough() -> None:
    unit = members("ani:BB eko:BB budi:BB")
    assert told([unit], {"ani", "eko", "budi"}, 3) == unit
    assert told([unit], {"ani", "eko", "budi"}, 4) == ()


def test_no_colleague_can_be_worked_out_from_any_small_unit() -> None:
    """Every unit of four, every reader who knows some of it: what is shown fits more than one rating of each stranger."""
    people = ("ani", "eko", "budi", "citra")
    for ratings in product("SBK", repeat=4):
        unit = tuple(Settled(who, LETTERS[one], LETTERS[one]) for who, one in zip(people, ratings, strict=True))
        for known in ({"ani"}, {"ani", "eko"}, {"ani", "eko", "budi"}):
            if not told([unit], known, 1):
                continue
            strangers = {member.after for member in unit if member.employee not in known}
            assert len(strangers) > 1, (ratings, known)


@pytest.mark.parametrize(
    ("kinds", "held"),
    [
        ("set_unit_result calibrated lapsed", "1 2"),
        ("calibrated undo undone", ""),
        ("calibrated undo undo_failed", "0"),
        ("calibrated calibrated undo undone", "0"),
        ("calibrated undo undone calibrated", "3"),
    ],
)
def test_a_round_that_was_undone_tells_nothing_any_more(kinds: str, held: str) -> None:
    events = [{"kind": kind, "at": number} for number, kind in enumerate(kinds.split())]
    assert " ".join(str(one["at"]) for one in rounds_that_hold(events)) == held


def test_a_round_is_read_from_its_record_as_it_was_written() -> None:
    ratings = list(product(Rating, Rating))
    rated = [
        Rated(Member(f"p{n}", "", *before), *after)
        for n, (before, after) in enumerate(zip(ratings, reversed(ratings), strict=True))
    ]
    changes = [
        [one.member.employee, f"{one.member.results}/{one.member.behaviour}", f"{one.results}/{one.behaviour}"]
        for one in rated
    ]
    found = settled([*changes, ["distribution/too_many", "", "SANGAT_BAIK 7 orang, pedoman paling banyak 6."]])
    assert [(one.employee, one.before, one.after) for one in found] == [
        (one.member.employee, MATRIX[one.member.results, one.member.behaviour], one.predicate) for one in rated
    ]
