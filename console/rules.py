"""docs/rules.md, made of the registry: python -m console.rules > docs/rules.md. A test compares them."""

from collections.abc import Iterator
from pathlib import Path

from appraisal.sources.rule import Rule, Setting, Sure, Topic
from appraisal.sources.sources import RULES

DOCUMENT = Path(__file__).parents[1] / "docs" / "rules.md"
TITLES = {
    Topic.TARGETS: "What is agreed",
    Topic.REPORT: "What is reported",
    Topic.RATING: "How it is rated",
    Topic.UNIT: "The unit and its calibration",
    Topic.AFTERWARDS: "What follows",
    Topic.PEOPLE: "Who",
    Topic.TIME: "When",
}
SURE = {
    Sure.SEEN: "seen",
    Sure.SECOND_HAND: "second-hand",
    Sure.FROM_MEMORY: "from memory",
    Sure.CONFIGURED: "not found: configured",
}
SETTINGS = {
    Setting.POLICY: "policy (*Kebijakan*): `{key}`",
    Setting.INSTALLATION: "setting of the installation: `{key}`",
    Setting.DATA: "data, as the source has it",
    Setting.CODE: "Jenjang's own choice",
}
INTRODUCTION = """# Rules and where they come from

Made of `appraisal/sources/sources.py` by `python -m console.rules`; do not edit it by hand. The same table, in both languages, is
on the page *Aturan siklus ini* (The rules of this cycle) of each cycle, and each number on *Bagaimana saya dinilai* (How was I
measured) leads to its rule.

- **seen**: read in a text that quotes the regulation. The official PDF of PermenPANRB 6/2022 could not be read in full.
- **second-hand**: a slide, a news page, or public code; several agree where it says so.
- **from memory**: no source was read.
- **not found: configured**: nothing was found, so it is a choice: the agency's, in a policy or setting, or Jenjang's own.

What an agency must confirm before it relies on it: [glossary, Not confirmed](glossary.md#not-confirmed).
"""


def document() -> str:
    return "\n".join((INTRODUCTION, *_tables()))


def _tables() -> Iterator[str]:
    for topic, title in TITLES.items():
        yield f"## {title}\n"
        yield "| rule | says | law and article | how sure | where it is set | in the code |"
        yield "|---|---|---|---|---|---|"
        yield from (_line(key, rule) for key, rule in RULES.items() if rule.topic is topic)
        yield ""


def _line(key: str, rule: Rule) -> str:
    setting = SETTINGS[rule.setting].format(key=rule.key)
    module, _, name = rule.code.partition(":")
    return f"| `{key}` | {rule.says} | {rule.source or '–'} | {SURE[rule.sure]} | {setting} | `{module}.py: {name}` |"


if __name__ == "__main__":
    print(document(), end="")
