"""The map of personal data in both languages, made of its declarations: python -m console.privacy. A test compares them."""

from collections.abc import Iterator
from pathlib import Path

from adapters.database.holdings.everything import HOLDINGS, PLACES
from adapters.database.holdings.holding import GROUPS, Holding
from api.pages.rule_words import SURE
from api.pages.words import translations
from appraisal.privacy.personal_data import PURPOSES, TERMS, Category
from appraisal.sources.sources import RULES
from console.privacy_words import HEADINGS, INTRODUCTION

DOCS = Path(__file__).parents[1] / "docs"
DOCUMENTS = {"en": DOCS / "privacy.md", "id": DOCS / "privasi.md"}


def document(language: str) -> str:
    """The whole map in this language."""
    headings = HEADINGS[language]
    parts = (
        (headings.categories, headings.category_columns, _categories(language)),
        (headings.tables, headings.table_columns, _tables()),
        (headings.places, headings.place_columns, _places(language)),
    )
    return "\n".join((INTRODUCTION[language], *(_part(*part) for part in parts)))


def _part(title: str, columns: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    lines = (columns, ("---",) * len(columns), *rows)
    return f"## {title}\n\n" + "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _categories(language: str) -> Iterator[tuple[str, ...]]:
    say = translations(language).gettext
    for category, purpose in PURPOSES.items():
        basis = "; ".join(_law(key, language) for key in purpose.basis)
        told = (say(text) for text in (purpose.what, purpose.why))
        yield f"`{category}`", *told, basis, say(TERMS[purpose.term]), say(purpose.seen_by)


def _law(key: str, language: str) -> str:
    rule = RULES[key]
    return f"{rule.source} ({translations(language).gettext(SURE[rule.sure])})"


def _tables() -> Iterator[tuple[str, ...]]:
    """In the order of the categories; of the columns that say nothing of anybody, not even the names."""
    for category in Category:
        for held in (one for one in HOLDINGS if one.category is category):
            yield f"`{category}`", f"`{held.table}`", _code((held.whose,)), *_groups(held)


def _groups(held: Holding) -> Iterator[str]:
    return (_code(held.group(name)) for name in GROUPS if name != "rest")


def _places(language: str) -> Iterator[tuple[str, ...]]:
    say = translations(language).gettext
    for place in PLACES:
        yield say(place.where), say(place.what), say(place.goes)


def _code(columns: tuple[str, ...]) -> str:
    return " ".join(f"`{column}`" for column in columns if column) or "–"


if __name__ == "__main__":
    for language, file in DOCUMENTS.items():
        file.write_text(document(language))
