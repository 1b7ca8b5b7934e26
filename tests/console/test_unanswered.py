"""A command whose database or Temporal is down says so in a sentence; what is our own mistake keeps its traceback."""

from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError

from console import audit
from console.reconcile import reconcile
from console.unanswered import REMEDY, told
from runtime.errors import CannotStart
from tests.ports import kept_port
from tests.postgres import Cluster


async def said(monkeypatch: pytest.MonkeyPatch, url: str) -> str | None:
    """By `jenjang audit verify`, with this database."""
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises((ConnectionError, DBAPIError)) as failed:
        await audit.verify()
    return told(failed.value)


async def test_a_database_that_is_down_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    words = await said(monkeypatch, f"postgresql://jenjang@127.0.0.1:{kept_port()}/jenjang")
    assert words is not None
    assert words.startswith("The database does not answer: ")
    assert words.endswith(REMEDY)


async def test_and_one_that_refuses_us_or_was_never_prepared(monkeypatch: pytest.MonkeyPatch, cluster: Cluster) -> None:
    at = f"127.0.0.1:{cluster.port}"
    refused = await said(monkeypatch, f"postgresql://nobody@{at}/postgres")
    assert refused == f'The database does not answer: role "nobody" does not exist. {REMEDY}'
    empty = await said(monkeypatch, f"postgresql://postgres@{at}/postgres")
    assert empty == f'The database does not answer: relation "event" does not exist. {REMEDY}'


async def test_and_a_file_that_is_empty(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert await said(monkeypatch, f"sqlite:///{tmp_path}/new.db") == (
        f"The database does not answer: no such table: event. {REMEDY}"
    )


def test_our_own_mistakes_are_not_the_databases() -> None:
    assert told(IntegrityError("INSERT", {}, Exception("UNIQUE constraint failed"))) is None
    assert told(KeyError("x")) is None
    assert told(FileNotFoundError("x")) is None


async def test_so_is_a_temporal_that_is_down(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    port = kept_port()
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/new.db")
    monkeypatch.setenv("TEMPORAL_ADDRESS", f"127.0.0.1:{port}")
    monkeypatch.setenv("JENJANG_PAYLOADS_IN_CLEAR", "true")
    with pytest.raises(CannotStart, match=f"No Temporal server answers at 127.0.0.1:{port}"):
        await reconcile()
