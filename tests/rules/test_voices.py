"""Whom to ask: named by the employee, approved or replaced by the superior, declined by whoever is asked; and the clock."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from appraisal.access import Actor
from appraisal.errors import (
    AlreadyClosed,
    AppraisalError,
    MissingReason,
    NotAllowed,
    NothingToDecide,
    NotOpenYet,
    StaleRevision,
)
from appraisal.parties import HR
from appraisal.people.acting import Acting
from appraisal.people.errors import InvalidPeople
from appraisal.policy.spans import Instants
from appraisal.voices.errors import (
    AnsweredAlready,
    AskedAlready,
    DeclinedAlready,
    NamesHimself,
    NamesOfficer,
    NamesSuperior,
    NotAsked,
    TooManyVoices,
    WorksElsewhere,
)
from appraisal.voices.ground import Ground, kinds
from appraisal.voices.policy import Kind, VoicesPolicy
from appraisal.voices.voices import Act, Opening, Round, Standing, VoicesOrder, demand_answer, opened
from tests.builders import EMPLOYEE, START, SUPERVISOR, parties

POLICY = VoicesPolicy(3, 0, 3, True, "P0D", (), "P10D", "P14D")
DAY = timedelta(days=1)
WINDOW = Instants(START, (START + 3 * DAY, START + 8 * DAY), START + 10 * DAY, START + 14 * DAY)
PEERS = ("eko", "feri", "hani", "ika")
GROUND = Ground(parties(), True, {**dict.fromkeys(PEERS, Kind.PEER), "joko": Kind.SUBORDINATE}, ("ika",))
NOW = START + DAY


def begun() -> Round:
    return opened(Opening("c1", EMPLOYEE, POLICY, WINDOW), NOW)


def propose(*people: str) -> VoicesOrder:
    return VoicesOrder(Act.PROPOSE, Actor(EMPLOYEE), people)


def invite(*people: str, reason: str = "", seen: int | None = None) -> VoicesOrder:
    return VoicesOrder(Act.INVITE, Actor(SUPERVISOR), people, reason, seen)


def after(*orders: VoicesOrder, ground: Ground = GROUND, at: datetime = NOW) -> Round:
    found = begun()
    for number, order in enumerate(orders):
        found = found.performed(order, ground, at, f"c{number}")
    return found


def standing(found: Round) -> dict[str, str]:
    return {voice.person: str(voice.standing) for voice in found.voices}


def told(found: Round, *unanswered: str) -> list[tuple[str, str]]:
    return [(notice.recipient, notice.kind) for notice in found.notices(GROUND.parties, unanswered)]


def test_the_employee_names_the_superior_decides_and_whoever_is_asked_declines() -> None:
    named = after(propose("eko"), propose("eko", "feri"))
    assert standing(named) == {"eko": "proposed", "feri": "proposed"}
    assert told(named) == [(SUPERVISOR, "voices_proposed")]
    asked = named.performed(invite("eko", "hani", reason="Hani lebih dekat."), GROUND, NOW, "x")
    assert standing(asked) == {"eko": "invited", "hani": "invited"}
    assert set(told(asked)) == {("eko", "voice_invited"), ("hani", "voice_invited"), (EMPLOYEE, "voices_decided")}
    assert asked.events[-1].reason == "Hani lebih dekat."
    declined = asked.performed(VoicesOrder(Act.DECLINE, Actor("eko")), GROUND, NOW, "y")
    assert standing(declined) == {"hani": "invited", "eko": "declined"}
    assert told(declined) == [(SUPERVISOR, "voice_declined")]
    again = declined.performed(invite("feri", reason="Pengganti."), GROUND, NOW, "z")
    assert standing(again) == {"hani": "invited", "eko": "declined", "feri": "invited"}, "who declines frees a place"
    assert [event.revision for event in again.events] == list(range(5))


def test_the_superior_may_ask_nobody_or_ask_without_being_asked() -> None:
    none = after(propose("eko"), invite(reason="Belum perlu."))
    assert (none.voices, told(none)) == ((), [(EMPLOYEE, "voices_decided")])
    assert standing(after(invite("eko", reason="Satu tim."))) == {"eko": "invited"}


REFUSED: list[tuple[str, tuple[VoicesOrder, ...], type[AppraisalError], str]] = [
    ("himself", (propose(EMPLOYEE),), NamesHimself, "people"),
    ("the superior", (propose(SUPERVISOR),), NamesSuperior, "people"),
    ("the superior's superior", (propose("citra"),), NamesSuperior, "people"),
    ("the head", (propose("dewi"),), NamesSuperior, "people"),
    ("an HR officer of this case", (propose("ika"),), NamesOfficer, "people"),
    ("somebody from elsewhere", (propose("gita"),), WorksElsewhere, "people"),
    ("somebody twice", (propose("eko", "eko"),), InvalidPeople, "people"),
    ("too many", (propose("eko", "feri", "hani"), propose("eko", "feri", "hani", "joko")), TooManyVoices, "people"),
    ("a kind that is not asked", (propose("joko"),), TooManyVoices, "people"),
    ("somebody who is asked already", (invite("eko", reason="Tim."), propose("eko")), AskedAlready, "people"),
    ("another superior's employee", (replace(propose("eko"), actor=Actor("eko")),), NotAllowed, ""),
    ("inviting for oneself", (replace(invite("eko"), actor=Actor(EMPLOYEE)),), NotAllowed, ""),
    ("HR decides nothing here", (replace(invite("eko"), actor=Actor("olga", hr=True)),), NotAllowed, ""),
    ("others without a reason", (propose("eko"), invite("feri")), MissingReason, "reason"),
    ("nobody, where nobody is proposed", (invite(),), NothingToDecide, "people"),
    ("on what has changed", (propose("eko"), propose("feri"), invite("feri", seen=0)), StaleRevision, "people"),
    ("declining unasked", (VoicesOrder(Act.DECLINE, Actor("eko")),), NotAsked, ""),
    ("declining what is proposed", (propose("eko"), VoicesOrder(Act.DECLINE, Actor("eko"))), NotAsked, ""),
]


@pytest.mark.parametrize(("orders", "refusal", "where"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_is_refused(orders: tuple[VoicesOrder, ...], refusal: type[AppraisalError], where: str) -> None:
    *before, last = orders
    kept = after(*before)
    with pytest.raises(refusal) as refused:
        kept.performed(last, GROUND, NOW, "x")
    assert refused.value.where == where
    assert refused.value.remedy


def test_whoever_acts_for_a_superior_is_no_voice_and_decides() -> None:
    acting = replace(GROUND, parties=replace(GROUND.parties, acting=(Acting(SUPERVISOR, "eko", True),)))
    with pytest.raises(NamesSuperior):
        after(propose("eko"), ground=acting)
    by_eko = replace(invite("feri", reason="Tim."), actor=Actor("eko"))
    assert standing(after(by_eko, ground=acting)) == {"feri": "invited"}


@pytest.mark.parametrize(
    ("at", "ground", "refusal"),
    [
        (START - DAY, GROUND, NotOpenYet),
        (WINDOW.end, GROUND, AlreadyClosed),
        (NOW, replace(GROUND, open=False), AlreadyClosed),
    ],
)
def test_nobody_is_asked_before_or_after_or_about_a_closed_case(
    at: datetime, ground: Ground, refusal: type[AppraisalError]
) -> None:
    with pytest.raises(refusal):
        after(propose("eko"), ground=ground, at=at)
    assert standing(after(propose("eko"), at=WINDOW.end - timedelta(microseconds=1))) == {"eko": "proposed"}


def test_the_clock_reminds_once_each_time_and_closes() -> None:
    asked = after(propose("eko", "feri"), invite("eko", "feri"), propose("hani"))
    assert asked.next_alarm == WINDOW.remind[0]
    first = asked.rung(WINDOW.remind[0])
    assert told(first, "feri") == [("feri", "voice_reminded"), (SUPERVISOR, "voices_proposed")]
    assert first.next_alarm == WINDOW.remind[1]
    second = first.rung(WINDOW.remind[1])
    assert second.next_alarm == WINDOW.end
    over = second.rung(WINDOW.end)
    assert over.closed
    assert told(over) == [(EMPLOYEE, "voices_closed"), (SUPERVISOR, "voices_closed")]
    assert [event.kind for event in over.events[-3:]] == ["voices_reminded", "voices_reminded", "voices_closed"]
    with pytest.raises(AlreadyClosed):
        over.performed(propose("ika"), GROUND, WINDOW.end, "x")
    assert begun().rung(WINDOW.remind[1]).next_alarm == WINDOW.end, "after an outage one reminder is enough"
    nobody = begun().rung(WINDOW.end)
    assert told(nobody) == [], "where nobody was asked nobody hears of it"


def test_where_nobody_is_superior_hr_is_told() -> None:
    alone = replace(GROUND.parties, line=())
    assert [notice.recipient for notice in after(propose("eko")).notices(alone, ())] == [HR]


@pytest.mark.parametrize(
    ("known", "refusal"),
    [
        (None, NotAsked),
        (Standing.PROPOSED, NotAsked),
        (Standing.ANSWERED, AnsweredAlready),
        (Standing.DECLINED, DeclinedAlready),
    ],
)
def test_who_may_answer(known: Standing | None, refusal: type[AppraisalError]) -> None:
    demand_answer(Standing.INVITED)
    with pytest.raises(refusal):
        demand_answer(known)


def test_who_is_a_subordinate_and_who_a_peer() -> None:
    superiors = {
        "budi": "citra",
        "ani": "budi",
        "eko": "budi",
        "citra": "dewi",
        "feri": "ani",
        "loop": "pool",
        "pool": "loop",
    }
    assert kinds("budi", superiors) == {
        "ani": Kind.SUBORDINATE,
        "eko": Kind.SUBORDINATE,
        "feri": Kind.SUBORDINATE,
        "citra": Kind.PEER,
        "loop": Kind.PEER,
        "pool": Kind.PEER,
    }
