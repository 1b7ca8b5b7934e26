"""The chain of one process: what follows what, and what an attempt that was not confirmed leaves behind."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from appraisal.access import Actor
from appraisal.chain import GENESIS, Entry, Finding, Flaw, Head, anchor_holds, anchored, digest, flaw_of
from appraisal.parties import Parties
from appraisal.privacy.reading import Ground, ground_at, ground_in_list
from appraisal.record import Event
from tests.forging import root_of

AT = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)
PLACES = ((0, 0), (0, 1), (0, 2), (1, 2), (1, 3), (2, 1), (2, 2))
"""(attempt, revision): the process never confirmed revision 2, and later it went on from revision 0."""


def chain(places: tuple[tuple[int, int], ...] = PLACES) -> list[Entry]:
    made, previous = [], GENESIS
    for attempt, revision in places:
        event = Event(revision, "kind", "ani", AT, f"c{attempt}/{revision}", changes=(("step", "", "targets"),))
        link = digest(previous, "case", event, attempt)
        made.append(Entry("case", attempt, event, previous, link))
        previous = link
    return made


def test_a_chain_holds_with_all_of_its_attempts() -> None:
    assert [flaw_of(chain(PLACES[:length])) for length in range(len(PLACES) + 1)] == [None] * (len(PLACES) + 1)


def test_the_hash_of_a_first_attempt_is_what_it_always_was() -> None:
    event = chain()[0].event
    assert digest(GENESIS, "case", event) == "f4daee8094b8d272acc66307d84625ae90d61053e6822facac0824423623cdf6"
    assert digest(GENESIS, "case", event, 1) != digest(GENESIS, "case", event)


@pytest.mark.parametrize("place", range(len(PLACES)))
def test_whatever_is_done_to_one_entry_is_found_there(place: int) -> None:
    whole, revision = chain(), PLACES[place][1]
    one = whole[place]
    event = one.event
    for other in (
        *(replace(event, reason="x"), replace(event, actor="eko"), replace(event, at=AT.replace(second=1))),
        *(replace(event, changes=()), replace(event, command_id="x"), replace(event, on_behalf_of="eko")),
    ):
        forged = replace(one, event=other)
        assert flaw_of([*whole[:place], forged, *whole[place + 1 :]]) == Finding("case", Flaw.CHANGED, revision)
    if place + 1 < len(whole):
        found = flaw_of([*whole[:place], *whole[place + 1 :]])
        assert found is not None, "one that is gone"
        found = flaw_of([*whole[:place], whole[place + 1], one, *whole[place + 2 :]])
        assert found is not None, "two that were exchanged"


def test_an_attempt_begins_at_a_revision_that_is_there() -> None:
    assert flaw_of(chain(((0, 0), (1, 1)))) == Finding("case", Flaw.MISSING, 1)
    assert flaw_of(chain(((0, 0), (2, 0)))) == Finding("case", Flaw.MISSING, 1)
    assert flaw_of(chain(((0, 1),))) == Finding("case", Flaw.MISSING, 0)


def test_an_anchor_covers_each_head_and_the_anchor_before_it() -> None:
    heads = [Head(f"case/{number}", 0, number, f"{9 - number}" * 64) for number in range(3)]
    made = anchored(date(2026, 3, 1), AT, root_of(heads), GENESIS)
    assert anchor_holds(made, root_of(reversed(heads)), GENESIS), "whatever order they come in"
    assert made.heads == 3
    for root, previous in (
        (root_of(heads[:2]), GENESIS),
        (root_of([*heads[:2], replace(heads[2], revision=3)]), GENESIS),
        (root_of(heads), made.hash),
    ):
        assert not anchor_holds(made, root, previous)
    assert not anchor_holds(replace(made, day=date(2026, 3, 2)), root_of(heads), GENESIS)


@pytest.mark.parametrize(
    ("actor", "ground"),
    [
        (Actor("ani"), Ground.OWN),
        (Actor("ani", hr=True), Ground.OWN),
        (Actor("budi"), Ground.SUPERIOR),
        (Actor("budi", hr=True), Ground.SUPERIOR),
        (Actor("citra"), Ground.SUPERIOR),
        (Actor("dewi"), Ground.HEAD),
        (Actor("olga", hr=True), Ground.HR),
        (Actor("olga", units=("dinkes",)), Ground.HR),
        (Actor("olga", units=("dinsos",)), Ground.HR),
        (Actor("eko"), Ground.OTHER),
        (Actor("budi", support=True), Ground.SUPPORT),
    ],
)
def test_the_ground_of_a_look_is_the_nearest_relation(actor: Actor, ground: Ground) -> None:
    parties = Parties("ani", "dinkes", ("budi", "citra"), "dewi")
    assert ground_at(actor, parties) is ground
    called = ground_at(Actor("olga", hr=True), replace(parties, handed_to_hr=True))
    assert called is Ground.HR, "HR that was called in looks as HR"
    in_list = Ground.SUPPORT if actor.support else Ground.HR if actor.hr or actor.units else Ground.SUPERIOR
    assert ground_in_list(actor) is in_list
