"""Documents as they are issued, on both databases."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

from adapters.database.desk.papers import Draft, Papers
from adapters.database.engine import open_engine
from appraisal.papers.papers import PaperKind

AT = datetime(2026, 1, 5, 1, 0, 0, 250_000, tzinfo=UTC)
DRAFT = Draft(PaperKind.SKP, "c1", "ani", 2026, "a" * 64, "A. C.", "Bidang P2P", "Kabupaten")


async def test_the_same_is_the_same_paper_and_another_content_the_next_version(database_url: str) -> None:
    engine = open_engine(database_url)
    papers = Papers(engine)
    first = await papers.issue(DRAFT, AT, "ani")
    assert await papers.issue(DRAFT, datetime.now(UTC), "budi") == first
    changed = await papers.issue(replace(DRAFT, digest="b" * 64), AT, "ani")
    other = await papers.issue(replace(DRAFT, about="eko"), AT, "eko")
    evaluation = await papers.issue(replace(DRAFT, kind=PaperKind.EVALUATION), AT, "ani")
    assert [(one.title, one.version) for one in (first, changed, other, evaluation)] == [
        ("SKP/2026/00001", 1),
        ("SKP/2026/00001", 2),
        ("SKP/2026/00002", 1),
        ("EK/2026/00001", 1),
    ]
    assert len({one.code for one in (first, changed, other, evaluation)}) == 4
    assert await papers.newest(PaperKind.SKP, "c1", "ani") == changed
    assert await papers.known(first.code) == first
    assert await papers.known("0" * 20) is None
    back = await papers.issue(DRAFT, AT, "ani")
    assert back.version == 3, "what was superseded does not come back under its old code"
    await engine.dispose()


async def test_many_who_ask_at_once_get_one_paper(database_url: str) -> None:
    engine = open_engine(database_url)
    papers = Papers(engine)
    found = await asyncio.gather(*(papers.issue(DRAFT, AT, "ani") for _ in range(5)))
    assert len({one.code for one in found}) == 1
    await engine.dispose()
