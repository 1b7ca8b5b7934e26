"""What the documents tell people to type and to look up: commands, options, services, queries and places that are there."""

import re
import shlex
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import yaml
from cyclopts.exceptions import CycloptsError, MissingArgumentError
from sqlalchemy import text

from adapters.database.engine import Sessions
from console.main import app

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
RUNBOOKS = [page for page in PAGES if page.parent.name == "runbooks"]
FENCED = re.compile(r"^```(\w+)[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
SERVICES = {
    name
    for file in ("docker-compose.yml", "deploy/monitoring/compose.yml")
    for name in yaml.safe_load((ROOT / file).read_text())["services"]
}
IMAGE = ("migrate", "worker", "promote")
"""Services of our own image that documents start for one command."""
SPOKEN_TO = re.compile(r"\bjenjang |docker compose |kubectl ")
PLACEHOLDER = re.compile(r"<[^<>]+>|\{\w+\}")
ENDS = {"|", ">", ">>", "<", "&&", "||", ";", "&"}
LINK = re.compile(r"\]\((?!https?://)([^)#\s]*)(?:#([^)\s]+))?\)")


def blocks(page: Path, language: str) -> list[str]:
    return [body for kind, body in FENCED.findall(page.read_text()) if kind == language]


def lines(page: Path) -> Iterator[list[str]]:
    """The simple commands of a page, in words: those of its shell blocks, and those that stand in a sentence."""
    said = re.findall(r"(?<!`)`([^`\n]+)`(?!`)", FENCED.sub("", page.read_text()))
    inline = [code for code in said if code.startswith(("jenjang ", "./run jenjang ", "docker compose "))]
    typed = "\n".join(blocks(page, "sh")).replace("\\\n", " ").splitlines()
    for line in (*(line for line in typed if SPOKEN_TO.search(line)), *inline):
        reader = shlex.shlex(PLACEHOLDER.sub("x", line), posix=True, punctuation_chars="|&;<>")
        reader.whitespace_split, reader.commenters = True, "#"
        words: list[str] = []
        for word in (*reader, ";"):
            if word in ENDS:
                yield words
                words = []
            else:
                words.append(word)


def ours(words: list[str]) -> list[str] | None:
    """What is said to `jenjang`, be it in a container or not."""
    if words[:2] == ["docker", "compose"] and "run" in words:
        service = next(place for place, word in enumerate(words) if word in IMAGE)
        return words[service + 1 :] or None  # the entry point is `jenjang`
    if words[:1] == ["kubectl"]:
        words = words[words.index("--") + 1 :] if "--" in words else []
    starts = [place for place, word in enumerate(words) if word == "jenjang"]
    if not starts or words[0] not in ("jenjang", "./run", "docker"):
        return None
    return words[starts[-1] + 1 :] or None


SAID = sorted({(page.name, *command) for page in PAGES for words in lines(page) if (command := ours(words))})


@pytest.mark.parametrize("said", SAID, ids=" ".join)
def test_the_command_is_there_and_understands_it(said: tuple[str, ...]) -> None:
    with suppress(MissingArgumentError):  # a sentence names a command without what belongs to it
        app.parse_args(said[1:], print_error=False, exit_on_error=False)


@pytest.mark.parametrize(
    "wrong", [["audit", "verifi"], ["reconcile", "--aply"], ["backup-all"], ["account", "link", "a", "b"]]
)
def test_a_wrong_command_would_be_noticed(wrong: list[str]) -> None:
    with pytest.raises(CycloptsError):
        app.parse_args(wrong, print_error=False, exit_on_error=False)


def test_commands_to_compose_name_its_services() -> None:
    verbs = {"exec", "ps", "logs", "restart", "stop", "start", "up"}
    named = set()
    for page in PAGES:
        for words in lines(page):
            verb = (
                next((word for word in words[2:] if word in verbs), None)
                if words[:2] == ["docker", "compose"]
                else None
            )
            if verb:
                rest = [word for word in words[words.index(verb) + 1 :] if not word.startswith("-") and "=" not in word]
                named |= {rest[0]} if verb == "exec" else set(rest)
    assert len(named) >= 5
    assert named <= SERVICES


def test_commands_to_kubernetes_name_its_parts() -> None:
    commands = [words for page in PAGES for words in lines(page) if words[:2] == ["kubectl", "apply"]]
    parts = {words[words.index("--kustomize") + 1] for words in commands}
    assert parts == {"base", "migrate", "worker", "promote", "api"}
    assert all((ROOT / "deploy" / "kubernetes" / part / "kustomization.yaml").is_file() for part in parts)


@pytest.mark.parametrize("page", RUNBOOKS, ids=lambda page: page.name)
async def test_the_queries_of_a_runbook_are_answered(page: Path, sessions: Sessions) -> None:
    for query in "".join(blocks(page, "sql")).split(";"):
        if query.strip():
            async with sessions() as session:
                assert (await session.execute(text(query.replace("+07'", "'")))).all() == []


def test_every_runbook_is_in_the_list() -> None:
    told = (ROOT / "docs" / "runbooks" / "README.md").read_text()
    assert [page.name for page in RUNBOOKS if page.name != "README.md" and f"({page.name})" not in told] == []


def places(page: Path) -> set[str]:
    """The headings of a page, as links name them."""
    found = re.findall(r"^#+ (.+)$", FENCED.sub("", page.read_text()), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in found}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for file, place in LINK.findall(FENCED.sub("", page.read_text())):
        target = (page.parent / file).resolve() if file else page
        assert target.exists(), file
        assert not place or place in places(target), f"{file}#{place}"
