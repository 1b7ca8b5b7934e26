"""How people write dates and lengths of time of a policy, and how the form shows what a policy keeps."""

from zoneinfo import ZoneInfo

import pytest

from adapters.policy_files import shipped, shipped_names
from api.pages.policy_form import PolicyReader, fields_of
from api.pages.policy_spans import shown, shown_reminder, written, written_reminder
from api.pages.words import Words
from appraisal.errors import InvalidPolicy
from appraisal.policy.dates import Zone
from appraisal.policy.policy import Policy

SPANS = """
kept             in Indonesian                      in English
P0D              saat siklus mulai                  when the cycle starts
5 working days   5 hari kerja                       5 working days
1 working day    1 hari kerja                       1 working day
P14D             14 hari                            14 days
P1DT2H           1 hari 2 jam                       1 day 2 hours
PT90M            90 menit                           90 minutes
PT20S            20 detik                           20 seconds
01-31            31 Januari                         31 January
+1 02-05         5 Februari tahun berikutnya        5 February of the next year
"""
REMINDERS = """
kept                    in Indonesian           in English
3 working days before   3 hari kerja sebelum    3 working days before
1 working day after     1 hari kerja sesudah    1 working day after
PT3S before             3 detik sebelum         3 seconds before
when due                saat tenggat            when due
"""


def table(text: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in text.strip().splitlines()[1:]]


@pytest.mark.parametrize(("kept", "indonesian", "english"), table(SPANS))
def test_a_span_is_shown_in_words_and_read_from_either_language(kept: str, indonesian: str, english: str) -> None:
    assert (shown(kept, "id"), shown(kept, "en")) == (indonesian, english)
    assert {written(text) for text in (kept, indonesian, english, f"  {indonesian.upper()} ")} == {kept}


@pytest.mark.parametrize(("kept", "indonesian", "english"), table(REMINDERS))
def test_so_is_a_reminder(kept: str, indonesian: str, english: str) -> None:
    assert (shown_reminder(kept, "id"), shown_reminder(kept, "en")) == (indonesian, english)
    assert {written_reminder(text) for text in (kept, indonesian, english)} == {kept}


def test_people_may_write_it_a_little_differently() -> None:
    assert written("31 jan") == "01-31"
    assert written("p14d") == "P14D"
    assert written_reminder("2 hari kerja setelah") == "2 working days after"


@pytest.mark.parametrize(
    "text", ["", "soon", "5", "hari", "3 weeks", "31 Januari besok", "32", "-1 days", "P", "٣ hari"]
)
def test_what_says_no_time_is_told_apart(text: str) -> None:
    assert written(text) is None
    assert written_reminder(text) is None


@pytest.mark.parametrize("text", ["soon", "13-45x", "P"])
def test_what_cannot_be_put_in_words_is_shown_as_it_stands(text: str) -> None:
    assert shown(text, "id") == shown_reminder(text, "id") == text


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", shipped_names())
def test_a_form_that_nobody_has_changed_makes_the_same_policy(name: str, language: str) -> None:
    policy = Policy.read(shipped(name) or {})
    reader = PolicyReader(fields_of(policy, language), Words(language, Zone.WIB))  # type: ignore[arg-type]
    read = Policy.read({**reader.document(), "name": name, "version": policy.version})
    assert reader.errors == {}
    whole = {**policy.document()["steps"]}
    assert {**read.document()["steps"]} == {
        step: {**parts, "opens": "P0D" if parts["opens"] == "PT0S" else parts["opens"]} for step, parts in whole.items()
    }
    assert read.plain() == policy.plain()


@pytest.mark.parametrize("language", ["id", "en"])
def test_voices_and_points_come_through_the_form_as_they_were(language: str) -> None:
    document = {**(shipped("rehearsal") or {}), "weighting": {"above": 110, "expected": 100, "below": 70}}
    policy, words = Policy.read(document), Words(language, ZoneInfo("Asia/Jakarta"))
    fields = fields_of(policy, language)
    reader = PolicyReader(fields, words)
    found = reader.document()
    assert reader.errors == {}
    read = Policy.read({"name": policy.name, "version": policy.version, **found})
    assert (read.voices, read.weighting) == (policy.voices, policy.weighting)
    off = PolicyReader({**fields, "voices_on": "", **dict.fromkeys(("weighting_above",), "")}, words).document()
    assert "voices" not in off
    assert off["weighting"]["above"] == "", "half of the points is left to the rules, which refuse it"
    for where, field in (
        ("voices.peers", "voices_peers"),
        ("voices", "voices_due"),
        ("weighting.above", "weighting_above"),
    ):
        told = reader.refused(InvalidPolicy("", where, ""))
        assert list(told) == [field]
        assert told[field].startswith(
            words.gettext("Other voices" if "voices" in field else "Points of the ratings (PP 30/2019)")
        )


@pytest.mark.parametrize("language", ["id", "en"])
def test_so_does_one_with_periods_and_what_says_no_time_is_told_beside_its_field(language: str) -> None:
    periods = {
        "every": "quarter",
        "ends": ["03-31", "06-30", "+1 01-05"],
        "report": "10 working days",
        "rate": "P7D",
        "remind": "2 working days before",
        "evidence": "required",
    }
    policy = Policy.read({**(shipped("annual") or {}), "periods": periods})
    fields = fields_of(policy, language)
    words = Words(language, Zone.WIB)  # type: ignore[arg-type]
    assert PolicyReader(fields, words).document()["periods"] == periods
    assert "periods" not in PolicyReader({**fields, "periods_every": ""}, words).document()
    reader = PolicyReader({**fields, "periods_ends": "31 Maret\nbesok"}, words)
    reader.document()
    assert list(reader.errors) == ["periods_ends"]
