"""The paper of a year's angka kredit: what was confirmed, how it was converted, what was collected by then, and no more."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from appraisal.career.career import CARRIED_OVER, Ground, Verdict, Why
from appraisal.errors import NotIssuedYet
from appraisal.papers.contents import Setting
from appraisal.papers.credit import CreditDecision, CreditPaper, credit_paper
from appraisal.papers.papers import digest
from appraisal.papers.people import Official, Signed
from appraisal.vocabulary import Level, Predicate

AT = datetime(2027, 2, 1, tzinfo=UTC)
GITA, HR = Official("Gita Contoh", "199103142022212003"), Official("olga")
TOLD = {"predicate": "SANGAT_BAIK", "percent": "150", "per_year": "12.5", "months": "12"}


def decision(about: str, credit: str, level: Level | None = Level.AHLI_PERTAMA, **told: str) -> CreditDecision:
    grounds = (Ground(Why.CONVERTED, tuple({**TOLD, **told}.items())),) if about != CARRIED_OVER else ()
    return CreditDecision(about, Verdict.CONFIRMED, Decimal(credit), level, grounds, "", "olga", AT)


THIS = decision("2026", "18.75")
HISTORY = (
    *(THIS, decision("2025", "12.50"), decision(CARRIED_OVER, "20.5")),
    *(decision("2024", "5", Level.TERAMPIL), decision("2027", "2.08", months="2")),
)


def paper(*decisions: CreditDecision, year: int = 2026) -> CreditPaper:
    return credit_paper(year, decisions or HISTORY, Setting("Kabupaten", year, ""), GITA, Signed(HR, AT, office=True))


def test_the_year_stands_with_its_arithmetic_and_what_was_collected_at_the_same_level_by_then() -> None:
    found = paper()
    one = found.converted
    assert (one.predicate, one.percent, one.per_year, one.months, one.credit) == (
        *(Predicate.SANGAT_BAIK, 150, Decimal("12.5"), 12),
        Decimal("18.75"),
    )
    assert found.earlier == ((CARRIED_OVER, Decimal("20.5")), ("2025", Decimal("12.50")))
    assert found.collected == Decimal("51.75"), "neither another level nor a later year counts"
    assert (found.needed.rank, found.needed.level) == (Decimal(50), Decimal(100))


@pytest.mark.parametrize(
    "decisions",
    [
        (replace(THIS, verdict=Verdict.REFUSED),),
        (decision("2025", "12.5"),),
        (replace(THIS, level=None),),
    ],
    ids=["refused", "another year", "no level"],
)
def test_what_nobody_confirmed_has_no_paper(decisions: tuple[CreditDecision, ...]) -> None:
    with pytest.raises(NotIssuedYet):
        paper(*decisions)


def test_another_decision_is_another_paper_and_a_refused_year_does_not_count() -> None:
    assert digest(paper()) == digest(paper())
    refused = tuple(replace(one, verdict=Verdict.REFUSED) if one.about == "2025" else one for one in HISTORY)
    assert paper(*refused).collected == Decimal("39.25")
    assert digest(paper(*refused)) != digest(paper())
