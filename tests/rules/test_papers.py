"""What goes on which form, when, and how a paper is recognised."""

from dataclasses import fields, make_dataclass, replace
from datetime import timedelta

import pytest

from appraisal.access import CLOCK
from appraisal.case import Case
from appraisal.commands import Calibrate, Order
from appraisal.errors import NotIssuedYet
from appraisal.objection.commands import DecideObjection, RefuseAcknowledgement
from appraisal.papers import contents as paper_contents
from appraisal.papers.contents import Known, Setting, supervisor_of
from appraisal.papers.distribution import Decided, Settled, distribution
from appraisal.papers.papers import (
    ADDED,
    CODE,
    OF_A_CASE,
    Act,
    Hindrance,
    PaperKind,
    code_of,
    digest,
    grouped,
    hindrance,
    initials,
    numbered,
)
from appraisal.papers.people import Official
from appraisal.transitions import perform
from appraisal.vocabulary import Outcome, Predicate, Rating, Step, UnitResult
from tests import builders
from tests.rules.objected import ANSWER, delivered, do, to_be_decided

PEOPLE = {
    who: Official(f"{who.title()} Contoh", who, "III/d", "Jabatan", "Bidang")
    for who in ("ani", "budi", "citra", "dewi")
}
KNOWN = Known(Setting("Kabupaten", 2026, "Tahun"), PEOPLE, {"hr": "petugas"}, "citra", UnitResult.BAIK)


def after(orders: int) -> tuple[Case, tuple[Act, ...]]:
    """The case after so many orders of a year in which nothing goes wrong, with its record."""
    case = builders.case()
    for number, order in enumerate(builders.year()[:orders]):
        case = perform(case, order, builders.START + timedelta(days=number), f"c{number}")
    return case, acts_of(case)


def acts_of(case: Case) -> tuple[Act, ...]:
    return tuple(Act(e.kind, e.actor, e.on_behalf_of, e.at, e.reason) for e in case.events)


@pytest.mark.parametrize(
    ("orders", "skp", "rest"),
    [
        (0, Hindrance.NOT_AGREED, Hindrance.STILL_CHANGING),
        (1, Hindrance.NOT_AGREED, Hindrance.STILL_CHANGING),
        (2, None, Hindrance.STILL_CHANGING),
        (4, None, Hindrance.STILL_CHANGING),
        (5, None, None),
        (7, None, None),
    ],
)
def test_a_document_is_issued_once_what_it_says_holds(
    orders: int, skp: Hindrance | None, rest: Hindrance | None
) -> None:
    case, acts = after(orders)
    assert [hindrance(kind, case, acts) for kind in OF_A_CASE] == [skp, rest, rest]
    if rest:
        with pytest.raises(NotIssuedYet) as refused:
            paper_contents.evaluation(case, acts, KNOWN)
        assert refused.value.remedy == "Come back after the calibration."


def test_targets_that_were_changed_after_the_approval_are_a_draft_again() -> None:
    case, acts = after(2)
    again = Act("submit_targets", "ani", None, builders.START + timedelta(days=9))
    assert hindrance(PaperKind.SKP, case, (*acts, again)) is Hindrance.NOT_AGREED
    assert hindrance(PaperKind.SKP, replace(case, step=Step.TARGETS), acts) is Hindrance.NOT_AGREED


def test_who_was_not_rated_has_no_evaluation() -> None:
    case, acts = after(4)
    closed = replace(case, step=Step.CLOSED, outcome=Outcome.UNRATED)
    assert hindrance(PaperKind.RESULT, closed, acts) is Hindrance.UNRATED


def test_the_skp_names_who_signed_and_in_whose_place() -> None:
    case, acts = after(2)
    told = paper_contents.skp(case, (*acts[:-1], replace(acts[-1], actor="citra", on_behalf_of="budi")), KNOWN)
    assert told.supervisor == PEOPLE["budi"], "the official, not who signs for him"
    assert (told.approved.by, told.approved.represents) == (PEOPLE["citra"], PEOPLE["budi"])
    assert len(told.targets) == 3
    assert len(told.expectations) == 7


def test_hr_signs_by_its_account_and_the_supervisor_stays_who_he_is() -> None:
    case, acts = after(2)
    told = paper_contents.skp(case, (*acts[:-1], replace(acts[-1], actor="hr")), KNOWN)
    assert (told.approved.by.name, told.approved.office) == ("petugas", True)
    assert told.supervisor == PEOPLE["budi"]
    assert supervisor_of(case.parties.supervisor, None, ("ani",)) == "budi"


