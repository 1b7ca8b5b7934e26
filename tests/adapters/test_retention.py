"""What is too old goes and is counted; what is young or at work stays; and the record of readers stays guarded."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Table, delete, insert, select
from sqlalchemy.exc import DBAPIError
from temporalio.testing import ActivityEnvironment

from activities.retention import RetentionActivities
from adapters.database.engine import Sessions
from adapters.database.reads.outlived import AGES, OUTLIVED, outliving, removals
from adapters.database.writes import retention
from adapters.database.writes.records import SqlRecords
from adapters.database.writes.retention import SqlRetention
from appraisal.privacy.retention import BY, Kept, Removed, Retention, read_retention
from tests import agency, builders
from tests.adapters.rounds import account
from tests.adapters.test_writes import SUBJECT, year

AT = datetime(2027, 3, 1, 18, 0, tzinfo=UTC)
OLD, YOUNG = AT - timedelta(days=31), AT - timedelta(days=29)
BEFORE = AT - timedelta(days=30)
JAKARTA = ZoneInfo("Asia/Jakarta")
OPEN = "appraisal/c2/ani"
BASE: dict[Kept, dict[str, Any]] = {
    Kept.SIGN_INS: {"account_id": "a-ani", "kind": "session", "name": "", "address": "", "created_at": OLD},
    Kept.NOTICES: {"revision": 1, "recipient": "ani", "channel": "inbox", "kind": "news"},
    Kept.MESSAGES: {"recipient": "ani", "channel": "mail", "kind": "digest", "notices": [], "attempts": 1},
    Kept.DRAFTS: {"form": "review", "body": {}},
    Kept.IMPORTS: {"filename": "a.csv", "effective_on": date(2027, 1, 1), "uploaded_by": "hr", "problems": []},
    Kept.TROUBLES: {"kind": "no_process", "first_seen": OLD, "last_seen": OLD, "changed_at": OLD},
    Kept.SECURITY: {"deed": "signed_in"},
    Kept.READINGS: {"reader": "budi", "subject": SUBJECT, "ground": "superior", "employee_id": "ani"},
}
BASE[Kept.IMPORTS] |= {"differences": [], "revision": 2}
GONE_OUT = {"mail_settled_at": OLD, "hooks_settled_at": OLD}
WAITING = OLD + timedelta(seconds=5)
"""When a digest was planned that still goes out, from a notice that must be there then."""
STAY: dict[Kept, list[dict[str, Any]]] = {
    Kept.SIGN_INS: [{"secret_hash": "young", "id": "young", "expires_at": YOUNG}],
    Kept.NOTICES: [
        {"id": "young", "subject": SUBJECT, "created_at": YOUNG, **GONE_OUT},
        {"id": "open", "subject": OPEN, "created_at": OLD, **GONE_OUT},
        {"id": "unsettled", "subject": "push/1", "created_at": OLD, "mail_settled_at": None, "hooks_settled_at": OLD},
        {"id": "goingout", "subject": "push/2", "created_at": OLD, **GONE_OUT, "mail_settled_at": WAITING},
    ],
    Kept.MESSAGES: [
        {"id": "waits", "slot": "1", "created_at": WAITING, "try_at": AT},
        {"id": "young", "slot": "2", "created_at": YOUNG, "try_at": None},
    ],
    Kept.DRAFTS: [
        {"person_id": "ani", "subject": OPEN, "saved_at": OLD},
        {"person_id": "ani", "subject": SUBJECT, "saved_at": YOUNG},
    ],
    Kept.IMPORTS: [
        {"id": "open", "kind": "people", "phase": "previewed", "created_at": OLD},
        {"id": "decree", "kind": "holidays", "phase": "applied", "created_at": OLD},
        {"id": "young", "kind": "people", "phase": "applied", "created_at": YOUNG},
    ],
    Kept.TROUBLES: [{"subject": "a", "resolved_at": None}, {"subject": "b", "resolved_at": YOUNG}],
    Kept.SECURITY: [{"id": "young", "at": YOUNG}],
    Kept.READINGS: [{"day": YOUNG.date(), "at": YOUNG}],
}
GO: dict[Kept, list[dict[str, Any]]] = {
    Kept.SIGN_INS: [{"secret_hash": name, "id": name, "expires_at": OLD} for name in "abc"],
    Kept.NOTICES: [
        {"id": f"o{n}", "subject": SUBJECT, "revision": n, "created_at": OLD, **GONE_OUT} for n in (7, 8, 9)
    ],
    Kept.MESSAGES: [{"id": f"o{n}", "slot": f"o{n}", "created_at": OLD, "try_at": None} for n in range(3)],
    Kept.DRAFTS: [{"person_id": who, "subject": SUBJECT, "saved_at": OLD} for who in ("budi", "citra", "dewi")],
    Kept.IMPORTS: [
        {"id": phase, "kind": "people", "phase": phase, "created_at": OLD}
        for phase in ("applied", "discarded", "lapsed")
    ],
    Kept.TROUBLES: [{"subject": subject, "resolved_at": OLD} for subject in "xyz"],
    Kept.SECURITY: [{"id": name, "at": OLD} for name in "abc"],
    Kept.READINGS: [{"day": OLD.date() - timedelta(days=n), "at": OLD} for n in range(3)],
}


class NoArchives:
    """Implements activities.retention.Archiving where nothing is archived by itself."""

    async def due(self, at: datetime) -> tuple[str, ...]:
        return ()

    async def archive(self, cycle: str, at: datetime) -> bool:
        raise AssertionError(cycle)


def acting(outliving: SqlRetention, terms: Retention) -> RetentionActivities:
    return RetentionActivities(outliving, NoArchives(), terms, "Asia/Jakarta")


async def keys(sessions: Sessions, table: Table) -> list[tuple[Any, ...]]:
    async with sessions() as session:
        return sorted(map(tuple, await session.execute(select(*table.primary_key.columns))), key=str)


async def fill(sessions: Sessions, rows: dict[Kept, list[dict[str, Any]]]) -> None:
    async with sessions.begin() as session:
        for kind, found in rows.items():
            for row in found:
                await session.execute(insert(OUTLIVED[kind].table).values(**(BASE[kind] | row)))


@pytest.fixture
async def scene(sessions: Sessions) -> dict[Kept, list[tuple[Any, ...]]]:
    """A closed case and an open one, and of each kind what stays whatever is set; gives the keys of that."""
    await agency.build(sessions)
    await account(sessions, "ani")
    records = SqlRecords(sessions)
    await records.store_case(year()[-1])
    await records.store_case(replace(builders.case(OPEN), cycle="c2"))
    async with sessions.begin() as session:
        await session.execute(delete(OUTLIVED[Kept.NOTICES].table))
    await fill(sessions, STAY)
    return {kind: await keys(sessions, outlived.table) for kind, outlived in OUTLIVED.items()}


async def test_what_is_too_old_goes_in_pages_and_is_counted_once_whoever_dies(
    sessions: Sessions, scene: dict[Kept, list[tuple[Any, ...]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    await fill(sessions, GO)
    monkeypatch.setattr(retention, "AT_ONCE", 2)
    store = SqlRetention(sessions, JAKARTA)
    terms = read_retention(",".join(f"{kind}=P30D" for kind in Kept))

    class Dying(SqlRetention):
        async def remove(self, kind: Kept, before: datetime, at: datetime) -> int:
            await super().remove(kind, before, at)
            raise TimeoutError(kind)

    with pytest.raises(TimeoutError):
        await ActivityEnvironment().run(acting(Dying(sessions, JAKARTA), terms).remove_outlived, AT)
    async with sessions() as session:
        assert [removed.rows for removed in await removals(session, 9)] == [2], "the page that went is counted"
    for _ in range(2):
        assert await ActivityEnvironment().run(acting(store, terms).remove_outlived, AT) == AT + timedelta(days=1)
    ours = [kind for kind in Kept if kind not in BY]
    for kind in ours:
        assert await keys(sessions, OUTLIVED[kind].table) == scene[kind], kind
    async with sessions() as session:
        assert await outliving(session, Kept.READINGS, BEFORE) == 3, "the owner's to remove"
        told = {removed.kind: removed for removed in await removals(session, 9)}
    assert told == {kind: Removed(date(2027, 3, 2), kind, BEFORE, 3, AT) for kind in ours}

    assert await store.remove_guarded(BEFORE, AT) == 3
    assert await keys(sessions, OUTLIVED[Kept.READINGS].table) == scene[Kept.READINGS]
    async with sessions() as session:
        assert {r.kind: r.rows for r in await removals(session, 9)}[Kept.READINGS] == 3


async def test_what_is_not_set_stays(sessions: Sessions, scene: dict[Kept, list[tuple[Any, ...]]]) -> None:
    await fill(sessions, GO)
    nothing = acting(SqlRetention(sessions, JAKARTA), read_retention(""))
    await ActivityEnvironment().run(nothing.remove_outlived, AT)
    for kind, outlived in OUTLIVED.items():
        assert len(await keys(sessions, outlived.table)) == len(scene[kind]) + 3, kind
    async with sessions() as session:
        assert await removals(session, 9) == ()
        assert {kind: await outliving(session, kind, BEFORE) for kind in OUTLIVED} == dict.fromkeys(OUTLIVED, 3)


def test_whatever_has_an_age_goes_by_itself_in_one_way_or_another() -> None:
    ends_with_its_own = {"sign_on_way", "sign_on_session", "upload"}
    stays_with_the_cycle = {"bulk"}
    aged, going = {table.name for table in AGES}, {outlived.table.name for outlived in OUTLIVED.values()}
    assert aged == going | ends_with_its_own | stays_with_the_cycle


async def test_the_guard_of_the_readers_stands_again_when_the_owner_is_done(sessions: Sessions) -> None:
    await fill(sessions, {Kept.READINGS: [*GO[Kept.READINGS], *STAY[Kept.READINGS]]})
    await SqlRetention(sessions, JAKARTA).remove_guarded(BEFORE, AT)
    reading = OUTLIVED[Kept.READINGS].table
    async with sessions() as session:
        if session.dialect.name == "sqlite":  # on PostgreSQL rights guard them, and the tests are the owner
            with pytest.raises(DBAPIError, match="only ever added to"):
                await session.execute(delete(reading))
    assert len(await keys(sessions, reading)) == 1
