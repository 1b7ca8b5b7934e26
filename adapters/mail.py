"""Mail by SMTP: one connection for as many letters as there are, and for each letter the same Message-ID at every try."""

import re
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime

import aiosmtplib

from adapters.spans import span
from appraisal.sending import Attempt, Letter, Outcome

ADDRESS = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+")
PATIENCE = 20.0  # seconds for each answer of the server
GONE = (aiosmtplib.SMTPServerDisconnected, aiosmtplib.SMTPTimeoutError, aiosmtplib.SMTPSenderRefused, OSError)
"""After these the next letter would fare no better. A sender that is refused is a wrong setting, not a wrong letter."""


@dataclass(frozen=True, slots=True)
class Server:
    """The SMTP server. `security` is tls (from the first byte), starttls (demanded, never left out), or none."""

    host: str
    port: int
    security: str
    sender: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    def client(self) -> aiosmtplib.SMTP:
        return aiosmtplib.SMTP(
            hostname=self.host,
            port=self.port,
            username=self.user,
            password=self.password,
            use_tls=self.security == "tls",
            start_tls=self.security == "starttls",
            timeout=PATIENCE,
        )


@dataclass(frozen=True, slots=True)
class Written:
    """A letter in words."""

    subject: str
    text: str
    html: str


class SmtpMail:
    """Implements activities.ports.Sender for letters. Without a server nothing is sent, and nothing waits either."""

    def __init__(
        self, server: Server | None, site: str, write: Callable[[Letter], Written], now: Callable[[], datetime]
    ) -> None:
        self._server, self._site, self._write, self._now = server, site, write, now

    async def send(self, things: tuple[Letter, ...]) -> AsyncGenerator[Attempt, None]:
        if self._server is None:
            return
        client = self._server.client()
        try:
            for letter in things:
                with span("mail", {"jenjang.letter": letter.id}) as here:
                    outcome, error = await self._try(client, self._server.sender, letter)
                    here.set_attribute("jenjang.outcome", outcome)
                yield Attempt(letter.id, outcome, self._now(), error)
                if outcome is Outcome.AWAY:
                    return
        finally:
            client.close()

    async def _try(self, client: aiosmtplib.SMTP, sender: str, letter: Letter) -> tuple[Outcome, str]:
        """What came of it. Answers of servers quote addresses, so only their code and type are kept."""
        try:
            message = self._message(sender, letter)
        except ValueError:
            return Outcome.REFUSED, "no address that mail can be sent to"
        try:
            if not client.is_connected:
                await client.connect()
        except (aiosmtplib.SMTPException, OSError) as failed:
            return Outcome.AWAY, _named(failed)
        try:
            await client.send_message(message)
        except GONE as failed:
            return Outcome.AWAY, _named(failed)
        except aiosmtplib.SMTPRecipientsRefused as failed:
            return _refusal(failed.recipients[0])
        except aiosmtplib.SMTPResponseException as failed:
            return _refusal(failed)
        except aiosmtplib.SMTPException as failed:
            return Outcome.REFUSED, _named(failed)
        return Outcome.SENT, ""

    def _message(self, sender: str, letter: Letter) -> EmailMessage:
        if not (ADDRESS.fullmatch(letter.address) and letter.address.isprintable()):
            raise ValueError("no address")
        written = self._write(letter)
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = sender, letter.address, written.subject
        message["Date"] = format_datetime(letter.created_at)
        message["Message-ID"] = f"<{letter.id}@{self._site}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(written.text)
        message.add_alternative(written.html, subtype="html")
        message["Content-Language"] = letter.language
        return message


def _refusal(failed: aiosmtplib.SMTPResponseException) -> tuple[Outcome, str]:
    """421 closes the connection; other 4xx pass, 5xx do not."""
    if failed.code == 421:
        return Outcome.AWAY, _named(failed)
    return (Outcome.REFUSED if failed.code >= 500 else Outcome.FAILED), _named(failed)


def _named(failed: Exception) -> str:
    code = failed.code if isinstance(failed, aiosmtplib.SMTPResponseException) else ""
    return f"{type(failed).__name__} {code}".strip()
