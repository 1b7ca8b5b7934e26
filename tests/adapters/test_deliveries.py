"""From the row of a notice to the mail: who gets what, in which words, once. Over a real SMTP server, on both databases."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError
from temporalio.testing import ActivityEnvironment

from adapters.database.engine import Sessions
from adapters.database.writes.records import SqlRecords
from adapters.database.writes.superiors import SqlSuperiors
from appraisal.access import Actor
from appraisal.people.superior_report import Decision, ReportSuperior, reported
from appraisal.transitions import perform
from tests import agency, builders
from tests.adapters.rounds import (
    ACCOUNT,
    CASE,
    DELIVERY,
    FRIDAY,
    MONDAY,
    PERSON,
    SITE,
    account,
    activities,
    given_up,
    round_at,
    rows,
    tell,
)
from tests.post import Postbox, mail_server, text_of


@pytest.fixture
async def scene(sessions: Sessions) -> Sessions:
    """The tiny agency; ani has handed in her targets on Friday, so that they wait for budi."""
    await agency.build(sessions)
    opened = builders.case(CASE, at=FRIDAY)
    records = SqlRecords(sessions)
    await records.store_case(opened)
    await records.store_case(perform(opened.stored(0), builders.year()[0], FRIDAY, "c0"))
    return sessions


@pytest.fixture
async def box() -> AsyncIterator[Postbox]:
    async with mail_server() as server:
        yield server


async def test_twenty_notices_are_one_digest_and_no_second_one(scene: Sessions, box: Postbox) -> None:
    await tell(scene, "budi", "news", 19)
    assert await round_at(scene, box.port, MONDAY) == 1
    assert await round_at(scene, box.port, MONDAY + timedelta(minutes=1)) == 0
    (letter,) = box.letters
    assert letter["To"] == "budi@contoh.example"
    assert letter["Subject"] == "Jenjang: 20 pemberitahuan, 2 Mar 2026"
    assert text_of(letter).count(f"{SITE}/") == 20 + 1
    (row,) = await rows(scene)
    assert (row["attempts"], row["try_at"], row["last_error"]) == (1, None, "")
    assert row["sent_at"] is not None
    assert letter["Message-ID"] == f"<{row['id']}@kinerja.contoh.example>"


async def test_the_mail_says_what_by_when_and_where_in_indonesian(scene: Sessions, box: Postbox) -> None:
    await round_at(scene, box.port, MONDAY)
    (letter,) = box.letters
    assert letter["Subject"] == "Jenjang: Ada target yang menunggu persetujuan Anda."
    assert letter["Content-Language"] == "id"
    for body in (text_of(letter), text_of(letter, "html")):
        assert "Ada target yang menunggu persetujuan Anda. (Ani Contoh)" in body
        assert f"{SITE}/waiting/c1/ani" in body
        assert "Tenggat: Kamis, 19 Maret 2026 08.00" in body


async def test_what_hr_of_a_unit_is_told_reaches_its_officers_and_no_others(scene: Sessions, box: Postbox) -> None:
    for officer, unit in (("eko", "kabupaten"), ("fajar", "dinsos")):
        await account(scene, officer, hr_unit_id=unit)
    await tell(scene, "hr/dinkes", "news")
    await round_at(scene, box.port, MONDAY)
    assert sorted(letter["To"] for letter in box.letters) == ["budi@contoh.example", "eko@contoh.example"]
    assert all("Ani Contoh" in text_of(letter) for letter in box.letters)


async def test_and_in_english_for_whoever_reads_english(scene: Sessions, box: Postbox) -> None:
    await account(scene, "budi", language="en")
    await round_at(scene, box.port, MONDAY)
    (letter,) = box.letters
    assert (letter["Subject"], letter["Content-Language"]) == ("Jenjang: Targets wait for your approval.", "en")
    assert "Due: Thursday, 19 March 2026 08:00" in text_of(letter)


async def test_what_is_urgent_goes_at_once_beside_the_digest(scene: Sessions, box: Postbox) -> None:
    await round_at(scene, box.port, MONDAY)
    later = MONDAY + timedelta(hours=2)
    await tell(scene, "budi", "became_due", at=later)
    await tell(scene, "budi", "news", at=later, first=200)
    await round_at(scene, box.port, later + timedelta(minutes=1))
    assert [row["kind"] for row in await rows(scene)] == ["digest", "urgent"]
    assert box.letters[-1]["Subject"] == "Jenjang: Tahap ini sudah terlambat."
    await round_at(scene, box.port, MONDAY + timedelta(days=1))
    assert box.letters[-1]["Subject"] == "Jenjang: Ada yang berubah di sini."
    assert len(box.letters) == 3


async def test_a_targets_notice_is_not_mailed_once_the_targets_are_handed_in(scene: Sessions, box: Postbox) -> None:
    await round_at(scene, box.port, MONDAY)
    assert box.to("ani@contoh.example") == []


@pytest.mark.parametrize("decided", [False, True], ids=["waits", "decided"])
async def test_hr_gets_mail_about_a_report_of_a_wrong_superior_until_it_is_decided(
    scene: Sessions, box: Postbox, decided: bool
) -> None:
    await account(scene, "fajar", hr=True)
    order = ReportSuperior("r1", "ani", Actor("ani"), "citra")
    report = reported(order, FRIDAY, FRIDAY + timedelta(days=7))
    superiors = SqlSuperiors(scene, FRIDAY.date)
    await superiors.keep_report(report)
    if decided:
        decision = Decision(Actor("fajar", hr=True), reason="Sudah benar.")
        answer = report.stored(0).decided(decision, FRIDAY + timedelta(hours=1), "d1")
        await superiors.keep_report(answer)
        await superiors.keep_report(answer)
    await round_at(scene, box.port, MONDAY)
    said = [text_of(letter) for letter in box.to("fajar@contoh.example")]
    assert [f"{SITE}/superior-reports/r1" in text for text in said] == ([] if decided else [True])
    assert all("Tenggat: Jumat, 6 Maret 2026" in text for text in said)


async def test_no_name_where_the_page_would_show_none(scene: Sessions, box: Postbox) -> None:
    await tell(scene, "gita", "news")
    await round_at(scene, box.port, MONDAY)
    (letter,) = box.to("gita@contoh.example")
    assert "Ani Contoh" not in letter.as_string()
    assert "Ada yang berubah di sini." in text_of(letter)


async def test_a_name_cannot_become_markup(scene: Sessions, box: Postbox) -> None:
    async with scene.begin() as session:
        await session.execute(update(PERSON).where(PERSON.c.id == "ani").values(name="<b>Ani</b>"))
    await round_at(scene, box.port, MONDAY)
    assert "&lt;b&gt;Ani&lt;/b&gt;" in text_of(box.letters[0], "html")


UNREACHED = [
    ("no address", {}, {"email": None}),
    ("an empty address", {}, {"email": ""}),
    ("an account that is shut", {"disabled": True}, {}),
]


@pytest.mark.parametrize(("accounts", "person"), [row[1:] for row in UNREACHED], ids=[row[0] for row in UNREACHED])
async def test_whoever_cannot_be_reached_has_the_inbox(
    scene: Sessions, box: Postbox, accounts: dict[str, Any], person: dict[str, Any]
) -> None:
    await account(scene, "budi", **accounts)
    if person:
        async with scene.begin() as session:
            await session.execute(update(PERSON).where(PERSON.c.id == "budi").values(**person))
    assert await round_at(scene, box.port, MONDAY) == 0
    assert (box.letters, await rows(scene)) == ([], [])


async def test_officers_hear_of_what_is_for_hr_if_they_have_an_address(scene: Sessions, box: Postbox) -> None:
    await account(scene, "fajar", hr=True)
    await account(scene, "gita", hr=True, language="en")
    await account(scene, "eko", hr=True, disabled=True)
    async with scene.begin() as session:
        await session.execute(
            insert(ACCOUNT).values(
                id="console", login="console", hr=True, disabled=False, language="id", created_at=FRIDAY
            )
        )
    await tell(scene, "hr", "nomination_opened")
    await round_at(scene, box.port, MONDAY)
    assert {letter["To"] for letter in box.letters} == {f"{who}@contoh.example" for who in ("budi", "fajar", "gita")}


async def test_without_a_mail_server_nothing_is_kept_for_later(scene: Sessions, box: Postbox) -> None:
    assert await round_at(scene, None, MONDAY) == 0
    assert await round_at(scene, box.port, MONDAY + timedelta(days=1)) == 0
    assert box.letters == []


async def test_a_digest_too_long_to_read_says_how_much_more_there_is(scene: Sessions, box: Postbox) -> None:
    await tell(scene, "budi", "news", 79)
    await round_at(scene, box.port, MONDAY)
    assert text_of(box.letters[0]).count(f"{SITE}/") == 50 + 1
    assert "Masih ada 30 pemberitahuan lain di kotak masuk Anda." in text_of(box.letters[0])


async def test_a_dead_server_delays_and_then_everything_goes_out_once(scene: Sessions) -> None:
    await tell(scene, "ani", "news")
    async with mail_server() as gone:
        port = gone.port
    for minute in range(3):
        await round_at(scene, port, MONDAY + timedelta(minutes=minute))
    tried = await rows(scene)
    assert sum(row["attempts"] for row in tried) == 3
    assert {(row["last_error"], row["sent_at"]) for row in tried} == {("SMTPConnectError", None)}
    async with mail_server(port) as back:
        for hour in range(2):
            await round_at(scene, port, MONDAY + timedelta(hours=1 + hour))
        assert sorted(letter["To"] for letter in back.letters) == ["ani@contoh.example", "budi@contoh.example"]
    assert [row["try_at"] for row in await rows(scene)] == [None, None]


async def test_one_refused_address_stops_nobody_else(scene: Sessions, box: Postbox) -> None:
    await tell(scene, "ani", "news")
    await tell(scene, "gita", "news", first=200)
    box.answers = {"ani@contoh.example": "550 no such user here", "gita@contoh.example": "452 mailbox full"}
    await round_at(scene, box.port, MONDAY)
    found = {row["recipient"]: row for row in await rows(scene)}
    assert [letter["To"] for letter in box.letters] == ["budi@contoh.example"]
    assert (found["ani"]["try_at"], found["ani"]["sent_at"]) == (None, None)
    assert found["gita"]["try_at"] > MONDAY
    errors = {row["last_error"] for row in found.values()}
    assert errors == {"", "SMTPRecipientRefused 550", "SMTPRecipientRefused 452"}
    assert await given_up(scene) == [("ani", "ani@contoh.example", "SMTPRecipientRefused 550")]
    box.answers = {}
    await round_at(scene, box.port, found["gita"]["try_at"])
    assert [letter["To"] for letter in box.letters] == ["budi@contoh.example", "gita@contoh.example"]
    assert [who for who, *_ in await given_up(scene)] == ["ani"]
    await tell(scene, "ani", "departure_undone", at=MONDAY + timedelta(hours=1), first=300)
    await round_at(scene, box.port, MONDAY + timedelta(hours=2))
    assert await given_up(scene) == [], "a later mail has arrived"


async def test_whoever_dies_between_planning_and_sending_leaves_one_mail(scene: Sessions, box: Postbox) -> None:
    environment = ActivityEnvironment()
    await environment.run(activities(scene, box.port).plan_deliveries, MONDAY)
    (planned,) = await rows(scene)
    await round_at(scene, box.port, MONDAY + timedelta(minutes=1))
    await round_at(scene, box.port, MONDAY + timedelta(minutes=2))
    (letter,) = box.letters
    assert letter["Message-ID"] == f"<{planned['id']}@kinerja.contoh.example>"


async def test_the_database_itself_refuses_a_second_digest_of_a_day(scene: Sessions, box: Postbox) -> None:
    await round_at(scene, box.port, MONDAY)
    (row,) = await rows(scene)
    with pytest.raises(IntegrityError):
        async with scene.begin() as session:
            await session.execute(insert(DELIVERY).values(**(row | {"id": "another"})))