def test_the_evaluation_shows_the_review_and_what_the_calibration_made_of_it() -> None:
    case, _ = after(4)
    calibrate = builders.year()[4].command
    assert isinstance(calibrate, Calibrate)
    changed = replace(calibrate, behaviour=Rating.DI_BAWAH, reason="Dua kali mangkir.")
    case = perform(case, Order(changed, builders.year()[4].actor), builders.START + timedelta(days=5), "c5")
    rated = paper_contents.evaluation(case, acts_of(case), KNOWN).rated
    assert (rated.reviewed_behaviour, rated.behaviour) == (Rating.SESUAI, Rating.DI_BAWAH)
    assert rated.predicate is Predicate.KURANG
    assert rated.calibrated
    assert (rated.calibrated.by, rated.calibrated_reason) == (PEOPLE["dewi"], "Dua kali mangkir.")


def test_a_calibration_by_the_clock_is_nobodys_signature() -> None:
    case, acts = after(5)
    by_clock = tuple(replace(act, actor=CLOCK.id) if act.kind == "calibrate" else act for act in acts)
    assert paper_contents.evaluation(case, by_clock, KNOWN).rated.calibrated is None


def test_the_d11_grows_with_the_record_and_each_time_is_another_document() -> None:
    told = [paper_contents.result(*after(orders), KNOWN) for orders in (5, 6, 7)]
    assert [bool(one.acknowledged) for one in told] == [False, True, True]
    assert [bool(one.nominated) for one in told] == [False, False, True]
    assert told[0].above == PEOPLE["citra"]
    assert len({digest(one) for one in told}) == 3
    assert digest(told[2]) == digest(paper_contents.result(*after(7), KNOWN))


def test_the_d11_carries_the_objection_and_who_decided_on_it() -> None:
    refused = do(delivered(), RefuseAcknowledgement("Tidak sesuai bukti."), builders.EMPLOYEE)
    assert paper_contents.result(refused, acts_of(refused), KNOWN).refused == "Tidak sesuai bukti."
    case = do(to_be_decided(), DecideObjection("Bukti baru kuat.", Rating.DI_ATAS), builders.SUPERIOR)
    told = paper_contents.result(case, acts_of(case), KNOWN)
    said, decided = told.objection, told.objection and told.objection.decided
    assert said
    assert (said.answer, said.ruling, said.results) == (ANSWER.account.text, "Bukti baru kuat.", Rating.SESUAI)
    assert decided
    assert (decided.by, told.rated.results) == (PEOPLE["citra"], Rating.DI_ATAS)
    open_one = to_be_decided()
    waiting = paper_contents.evaluation(open_one, acts_of(open_one), KNOWN)
    assert waiting.objection
    assert (waiting.objection.ended, waiting.objection.decided) == (None, None)


def test_what_is_on_paper_already_stays_the_same_document() -> None:
    """Forms have got fields since: one without an objection has the digest that it had before there were any."""
    told = paper_contents.result(*after(7), KNOWN)
    then = [(field.name, getattr(told, field.name)) for field in fields(told) if field.name not in ADDED]
    assert digest(make_dataclass("Then", [name for name, _ in then])(*(value for _, value in then))) == digest(told)


def test_a_unit_without_a_decision_has_no_distribution() -> None:
    with pytest.raises(NotIssuedYet):
        distribution(KNOWN.setting, "Dinas", UnitResult.BAIK, (), (), PEOPLE, {})


def test_the_distribution_counts_people_and_names_every_round() -> None:
    rows = tuple(Settled(PEOPLE[who], Rating.SESUAI, Rating.SESUAI, who == "ani") for who in ("ani", "budi", "citra"))
    decided = Decided(Act("calibrated", "dewi", None, builders.START, "Prestasi."), 2)
    lapsed = Decided(Act("lapsed", CLOCK.id, None, builders.START), 1)
    told = distribution(KNOWN.setting, "Dinas", UnitResult.BAIK, rows, (decided, lapsed), PEOPLE, {})
    assert dict(told.counts)[Predicate.BAIK] == 3
    assert [one.signed and one.signed.by.name for one in told.rounds] == ["Dewi Contoh", None]
    assert [one.code for one in told.deviations] == ["too_small"]


def test_numbers_initials_and_codes() -> None:
    assert numbered(PaperKind.RESULT, 2026, 12) == "DEK/2026/00012"
    assert initials("Dr. Ani Contoh, S.Kep., M.M.") == "D. A. C."
    assert initials("R.A. Kartini") == "R. A. K."
    code = "0123456789abcdefghjk"
    assert len(code) == CODE
    assert code_of(grouped(code).upper()) == code
    assert code_of(" o123 4567 89ab cdef ghjk") == code, "an o is a zero"
    for wrong in ("", code[:-1], code + "0", "u" * CODE, "é" * CODE):
        assert code_of(wrong) is None
