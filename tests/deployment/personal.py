"""Looks for what must be in no store, log or figure: whatever names a person, or was typed by one, in every usual writing."""

import base64
import json
import os
import subprocess
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

import httpx2
import pytest
from sqlalchemy import select

from adapters.database.columns import table_of
from adapters.database.engine import open_engine, open_sessions
from adapters.database.tables import organisation

SHORTEST = 8
"""Characters of what is searched for: less occurs by chance."""
SECRET = ("secret", "link", "password")


@dataclass(slots=True)
class Overheard:
    """All that is typed in this process's requests (texts), and all that opens an account (secrets)."""

    texts: set[str] = field(default_factory=set)
    secrets: set[str] = field(default_factory=set)
    _clients: set[httpx2.AsyncClient] = field(default_factory=set)

    @asynccontextmanager
    async def listening(self, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
        """Hear every request that is sent, and its answer; afterwards close what a rehearsal leaves to the end of its program."""
        send = httpx2.AsyncClient.send

        async def heard(client: httpx2.AsyncClient, request: httpx2.Request, **more: Any) -> httpx2.Response:
            answer = await send(client, request, **more)
            self._clients.add(client)
            if request.headers.get("content-type") == "application/json":
                self._note(_json(request.content), typed=True)
            self._note(_json(answer.content), typed=False)
            return answer

        monkeypatch.setattr(httpx2.AsyncClient, "send", heard)
        try:
            yield
        finally:
            for client in self._clients:
                await client.aclose()

    def _note(self, value: Any, typed: bool) -> None:
        for key, text in _leaves(value):
            if key in SECRET:
                self.secrets.add(text)
            elif typed and (" " in text or "://" in text):
                self.texts.add(text)


async def people_of(database_url: str) -> set[str]:
    """Names (whole, and without titles), NIPs and e-mail addresses of everybody on record."""
    engine = open_engine(database_url)
    person = table_of(organisation.Person)
    async with open_sessions(engine)() as session:
        rows = (await session.execute(select(person.c.name, person.c.nip, person.c.email))).all()
    await engine.dispose()
    bare = (" ".join(word for word in row.name.split(",")[0].split() if "." not in word) for row in rows)
    return {text for row in rows for text in row if text} | {name for name in bare if " " in name}


def found(wanted: Iterable[str], places: Iterable[Path]) -> dict[str, list[str]]:
    """What was found, by place."""
    files = [str(place) for place in places]
    writings = {one for text in wanted for one in _writings(text) if len(one) >= SHORTEST}
    search = ["grep", "--text", "--only-matching", "--with-filename", "--fixed-strings", "--file=-", "--", *files]
    given = "\n".join(sorted(writings)).encode()
    done = subprocess.run(search, input=given, capture_output=True, env={**os.environ, "LC_ALL": "C"}, check=False)
    assert done.returncode < 2, done.stderr.decode()
    hits: dict[str, list[str]] = {}
    for line in sorted(set(done.stdout.decode(errors="replace").splitlines())):
        place, _, text = line.partition(":")
        hits.setdefault(Path(place).name, []).append(text)
    return hits


def _writings(text: str) -> Iterator[str]:
    """The text as it is, and as JSON, addresses and base64 write it."""
    for line in text.splitlines():
        yield from (line, json.dumps(line)[1:-1], quote(line), quote_plus(line))
        for shift in range(
            3
        ):  # it may begin at any of three places of a group; what mixes with its neighbours is left out
            whole = base64.b64encode(bytes(shift) + line.encode()).decode().rstrip("=")
            yield whole[4 if shift else 0 : -2]


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return None


def _leaves(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _leaves(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner, key)
    elif isinstance(value, str):
        yield key, value
