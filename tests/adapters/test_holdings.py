"""The map of personal data knows every table and column, and the documents and the notice are made of it."""

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table

from adapters.database.holdings.everything import HOLDINGS
from adapters.database.holdings.holding import Holding
from adapters.database.tables.metadata import METADATA
from api.pages.words import LANGUAGES
from appraisal.privacy.personal_data import PURPOSES, TERMS, Category, Term
from appraisal.sources.sources import RULES
from console.privacy import DOCUMENTS, document

HELD = {holding.table: holding for holding in HOLDINGS}


def unknown(metadata: MetaData) -> list[str]:
    """The columns of which the map says nothing, or which it says twice; and what it says of columns that are not there."""
    tables = {name: table for name, table in metadata.tables.items() if not table.info.get("view")}
    there = [f"{name}.{column.name}" for name, table in tables.items() for column in table.c]
    said = [f"{name}.{column}" for name, held in HELD.items() if name in tables for column in held.columns]
    return sorted(set(there) ^ set(said)) + sorted({one for one in said if said.count(one) > 1})


def test_every_table_and_column_is_on_the_map() -> None:
    assert unknown(METADATA) == []
    assert len(HELD) == len(HOLDINGS), "a table is declared once"
    assert set(HELD) <= set(METADATA.tables)


def test_a_new_table_or_column_that_the_map_does_not_know_is_found() -> None:
    grown = MetaData()
    Table(
        "person",
        grown,
        Column("id", String),
        *(Column(name, String) for name in ("nip", "name", "email", "blood_type")),
    )
    Table("pet", grown, Column("id", Integer))
    assert unknown(grown) == ["person.blood_type", "person.employment", "person.grade", "person.level", "pet.id"]


@pytest.mark.parametrize("held", HOLDINGS, ids=lambda held: held.table)
def test_whose_a_row_is_and_what_its_age_counts_from_are_columns(held: Holding) -> None:
    assert {held.whose, held.age} - {""} <= set(held.columns)


def test_every_category_is_said_by_rules_of_the_registry_and_has_a_table() -> None:
    assert tuple(PURPOSES) == tuple(Category)
    assert set(TERMS) == set(Term)
    assert {key for purpose in PURPOSES.values() for key in purpose.basis} <= set(RULES)
    assert {held.category for held in HOLDINGS} == set(Category)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_documents_are_those_of_the_declarations(language: str) -> None:
    assert DOCUMENTS[language].read_text() == document(language), "write them anew: python -m console.privacy"
