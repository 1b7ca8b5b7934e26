"""Erasing on both databases: what goes, what does not, and that no chain notices."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from adapters.database.columns import table_of
from adapters.database.desk.accounts import KEY, LINK, SESSION
from adapters.database.engine import Session, Sessions
from adapters.database.reads.erasable import ERASURE, erasures, stays
from adapters.database.reads.verification import Verification
from adapters.database.tables import organisation
from adapters.database.writes.erasing import (
    ACCOUNT,
    CREDENTIAL,
    DEEDS,
    DELIVERY,
    DRAFT,
    ERASED,
    FEEDBACK,
    IDENTITY,
    IMPORT,
    NOTICE,
    PERSON,
    QUESTION,
    SIGNED_ON,
    erase,
    erase_again,
)
from adapters.database.writes.records import SqlRecords
from appraisal.privacy.erasing import Erased, Ground, Part
from tests import agency
from tests.adapters.test_writes import year

AT = datetime(2026, 11, 29, 3, tzinfo=UTC)
BEFORE, AFTER = AT - timedelta(days=9), AT + timedelta(days=1)
CASE = "appraisal/c1/ani"


def opener(number: int, kind: str, ends: datetime, **more: Any) -> dict[str, Any]:
    said = {
        "name": "Firefox di Linux",
        "address": "10.1.2.3",
        "created_at": BEFORE,
        "expires_at": ends,
        "used_at": None,
    }
    return {"secret_hash": f"s{number}", "id": f"k{number}", "account_id": "a1", "kind": kind} | said | more


def notice(name: str, read: datetime | None, **more: Any) -> dict[str, Any]:
    said = {
        "subject": CASE,
        "revision": 1,
        "recipient": "ani",
        "channel": name,
        "kind": "reminded",
        "created_at": BEFORE,
    }
    return {"id": name, "read_at": read, "mail_settled_at": BEFORE, "hooks_settled_at": BEFORE} | said | more


def mail(name: str, at: datetime, try_at: datetime | None) -> dict[str, Any]:
    said = {"recipient": "ani", "channel": "mail", "kind": "digest", "notices": [], "attempts": 1, "last_error": ""}
    return {"id": name, "slot": name, "created_at": at, "try_at": try_at} | said


def typed(subject: str, at: datetime, person: str = "ani") -> dict[str, Any]:
    return {"person_id": person, "subject": subject, "form": "targets", "body": {"text": "Rahasia."}, "saved_at": at}


@pytest.fixture
async def lived(sessions: Sessions) -> Sessions:
    """ani has worked here, and left traces; eko as well."""
    await agency.build(sessions)
    await SqlRecords(sessions).store_case(year()[-1])
    account = {"hr": False, "disabled": False, "language": "id", "created_at": BEFORE, "password_hash": "argon2"}
    nips = {"kind": "person_left", "text": "Ani Contoh (NIP {nip}) tidak ada dalam berkas; atasan Budi Contoh"}
    async with sessions.begin() as session:
        nip = await session.scalar(select(PERSON.c.nip).where(PERSON.c.id == "ani"))
        added: Sequence[tuple[Any, list[dict[str, Any]]]] = (
            (ACCOUNT, [{"id": "a1", "person_id": "ani", **account}, {"id": "a2", "person_id": "eko", **account}]),
            (CREDENTIAL, [opener(1, SESSION, AFTER), opener(2, SESSION, BEFORE), opener(3, KEY, AFTER, name="Impor")]),
            (CREDENTIAL, [opener(4, LINK, AFTER, used_at=BEFORE), opener(5, SESSION, AFTER, account_id="a2")]),
            (DRAFT, [typed(CASE, BEFORE), typed("later", AFTER), typed(CASE, BEFORE, "eko")]),
            (NOTICE, [notice("read", BEFORE), notice("unread", None), notice("untold", BEFORE, hooks_settled_at=None)]),
            (DELIVERY, [mail("sent", BEFORE, None), mail("waits", BEFORE, BEFORE), mail("today", AT, None)]),
            (FEEDBACK, [_said("f1", CASE), _said("f2", "appraisal/c1/eko")]),
            (QUESTION, [{"id": "q1", "cycle_id": "c1", "person_id": "ani", "text": "Bagaimana?", "asked_at": BEFORE}]),
            (
                IDENTITY,
                [{"id": "i1", "issuer": "x", "subject": "ani", "account_id": "a1", "found_by": "nip", "linked_at": AT}],
            ),
            (SIGNED_ON, [{"secret_hash": "s1", "identity_id": "i1", "hint": "-", "expires_at": AFTER}]),
            (IMPORT, [_imported(nips | {"text": nips["text"].format(nip=nip)})]),
        )
        for table, rows in added:
            await session.execute(insert(table), rows)
    return sessions


def _said(name: str, case: str) -> dict[str, Any]:
    return {
        "id": name,
        "case_id": case,
        "kind": "feedback",
        "about": "",
        "text": "Baik.",
        "given_by": "budi",
        "given_at": BEFORE,
    }


def _imported(difference: dict[str, Any]) -> dict[str, Any]:
    said = {
        "kind": "people",
        "filename": "p.csv",
        "uploaded_by": "a2",
        "phase": "applied",
        "problems": [],
        "revision": 2,
    }
    return {"id": "b1", "effective_on": date(2026, 1, 5), "differences": [difference], "created_at": BEFORE} | said


async def ids(session: Session, column: Any) -> set[str]:
    return set(await session.scalars(select(column)))


async def test_each_part_goes_with_what_is_older_and_nobody_elses(lived: Sessions) -> None:
    async with lived.begin() as session:
        await erase(session, Erased("r1", "ani", (Part.DRAFTS, Part.DEVICES, Part.NOTICES), AT))
        drafts = {tuple(row) for row in await session.execute(select(DRAFT.c.person_id, DRAFT.c.subject))}
        assert drafts == {("ani", "later"), ("eko", CASE)}
        c = CREDENTIAL.c
        left = {row.id: (row.name, row.address) for row in await session.execute(select(c.id, c.name, c.address))}
        assert set(left) == {"k1", "k3", "k5"}
        assert left["k1"] == ("", ""), "the session goes on, and nobody knows where"
        assert left["k3"][0] == "Impor", "a key is known by its name"
        assert left["k5"][0] == "Firefox di Linux"
        assert await ids(session, NOTICE.c.id) >= {"unread", "untold"}
        assert "read" not in await ids(session, NOTICE.c.id)
        assert await ids(session, DELIVERY.c.id) == {"waits", "today"}
        await erase(session, Erased("r2", "ani", (Part.FEEDBACK, Part.QUESTIONS), AT))
        texts = dict((await session.execute(select(FEEDBACK.c.id, FEEDBACK.c.text))).all())
        assert texts == {"f1": ERASED, "f2": "Baik."}
        assert await ids(session, QUESTION.c.text) == {ERASED}
        assert [one.request for one in await erasures(session)] == ["r1", "r2"]


async def test_whoever_is_erased_is_nobody_everywhere_and_no_chain_notices(lived: Sessions) -> None:
    async with lived.begin() as session:
        nip, name = (await session.execute(select(PERSON.c.nip, PERSON.c.name).where(PERSON.c.id == "ani"))).one()
        for _ in range(2):
            await erase(session, Erased("r1", "ani", (Part.IDENTITY,), AT))
        p = PERSON.c
        assert tuple((await session.execute(select(p.name, p.nip, p.email).where(p.id == "ani"))).one()) == (
            ERASED,
            "x-ani",
            None,
        )
        account = (await session.execute(select(ACCOUNT).where(ACCOUNT.c.person_id == "ani"))).one()
        assert (account.disabled, account.password_hash) == (True, None)
        assert await ids(session, CREDENTIAL.c.id) == {"k5"}
        assert (await ids(session, IDENTITY.c.id), await ids(session, SIGNED_ON.c.identity_id)) == (set(), set())
        (told,) = (await session.execute(select(IMPORT.c.differences))).one()[0]
        assert told == {
            "kind": "person_left",
            "text": f"{ERASED} (NIP {ERASED}) tidak ada dalam berkas; atasan Budi Contoh",
        }
        everything = [
            str(row) for table in (PERSON, ACCOUNT, IMPORT, CREDENTIAL) for row in await session.execute(select(table))
        ]
        assert [row for row in everything if nip in row or name in row] == []
    async with lived() as session:
        look = Verification(session)
        assert [finding async for finding in look.findings()] == []
        assert look.entries > 5


async def test_a_database_from_before_is_erased_again_from_the_list(lived: Sessions) -> None:
    listed = (Erased("r1", "ani", (Part.DRAFTS,), AT), Erased("r2", "ani", (Part.CONTACT,), AT))
    async with lived.begin() as session:
        await erase_again(session, listed)
        await erase_again(session, listed)
        assert await erasures(session) == listed
        assert await session.scalar(select(PERSON.c.email).where(PERSON.c.id == "ani")) is None
        assert len((await session.execute(select(ERASURE))).all()) == 2


async def test_what_stays_follows_from_the_record_of_today(lived: Sessions) -> None:
    assignment, every = table_of(organisation.Assignment), tuple(DEEDS)
    today = date(2026, 11, 29)
    async with lived.begin() as session:
        serving = dict(await stays(session, "ani", tuple(Part), every, today))
        assert serving == {Part.CONTACT: Ground.SERVING, Part.IDENTITY: Ground.SERVING, Part.RECORD: Ground.LAW}
        await session.execute(update(assignment).values(valid_to=today))
        assert dict(await stays(session, "ani", tuple(Part), every, today)) == {Part.RECORD: Ground.LAW}
        assert dict(await stays(session, "budi", (Part.IDENTITY,), every, today)) == {Part.IDENTITY: Ground.OTHERS}
