"""What the record proposes for a career, how a named person decides, and what the employee reads of it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from appraisal.career import errors as career_errors
from appraisal.career.career import CARRIED_OVER, Career, Decided, Kind, Post, Proposal, Score, Verdict, Why, proposals
from appraisal.career.decisions import Hands, Settled, Wish, given, settled
from appraisal.career.own import as_told
from appraisal.career.policy import CareerPolicy
from appraisal.career.recognition import Award, Rated, appointed, for_service, very_good_twice
from appraisal.career.talent import CutOffs
from appraisal.errors import AppraisalError, MissingReason
from appraisal.vocabulary import Employment, Level, Predicate

TODAY = date(2027, 2, 1)
POLICY = CareerPolicy(CutOffs(Decimal(81), Decimal(61)), committee=("dewi",))
GITA = Career(
    *("gita", "199003152008012001", Employment.PNS, True, Level.AHLI_PERTAMA),
    rated=(Rated(2025, Predicate.SANGAT_BAIK), Rated(2026, Predicate.SANGAT_BAIK)),
    months={2025: 12, 2026: 2},
    score=Score(Decimal("84.5"), date(2026, 5, 4), "Assessment Center"),
    next_post=Post("kabid", "Kepala Bidang P2P", "p2p"),
)
HR, MEMBER = Hands("hr"), Hands("hr", "dewi")


def offered(career: Career = GITA, policy: CareerPolicy = POLICY) -> dict[str, Proposal]:
    return {f"{one.kind} {one.about}": one for one in proposals(career, policy, TODAY)}


def decide(about: str, verdict: Verdict, hands: Hands = HR, why: str = "", value: str = "", mark: str = "") -> Settled:
    one = offered()[about]
    wish = Wish(one.kind, "gita", one.about, mark or GITA.seen(one), verdict, value)
    return settled(wish, tuple(offered().values()), GITA, POLICY, hands, why)


def with_box(box: str) -> Career:
    return replace(GITA, decided=(Decided(Kind.BOX, "2026", Verdict.CONFIRMED, box),))


def test_everything_is_proposed_with_its_reasons() -> None:
    found = offered()
    assert {key: one.value for key, one in found.items()} == {
        "credit 2025": "18.75",
        "credit 2026": "3.13",
        "box 2026": "9",
        "award very_good_twice/2026": "very_good_twice",
        "award satyalancana_10": "satyalancana_10",
    }
    arithmetic = dict(found["credit 2026"].grounds[0].parameters)
    assert (arithmetic["months"], arithmetic["percent"], arithmetic["per_year"]) == ("2", "150", "12.5")
    assert [ground.why for ground in found["box 2026"].grounds] == [Why.PERFORMANCE, Why.POTENTIAL]


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"functional": False}, "credit 2026"),
        ({"level": None}, "credit 2026"),
        ({"months": {2026: 0}}, "credit 2026"),
        ({"score": None}, "box 2026"),
        ({"rated": ()}, "box 2026"),
        (
            {"rated": (Rated(2024, Predicate.SANGAT_BAIK), Rated(2026, Predicate.SANGAT_BAIK))},
            "award very_good_twice/2026",
        ),
        ({"employment": Employment.PPPK}, "award satyalancana_10"),
    ],
)
def test_what_the_record_does_not_bear_is_not_proposed(change: dict[str, object], missing: str) -> None:
    assert missing not in offered(replace(GITA, **change))  # type: ignore[arg-type]


def test_without_cut_offs_there_is_no_box() -> None:
    assert "box 2026" not in offered(policy=CareerPolicy())


@pytest.mark.parametrize(("box", "pool"), [("6", False), ("7", True), ("8", True), ("9", True), ("5", False)])
def test_the_pool_is_made_of_confirmed_boxes(box: str, pool: bool) -> None:
    assert ("succession kabid" in offered(with_box(box))) is pool


def test_a_decision_stands_until_what_it_rests_on_changes() -> None:
    one = offered()["box 2026"]
    decided = replace(GITA, decided=(Decided(Kind.BOX, "2026", Verdict.CHANGED, "8", one.mark),))
    assert not decided.waits(one)
    assert decided.box == (2026, 8)
    assessed = replace(decided, score=Score(Decimal(60), date(2026, 9, 1), "Assessment Center"))
    assert assessed.waits(offered(assessed)["box 2026"])


def test_confirming_keeps_the_proposal_its_reasons_and_the_level() -> None:
    found = decide("credit 2025", Verdict.CONFIRMED)
    assert (found.decided.value, found.decided.level, found.hands) == ("18.75", Level.AHLI_PERTAMA, HR)
    assert found.grounds == offered()["credit 2025"].grounds
    counted = replace(
        GITA, decided=(found.decided, given(Kind.CREDIT, "gita", CARRIED_OVER, "20", HR, "PAK 2024").decided)
    )
    known = counted.progress()
    assert known is not None
    assert known.credit == Decimal("38.75")


def test_other_months_are_converted_anew_and_another_box_needs_its_reason() -> None:
    found = decide("credit 2026", Verdict.CHANGED, why="Cuti di luar tanggungan negara.", value="1")
    assert (found.decided.value, found.proposed) == ("1.56", "3.13")
    assert dict(found.grounds[0].parameters)["months"] == "1"
    assert decide("box 2026", Verdict.CHANGED, MEMBER, "Baru dua bulan.", "8").decided.value == "8"


@pytest.mark.parametrize(
    ("refusal", "about", "verdict", "more"),
    [
        (MissingReason, "credit 2025", Verdict.REFUSED, {}),
        (MissingReason, "box 2026", Verdict.CHANGED, {"hands": MEMBER, "value": "8"}),
        (career_errors.ProposalChanged, "credit 2025", Verdict.CONFIRMED, {"mark": "0"}),
        (career_errors.NamesNoMember, "box 2026", Verdict.CONFIRMED, {}),
        (career_errors.NamesNoMember, "box 2026", Verdict.CONFIRMED, {"hands": Hands("hr", "citra")}),
        (career_errors.DecidesOnHimself, "credit 2025", Verdict.CONFIRMED, {"hands": Hands("gita")}),
        (career_errors.DecidesOnHimself, "box 2026", Verdict.CONFIRMED, {"hands": Hands("hr", "gita")}),
        (career_errors.InvalidChange, "box 2026", Verdict.CHANGED, {"hands": MEMBER, "value": "10", "why": "x"}),
        (career_errors.InvalidChange, "box 2026", Verdict.REFUSED, {"hands": MEMBER, "why": "x"}),
        (career_errors.InvalidChange, "credit 2025", Verdict.CHANGED, {"value": "13", "why": "x"}),
        (career_errors.InvalidChange, "award satyalancana_10", Verdict.CHANGED, {"value": "1", "why": "x"}),
        (career_errors.InvalidChange, "award satyalancana_10", Verdict.GIVEN, {"why": "x"}),
    ],
)
def test_what_cannot_be_decided_is_refused(
    refusal: type[AppraisalError], about: str, verdict: Verdict, more: dict[str, str]
) -> None:
    with pytest.raises(refusal) as told:
        decide(about, verdict, **more)  # type: ignore[arg-type]
    assert told.value.remedy


def test_what_somebody_else_has_just_decided_is_not_decided_over() -> None:
    one = offered()["credit 2025"]
    wish = Wish(one.kind, "gita", one.about, GITA.seen(one), Verdict.REFUSED)
    meanwhile = replace(GITA, decided=(Decided(one.kind, one.about, Verdict.CONFIRMED, one.value, one.mark, number=1),))
    with pytest.raises(career_errors.ProposalChanged):
        settled(wish, (one,), meanwhile, POLICY, HR, "Belum lengkap.")
    again = replace(wish, mark=meanwhile.seen(one))
    assert settled(again, (one,), meanwhile, POLICY, HR, "Belum lengkap.").decided.verdict is Verdict.REFUSED


def test_a_successor_needs_a_reason_and_what_is_not_proposed_cannot_be_confirmed() -> None:
    pooled = with_box("9")
    one = offered(pooled)["succession kabid"]
    wish = Wish(Kind.SUCCESSION, "gita", "kabid", pooled.seen(one), Verdict.CONFIRMED)
    with pytest.raises(MissingReason):
        settled(wish, (one,), pooled, POLICY, MEMBER, "")
    assert settled(wish, (one,), pooled, POLICY, MEMBER, "Memimpin tim vaksin.").decided.holds
    with pytest.raises(career_errors.NothingProposed):
        settled(replace(wish, about="sekda"), (one,), pooled, POLICY, MEMBER, "Memimpin tim vaksin.")


def test_the_employee_reads_facts_and_reasons_but_the_box_only_as_the_agency_allows() -> None:
    box = offered()["box 2026"]
    value, grounds = as_told(Kind.BOX, box.value, box.grounds, POLICY)
    assert value == ""
    assert [dict(ground.parameters) for ground in grounds] == [
        {"year": "2026", "predicate": "SANGAT_BAIK"},
        {"score": "84.5", "on": "2026-05-04", "source": "Assessment Center"},
    ]
    assert as_told(Kind.BOX, box.value, box.grounds, replace(POLICY, own_box=True)) == (box.value, box.grounds)
    post = offered(with_box("9"))["succession kabid"]
    assert as_told(Kind.SUCCESSION, post.value, post.grounds, POLICY) == ("", ())
    credit = offered()["credit 2026"]
    assert as_told(Kind.CREDIT, credit.value, credit.grounds, POLICY) == (credit.value, credit.grounds)


def test_very_good_must_be_two_years_running() -> None:
    very_good, good = Predicate.SANGAT_BAIK, Predicate.BAIK
    assert very_good_twice([Rated(2024, very_good), Rated(2025, very_good), Rated(2026, very_good)]) == (2025, 2026)
    assert very_good_twice([Rated(2024, very_good), Rated(2025, good), Rated(2026, very_good)]) == ()


@pytest.mark.parametrize(
    ("since", "award"),
    [
        (date(2017, 2, 1), Award.SATYALANCANA_10),
        (date(2017, 3, 1), None),
        (date(2007, 2, 1), Award.SATYALANCANA_20),
        (date(1997, 2, 1), Award.SATYALANCANA_30),
        (date(1997, 3, 1), Award.SATYALANCANA_20),
        (None, None),
    ],
)
def test_years_of_service_are_whole_years(since: date | None, award: Award | None) -> None:
    assert for_service(since, TODAY) is award


def test_the_nip_of_a_pns_says_since_when_and_that_of_a_pppk_does_not() -> None:
    assert appointed("198609262015051001", Employment.PNS) == date(2015, 5, 1)
    assert appointed("199103142022212003", Employment.PPPK) is None
    assert appointed("199103142022212003", Employment.PNS) is None
    assert appointed("0" * 18, Employment.PNS) is None
