"""What SMTP itself may do to a letter, and what it must never do."""

from datetime import UTC, datetime

import pytest

from adapters import spans
from adapters.mail import Server, SmtpMail, Written
from appraisal.delivery import Kind
from appraisal.sending import Attempt, Letter, Outcome
from tests.post import Postbox, mail_server, text_of
from tests.traces import Kept

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
PASSWORD = "sandi surat rahasia"


def letter(address: str, name: str = "d1") -> Letter:
    return Letter(name, "budi", address, "id", Kind.URGENT, AT, ())


async def sent(box: Postbox, *addresses: str, security: str = "none", subject: str = "Perihal") -> list[Attempt]:
    server = Server("127.0.0.1", box.port, security, "jenjang@contoh.example")
    mail = SmtpMail(server, "contoh.example", lambda _: Written(subject, "isi – lengkap\n", "<p>isi</p>"), lambda: AT)
    return [attempt async for attempt in mail.send(tuple(letter(address) for address in addresses))]


async def test_a_letter_has_two_bodies_and_says_that_a_program_wrote_it() -> None:
    async with mail_server() as box:
        assert await sent(box, "budi@contoh.example") == [Attempt("d1", Outcome.SENT, AT)]
    (arrived,) = box.letters
    assert (text_of(arrived), text_of(arrived, "html")) == ("isi – lengkap\n", "<p>isi</p>\n")
    assert (arrived["Auto-Submitted"], arrived["Message-ID"]) == ("auto-generated", "<d1@contoh.example>")
    assert arrived["Date"].datetime == AT


async def test_demanded_encryption_is_never_left_out() -> None:
    async with mail_server() as box:
        for security in ("starttls", "tls"):
            (attempt,) = await sent(box, "budi@contoh.example", security=security)
            assert attempt.outcome is Outcome.AWAY
    assert box.letters == []


@pytest.mark.parametrize("address", ["", "budi", "budi@contoh.example\nBcc: semua@contoh.example", "budi@"])
async def test_what_is_no_address_gets_nothing_and_stops_nobody(address: str) -> None:
    async with mail_server() as box:
        attempts = await sent(box, address, "ani@contoh.example")
    assert [attempt.outcome for attempt in attempts] == [Outcome.REFUSED, Outcome.SENT]
    assert [arrived["To"] for arrived in box.letters] == ["ani@contoh.example"]


async def test_when_the_server_goes_away_the_rest_is_not_tried() -> None:
    async with mail_server() as box:
        box.answers = {"budi@contoh.example": "421 closing"}
        attempts = await sent(box, "budi@contoh.example", "ani@contoh.example")
    assert [attempt.outcome for attempt in attempts] == [Outcome.AWAY]


async def test_answers_of_servers_are_not_kept_since_they_quote_addresses() -> None:
    async with mail_server() as box:
        box.answers = {"budi@contoh.example": "550 budi@contoh.example is unknown"}
        (attempt,) = await sent(box, "budi@contoh.example")
    assert attempt.error == "SMTPRecipientRefused 550"


def test_neither_password_nor_address_is_shown() -> None:
    server = Server("post.contoh.example", 587, "starttls", "jenjang@contoh.example", "jenjang", PASSWORD)
    assert PASSWORD not in repr(server)
    assert "budi@" not in repr(letter("budi@contoh.example"))


async def test_in_a_trace_a_letter_is_told_by_its_id_and_what_came_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Kept()
    monkeypatch.setattr(spans, "TRACER", kept.tracer)
    async with mail_server() as box:
        box.answers = {"budi@contoh.example": "550 budi@contoh.example is unknown"}
        await sent(box, "budi@contoh.example", "ani@contoh.example")
    expected = [{"jenjang.letter": "d1", "jenjang.outcome": outcome} for outcome in ("refused", "sent")]
    assert [one.about for one in kept.spans()] == expected
