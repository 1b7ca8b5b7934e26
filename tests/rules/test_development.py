"""Development plans: needs from gaps, hours and careers; changed with reasons, agreed to by both, and never unseen."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from appraisal.career.career import Career, Decided, Kind, Post, Verdict
from appraisal.development.changes import Change, Gap, Hands, changed
from appraisal.development.development import Competence, Known, Source, Way, Why, proposed
from appraisal.development.errors import InvalidNeed, InvalidTerm, NothingToChange, NotPlannedYet, PlanChanged
from appraisal.development.plan import Deed, Plan, Side, plan_of
from appraisal.errors import AppraisalError, InvalidText, MissingReason
from appraisal.training.training import Facts, Measured
from appraisal.vocabulary import Aspect, Employment, Level, Predicate, Rating

YEAR, TODAY = 2027, date(2027, 2, 1)
SLOW = Measured(2, Aspect.WAKTU, Decimal(10), Decimal(14), "hari")
POOR = Facts(Predicate.BUTUH_PERBAIKAN, Rating.DI_BAWAH, Rating.SESUAI, (SLOW,))
KNOWN = Known(Employment.PNS, (2026, POOR), hours=0)
GAP = Gap(Competence.MANAGERIAL, 2, 3)
PRESENT: dict[str, Any] = {"way": Way.COACHING, "by": date(2027, 6, 30)}


class Table:
    """Two people and HR at one plan; what is proposed may change under their hands."""

    def __init__(self, known: Known = KNOWN) -> None:
        self.known = known
        self.plan = self._plan(())

    def _plan(self, entries: tuple[Any, ...]) -> Plan:
        return plan_of(YEAR, proposed(self.known), entries)

    def now(self, known: Known) -> Plan:
        self.known = known
        self.plan = self._plan(self.plan.entries)
        return self.plan

    def do(self, side: Side, deed: Deed, seen: str = "", **more: Any) -> Plan:
        at = datetime(2027, 2, 1, tzinfo=UTC)
        entry = changed(self.plan, Change(deed, seen or self.plan.seen, **more), Hands(str(side), side, at, TODAY))
        self.plan = self._plan((*self.plan.entries, entry))
        return self.plan


def keys(plan: Plan) -> list[str]:
    return [item.need.key for item in plan.items]


def planned(table: Table) -> Table:
    for key in keys(table.plan):
        table.do(Side.SUPERIOR, Deed.PLANNED, key=key, **PRESENT)
    return table


def test_needs_follow_from_the_gap_then_from_the_hours() -> None:
    found = proposed(KNOWN)
    assert [(need.key, need.source) for need in found] == [
        ("performance/2026/needs_improvement", Source.PERFORMANCE),
        ("performance/2026/missed_target/2", Source.PERFORMANCE),
        ("hours", Source.HOURS),
    ]
    assert dict(found[1].parameters)["reached"] == "14"
    assert found[1].topics == ("WAKTU",)


def test_who_was_very_good_has_no_gap_and_is_to_grow() -> None:
    (need,) = proposed(Known(Employment.PPPK, (2026, Facts(Predicate.SANGAT_BAIK, None, None, ()))))
    assert (need.key, need.source, need.topics) == ("career/2026/outstanding", Source.CAREER, ("PENGEMBANGAN",))


@pytest.mark.parametrize(
    ("employment", "hours", "owed"),
    [
        (Employment.PNS, 19, "1"),
        (Employment.PNS, 20, None),
        (Employment.PNS, 21, None),
        (Employment.PPPK, 0, None),
    ],
)
def test_a_pns_owes_what_is_missing_from_twenty_hours(employment: Employment, hours: int, owed: str | None) -> None:
    found = proposed(Known(employment, hours=hours))
    assert [dict(need.parameters)["owed"] for need in found] == ([owed] if owed else [])


def career(credit: str, shown: bool, verdict: Verdict = Verdict.CONFIRMED) -> Known:
    decided = (
        Decided(Kind.CREDIT, "2026", Verdict.CONFIRMED, credit, level=Level.AHLI_PERTAMA),
        Decided(Kind.SUCCESSION, "p1", verdict, "p1"),
    )
    post = Post("p1", "Kepala Bidang", "u1")
    held = Career("ani", "1", Employment.PPPK, True, Level.AHLI_PERTAMA, next_post=post, decided=decided)
    return Known(Employment.PPPK, career=held, succession=shown)


@pytest.mark.parametrize(
    ("known", "reasons"),
    [
        (career("99.99", False), []),
        (career("100", False), [Why.NEXT_LEVEL]),
        (career("0", True), [Why.SUCCESSOR]),
        (career("0", True, Verdict.REFUSED), []),
    ],
)
def test_a_career_asks_for_preparation_and_shows_no_hidden_pool(known: Known, reasons: list[Why]) -> None:
    assert [need.why for need in proposed(known)] == reasons


def test_a_plan_holds_once_both_have_agreed_to_the_same() -> None:
    table = planned(Table())
    assert not table.do(Side.EMPLOYEE, Deed.AGREED).holds
    assert table.do(Side.SUPERIOR, Deed.AGREED).holds
    with pytest.raises(NothingToChange):
        table.do(Side.SUPERIOR, Deed.AGREED)
    table.do(Side.EMPLOYEE, Deed.LEFT_OUT, key="hours", reason="Cuti besar.")
    assert table.plan.agreed == {}, "what was agreed to is another plan"


def test_hours_that_were_had_change_no_agreement_and_a_new_gap_does() -> None:
    table = planned(Table())
    for side in (Side.EMPLOYEE, Side.SUPERIOR):
        table.do(side, Deed.AGREED)
    assert table.now(replace(KNOWN, hours=12)).holds
    met = table.now(replace(KNOWN, hours=20))
    assert met.holds
    assert [item.gone for item in met.items if item.need.key == "hours"] == [True]
    worse = table.now(replace(KNOWN, rated=(2026, replace(POOR, behaviour=Rating.DI_BAWAH))))
    assert not worse.holds
    assert "performance/2026/poor_behaviour" in keys(worse)


def test_what_people_touched_stays_when_the_record_drops_it() -> None:
    table = Table()
    table.do(Side.EMPLOYEE, Deed.PLANNED, key="performance/2026/missed_target/2", **PRESENT)
    fine = table.now(Known(Employment.PNS, hours=20))
    assert [(item.need.key, item.gone, item.way) for item in fine.items] == [
        ("performance/2026/missed_target/2", True, Way.COACHING)
    ]


def test_a_gap_in_competence_is_entered_by_others_and_a_wish_by_oneself() -> None:
    table = Table(Known(Employment.PPPK))
    gap: dict[str, Any] = {
        "source": Source.COMPETENCE,
        "text": "Menyusun anggaran",
        "reason": "Hasil uji kompetensi.",
        "gap": GAP,
    }
    wish: dict[str, Any] = {
        "source": Source.WISH,
        "text": "Belajar Python",
        "reason": "Ingin pindah ke data.",
        "topic": "KUALITAS",
    }
    for side, need in ((Side.EMPLOYEE, gap), (Side.SUPERIOR, wish), (Side.HR, wish)):
        with pytest.raises(InvalidNeed) as refused:
            table.do(side, Deed.ADDED, **need)
        assert refused.value.where == "source"
    table.do(Side.HR, Deed.ADDED, **gap)
    plan = table.do(Side.EMPLOYEE, Deed.ADDED, **wish, **PRESENT)
    assert [(item.need.source, item.need.topics, item.planned) for item in plan.items] == [
        (Source.COMPETENCE, (), False),
        (Source.WISH, ("KUALITAS",), True),
    ]
    assert dict(plan.items[0].need.parameters) == {
        "what": "Menyusun anggaran",
        "reason": "Hasil uji kompetensi.",
        "competence": "manajerial",
        "assessed": "2",
        "required": "3",
    }
    assert [(entry.side, entry.reason) for entry in plan.entries] == [
        (Side.HR, "Hasil uji kompetensi."),
        (Side.EMPLOYEE, "Ingin pindah ke data."),
    ]


OWN = {"source": Source.PERFORMANCE, "text": "Menulis laporan", "reason": "Sering terlambat."}
LEVELS = {**OWN, "source": Source.COMPETENCE}


@pytest.mark.parametrize(
    ("deed", "more", "refusal", "where"),
    [
        (Deed.PLANNED, {"key": "hours"}, InvalidTerm, "way"),
        (Deed.PLANNED, {"key": "hours", "way": Way.COACHING}, InvalidTerm, "by"),
        (Deed.PLANNED, {"key": "hours", "way": Way.COACHING, "by": date(2027, 1, 31)}, InvalidTerm, "by"),
        (Deed.PLANNED, {"key": "nothing", **PRESENT}, NothingToChange, "key"),
        (Deed.LEFT_OUT, {"key": "hours"}, MissingReason, "reason"),
        (Deed.TAKEN_IN, {"key": "hours", "reason": "Perlu."}, NothingToChange, "reason"),
        (Deed.AGREED, {}, NotPlannedYet, ""),
        (Deed.ADDED, {**OWN, "text": " "}, InvalidText, "text"),
        (Deed.ADDED, {**OWN, "reason": ""}, MissingReason, "reason"),
        (Deed.ADDED, {**OWN, "topic": "SIHIR"}, InvalidNeed, "topic"),
        (Deed.ADDED, {**OWN, "by": date(2026, 12, 31)}, InvalidTerm, "by"),
        (Deed.ADDED, {**OWN, "source": Source.HOURS}, InvalidNeed, "source"),
        (Deed.ADDED, {**OWN, "source": None}, InvalidNeed, "source"),
        (Deed.ADDED, LEVELS, InvalidNeed, "assessed"),
        (Deed.ADDED, {**LEVELS, "gap": replace(GAP, assessed=3)}, InvalidNeed, "assessed"),
        (Deed.ADDED, {**LEVELS, "gap": replace(GAP, required=6)}, InvalidNeed, "required"),
        (Deed.ADDED, {**LEVELS, "gap": replace(GAP, assessed=-1)}, InvalidNeed, "assessed"),
    ],
)
def test_what_makes_no_sense_is_refused_where_it_is_wrong(
    deed: Deed, more: dict[str, Any], refusal: type[AppraisalError], where: str
) -> None:
    table = Table()
    with pytest.raises(refusal) as refused:
        table.do(Side.SUPERIOR, deed, **more)
    assert refused.value.where == where
    assert refused.value.remedy
    assert table.plan.entries == ()


def test_nobody_changes_what_he_has_not_seen() -> None:
    table = Table()
    seen = table.plan.seen
    table.do(Side.EMPLOYEE, Deed.PLANNED, key="hours", **PRESENT)
    with pytest.raises(PlanChanged):
        table.do(Side.SUPERIOR, Deed.PLANNED, seen, key="hours", way=Way.E_LEARNING, by=date(2027, 5, 1))
    seen = table.plan.seen
    table.now(replace(KNOWN, rated=None))
    with pytest.raises(PlanChanged):
        table.do(Side.SUPERIOR, Deed.LEFT_OUT, seen, key="hours", reason="Sudah cukup.")


def test_a_need_is_left_out_and_taken_in_again_as_it_was() -> None:
    table = planned(Table())
    table.do(Side.EMPLOYEE, Deed.LEFT_OUT, key="hours", reason="Cuti besar.")
    assert "hours" not in [item.need.key for item in table.plan.kept]
    back = table.do(Side.SUPERIOR, Deed.TAKEN_IN, key="hours", reason="Cuti dibatalkan.")
    assert (back.item("hours").left_out, back.item("hours").way) == (False, Way.COACHING)
