"""The check that every text of the pages has its translation."""

from pathlib import Path

import pytest

from console.translations import complaints

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Language: id\\n"\n\n'


@pytest.mark.parametrize(
    ("entry", "wanted", "said"),
    [
        ('msgid "Hello"\nmsgstr "Halo"\n', {"Hello"}, []),
        ('msgid "Hello"\nmsgstr ""\n', {"Hello"}, ["not translated: 'Hello'"]),
        ('#, fuzzy\nmsgid "Hello"\nmsgstr "Halo"\n', {"Hello"}, ["to be confirmed (fuzzy): 'Hello'"]),
        ('msgid "Hello"\nmsgstr "Halo"\n', set(), ["no page uses it: 'Hello'"]),
        ("", {"Hello"}, ["missing: 'Hello'"]),
    ],
)
def test_a_catalogue_is_complete_or_says_what_is_not(
    tmp_path: Path, entry: str, wanted: set[str], said: list[str]
) -> None:
    file = tmp_path / "messages.po"
    file.write_text(HEADER + entry)
    assert list(complaints(file, wanted)) == said


def test_a_placeholder_that_a_translation_lost_is_noticed(tmp_path: Path) -> None:
    file = tmp_path / "messages.po"
    file.write_text(HEADER + '#, python-format\nmsgid "%(count)d cases"\nmsgstr "%(jumlah)d kasus"\n')
    assert len(list(complaints(file, {"%(count)d cases"}))) == 1
