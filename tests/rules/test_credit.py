"""Angka kredit: the golden numbers of the field, months in a position, and what the next rank and level need."""

from datetime import date
from decimal import Decimal

import pytest

from appraisal.career.credit import (
    NEEDED,
    PER_YEAR,
    PERCENT,
    Conversion,
    Half,
    Held,
    Rounding,
    level_in,
    months_held,
    progress,
)
from appraisal.vocabulary import Level, Predicate

PERTAMA, MUDA, MADYA = Level.AHLI_PERTAMA, Level.AHLI_MUDA, Level.AHLI_MADYA


@pytest.mark.parametrize(
    ("predicate", "level", "months", "credit"),
    [
        (Predicate.SANGAT_BAIK, PERTAMA, 12, "18.75"),
        (Predicate.BAIK, PERTAMA, 2, "2.08"),
        (Predicate.BAIK, MADYA, 12, "37.50"),
        (Predicate.BUTUH_PERBAIKAN, MUDA, 12, "18.75"),
        (Predicate.BUTUH_PERBAIKAN, PERTAMA, 12, "9.38"),
        (Predicate.KURANG, MUDA, 12, "12.50"),
        (Predicate.SANGAT_KURANG, MUDA, 12, "6.25"),
        (Predicate.BAIK, Level.PEMULA, 12, "3.75"),
    ],
)
def test_the_golden_numbers(predicate: Predicate, level: Level, months: int, credit: str) -> None:
    assert str(Conversion(predicate, level, months).credit()) == credit


def test_needs_improvement_counts_three_quarters_and_every_predicate_and_level_counts_something() -> None:
    assert PERCENT[Predicate.BUTUH_PERBAIKAN] == 75
    assert list(PERCENT) == list(Predicate)
    assert sorted(PERCENT.values(), reverse=True) == list(PERCENT.values())
    assert set(PER_YEAR) == set(NEEDED) == set(Level)


@pytest.mark.parametrize(
    ("rounding", "credit"),
    [
        (Rounding(2, Half.DOWN), "9.37"),
        (Rounding(2, Half.EVEN), "9.38"),
        (Rounding(3), "9.375"),
        (Rounding(0), "9"),
    ],
)
def test_rounding_is_the_agencys(rounding: Rounding, credit: str) -> None:
    assert str(Conversion(Predicate.BUTUH_PERBAIKAN, PERTAMA, 12).credit(rounding)) == credit


def test_what_the_next_rank_and_level_need_counts_the_present_level_alone() -> None:
    found = progress(PERTAMA, [(PERTAMA, Decimal("18.75")), (PERTAMA, Decimal("12.5")), (Level.MAHIR, Decimal(40))])
    assert (found.credit, found.to_rank, found.to_level) == (Decimal("31.25"), Decimal("18.75"), Decimal("68.75"))
    done = progress(PERTAMA, [(PERTAMA, Decimal(120))])
    assert (done.to_rank, done.to_level) == (Decimal(0), Decimal(0))
    assert progress(Level.AHLI_UTAMA, []).to_level is None


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("Perencana Ahli Muda", MUDA),
        ("perawat terampil", Level.TERAMPIL),
        ("Guru Ahli Pertama", PERTAMA),
        ("Pengawas Imunisasi", None),
        ("Ahli Muda", None),
    ],
)
def test_a_title_may_say_the_level(title: str, level: Level | None) -> None:
    assert level_in(title) is level


def test_months_are_those_in_a_functional_position() -> None:
    moved = [Held(True, date(2020, 1, 1), date(2026, 3, 15)), Held(False, date(2026, 3, 15))]
    assert months_held(moved, 2026) == 2
    assert months_held(moved, 2025) == 12
    assert months_held(moved, 2027) == 0


def test_what_is_before_the_record_counts_as_its_first_position_and_what_is_after_its_end_counts_nothing() -> None:
    assert months_held([Held(True, date(2026, 11, 29))], 2026) == 12
    assert months_held([Held(True, date(2026, 11, 29), date(2026, 12, 1))], 2026) == 11
    assert months_held([], 2026) == 0
