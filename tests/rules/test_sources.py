"""Every rule of the field in the code names its source, and every source leads to the code: the registry is walked both ways."""

import ast
import re
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

import pytest

from appraisal.sources.rule import Rule, Setting, Sure
from appraisal.sources.sources import RULES
from console.rules import DOCUMENT, document

RULES_CODE = Path(__file__).parents[2] / "appraisal"
REGISTRY = RULES_CODE / "sources"
MODULES = {
    path.relative_to(RULES_CODE).with_suffix("").as_posix(): ast.parse(path.read_text())
    for path in RULES_CODE.rglob("*.py")
    if path.parent != REGISTRY
}
NAMED = re.compile(r"\bRules?: ((?:[a-z_]+(?:,\s+)?)+)\.")
LAW = re.compile(r"(?:PermenPANRB|SE MenPANRB|SE BKN|SE Kepala BKN|Perka BKN|Perpres|PP|UU|Peraturan \w+) \d+/\d{4}")
LEGAL = ("Predicate", "Rating", "UnitResult", "Aspect", "Behaviour", "Employment", "PositionKind", "SupportKind")
"""Words of the law. Whoever tells one of their values from another has a rule of the field in mind."""


def keys_in(text: str) -> tuple[str, ...]:
    return tuple(key for found in NAMED.findall(text) for key in re.split(r",\s+", found))


def texts(node: ast.AST) -> Iterator[str]:
    """Every text in this piece of code."""
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def pieces(module: ast.Module) -> Iterator[tuple[tuple[str, ...], ast.stmt, str]]:
    """Each statement of a module with the names that it defines and what is said of it: in it, or in the text after it."""
    for statement, after in zip_longest(module.body, module.body[1:]):
        said = "\n".join(texts(statement))
        if isinstance(after, ast.Expr):
            said += "\n".join(texts(after))
        yield defined(statement), statement, said


def defined(statement: ast.stmt) -> tuple[str, ...]:
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return (statement.name,)
    targets: list[ast.expr] = list(statement.targets) if isinstance(statement, ast.Assign) else []
    if isinstance(statement, ast.AnnAssign):
        targets = [statement.target]
    return tuple(name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name))


def said_of(module: ast.Module) -> str:
    return ast.get_docstring(module) or ""


def test_the_code_names_no_rule_that_is_not_kept() -> None:
    named = {key for module in MODULES.values() for text in texts(module) for key in keys_in(text)}
    assert named - set(RULES) == set()
    assert set(RULES) - named == set(), "a rule that no docstring names"


@pytest.mark.parametrize("key", RULES)
def test_a_rule_leads_to_the_code_that_names_it(key: str) -> None:
    module, _, name = RULES[key].code.partition(":")
    found = [said for names, _, said in pieces(MODULES[module]) if name in names]
    assert len(found) == 1, RULES[key].code
    assert key in keys_in(found[0]) + keys_in(said_of(MODULES[module]))


def test_no_law_is_named_without_its_rule() -> None:
    """Whoever writes down a law says by which rule of the registry, and the registry names the same law for it."""
    loose = [
        (name, law)
        for name, module in MODULES.items()
        for text in texts(module)
        for law in LAW.findall(text)
        if not any(law in RULES[key].source for key in keys_in(text))
    ]
    assert loose == []


def test_whoever_tells_legal_words_apart_names_a_rule() -> None:
    silent = [
        f"{name}: {', '.join(names)}"
        for name, module in MODULES.items()
        if not keys_in(said_of(module))
        for names, statement, said in pieces(module)
        if uses_legal_words(statement) and not keys_in(said)
    ]
    assert silent == []


def uses_legal_words(statement: ast.stmt) -> bool:
    """Whether a single value is named, as in Predicate.BAIK."""
    return any(
        isinstance(part, ast.Attribute)
        and isinstance(part.value, ast.Name)
        and part.value.id in LEGAL
        and part.attr.isupper()
        for part in ast.walk(statement)
    )


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_says_all_that_people_ask(rule: Rule) -> None:
    assert rule.says.endswith(".")
    assert bool(rule.source) is (rule.sure is not Sure.CONFIGURED), "what was not found names no law"
    assert rule.sure is not Sure.CONFIGURED or rule.setting is not Setting.DATA, (
        "what nobody decreed is somebody's choice"
    )
    assert bool(rule.key) is (rule.setting in (Setting.POLICY, Setting.INSTALLATION))


def test_the_table_in_the_docs_is_this_one() -> None:
    assert DOCUMENT.read_text() == document(), "write it anew: python -m console.rules > docs/rules.md"
