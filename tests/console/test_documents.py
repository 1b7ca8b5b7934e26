"""Pages of docs/ that are made of the code are those of the code as it is."""

from collections.abc import Callable
from pathlib import Path

import pytest

from api.pages.labels import NOTICES
from console import events, problems
from tests.announced import codes, description


@pytest.mark.parametrize(
    ("page", "made"),
    [(events.DOCUMENT, events.document), (problems.DOCUMENT, lambda: problems.document(description()))],
    ids=("events", "problems"),
)
def test_the_page_is_the_one_that_the_code_makes(page: Path, made: Callable[[], str]) -> None:
    assert page.read_text() == made(), f"write it anew: python -m console.{page.stem} > docs/{page.name}"


def test_every_kind_and_every_code_is_on_them() -> None:
    rows = events.DOCUMENT.read_text().splitlines()
    assert {kind for kind in NOTICES if not any(row.startswith(f"| `{kind}` |") for row in rows)} == set()
    refusals = {f"components.{name}": {"$ref": f"/{name}"} for name in description()["components"]["responses"]}
    announced = {code for answer in refusals.values() for code in codes(answer)}
    text = problems.DOCUMENT.read_text()
    assert {code for code in announced if f"| `{code}` |" not in text} == set()
