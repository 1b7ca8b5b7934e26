"""An import as a state: what may be decided, when, and by whom."""

from datetime import UTC, date, datetime

import pytest

from appraisal.access import Actor
from appraisal.errors import (
    AlreadyClosed,
    AppraisalError,
    InvalidImport,
    MissingReason,
    NotAllowed,
    NotOpenYet,
    StaleRevision,
)
from appraisal.people.departure import Cause, OwnCases
from appraisal.roster.importing import Decision, Findings, Import, ImportOrder, Missing, Phase
from appraisal.roster.roster import ImportKind

AT = datetime(2026, 1, 2, tzinfo=UTC)
HR = Actor("officer", hr=True)
CHECKING = Import(ImportOrder("batch", ImportKind.PEOPLE, date(2026, 1, 1), "account")).checking(AT)
PREVIEWED = CHECKING.found(Findings(differences=2))


def test_every_accepted_change_is_one_event_and_revisions_have_no_gap() -> None:
    decided = PREVIEWED.decide(Decision(HR, True), AT, "command")
    for state, revision, kind in (
        (CHECKING, 0, "previewed"),
        (decided, 1, "applied"),
        (PREVIEWED.lapse(AT), 1, "lapsed"),
    ):
        assert state.event is not None
        assert (state.revision, state.event.revision, state.event.kind) == (revision, revision, kind)


@pytest.mark.parametrize(
    ("state", "decision", "refusal"),
    [
        (PREVIEWED, Decision(Actor("clerk"), True), NotAllowed),
        (CHECKING, Decision(HR, True), NotOpenYet),
        (PREVIEWED.decide(Decision(HR, True), AT, "c"), Decision(HR, False), NotOpenYet),
        (PREVIEWED.lapse(AT), Decision(HR, True), AlreadyClosed),
        (PREVIEWED.decide(Decision(HR, False), AT, "c"), Decision(HR, True), AlreadyClosed),
        (PREVIEWED, Decision(HR, True, expected_revision=1), StaleRevision),
        (CHECKING.found(Findings(errors=1)), Decision(HR, True), InvalidImport),
        (CHECKING.found(Findings(bereft=1, missing=1)), Decision(HR, True, ends_missing=True), InvalidImport),
        (PREVIEWED, Decision(HR, True, True, missing=Missing(OwnCases.HOLD, AT, "Cuti.")), InvalidImport),
        (PREVIEWED, Decision(HR, True, True, missing=Missing(OwnCases.CLOSE, AT)), MissingReason),
    ],
)
def test_a_decision_that_cannot_be_is_refused_by_a_type(
    state: Import, decision: Decision, refusal: type[AppraisalError]
) -> None:
    with pytest.raises(refusal):
        state.decide(decision, AT, "command")


def test_a_file_with_errors_or_bereft_people_can_still_be_discarded_or_applied_without_ending_anybody() -> None:
    assert CHECKING.found(Findings(errors=1)).decide(Decision(HR, False), AT, "c").phase is Phase.DISCARDED
    applying = CHECKING.found(Findings(bereft=1)).decide(Decision(HR, True), AT, "c")
    assert (applying.phase, applying.ends_missing) == (Phase.APPLYING, False)


def test_whoever_is_ended_with_a_file_leaves_by_an_order_like_any_other() -> None:
    missing = Missing(OwnCases.GO_ON, AT)
    ending = PREVIEWED.decide(Decision(HR, True, True, missing=missing), AT, "c")
    order = ending.departures(("ani",))
    assert order is not None
    assert (order.id, order.cause, order.own_cases, order.people) == ("batch", Cause.LEFT, OwnCases.GO_ON, ("ani",))
    assert (order.effective_on, order.begins_at, order.actor) == (date(2026, 1, 1), AT, HR)
    assert ending.departures(()) is None
    for staying in (Decision(HR, True, False, missing=missing), Decision(HR, True, True)):
        assert PREVIEWED.decide(staying, AT, "c").departures(("ani",)) is None
