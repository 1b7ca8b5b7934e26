"""The policies that come with the program: the starting point for those that HR keeps in the database."""

import tomllib
from pathlib import Path
from typing import Any

POLICIES = Path(__file__).parents[1] / "policies"


def shipped_names() -> tuple[str, ...]:
    """Their names, which are those of the files."""
    return tuple(sorted(file.stem for file in POLICIES.glob("*.toml")))


def shipped(name: str) -> dict[str, Any] | None:
    """The document in policies/{name}.toml; None if there is none. `name` must be one that a policy may have."""
    path = POLICIES / f"{name}.toml"
    return tomllib.loads(path.read_text()) if path.is_file() else None
