"""docs/install.md as a test reads it: its blocks, and what each of them is marked with."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "install.md"
FENCED = re.compile(r"^```sh ?([^\n]*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^(?:/opt/jenjang/)?([a-z][\w.-]*)", re.MULTILINE)
SYSTEMD, COMPOSE, ELSEWHERE = "run", "run compose", "elsewhere"
MARKS = (SYSTEMD, COMPOSE, ELSEWHERE)
NOT_HERE = {
    "apt-get": "needs the network; that its packages have the programs is looked up",
    "git": "needs the network; the checkout lies there already",
    "run": "installs from the network; .ci/run does it on a clean machine",
    "certbot": "needs a name that the world knows",
    "docker": "has no engine here; compose file and image are linted, the topology runs natively (tests/deployment)",
}
"""Programs that no test starts, and what is done instead. Blocks `elsewhere` hold such a program, and what goes with it."""
NEEDED = {
    "curl": "curl",
    "openssl": "openssl",
    "pg_createcluster": "postgresql",
    "nginx": "nginx",
    "promtool": "prometheus",
    "git": "git",
}
"""Programs that the blocks start, and the package of Debian that has each."""


@dataclass(frozen=True)
class Block:
    """Lines of shell between two fences."""

    mark: str
    text: str

    @property
    def programs(self) -> set[str]:
        """What its lines begin with."""
        return set(COMMAND.findall(self.text.replace("\\\n", " ")))


def blocks(text: str) -> list[Block]:
    return [Block(*found) for found in FENCED.findall(text)]


def wrong(text: str) -> list[str]:
    """Blocks that would neither be run nor named, and blocks to be run that could not be."""
    found = []
    for block in blocks(text):
        if block.mark not in MARKS:
            found.append(f"no mark: {block.text}")
        elif (block.mark == ELSEWHERE) == block.programs.isdisjoint(NOT_HERE):
            found.append(f"marked {block.mark}: {block.text}")
    return found


def packages(text: str) -> set[str]:
    """Debian's, that the page asks for."""
    lines = [line for block in blocks(text) for line in block.text.splitlines()]
    return {name for line in lines if line.startswith("apt-get install ") for name in line.split()[2:]}
