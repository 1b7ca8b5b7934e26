"""Where notices arrive in tests: a real SMTP server and a real HTTP receiver, both on this machine and kept in memory."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.handlers import Mailbox
from aiosmtpd.smtp import SMTP


@dataclass
class Postbox:
    """What an SMTP server has taken. Whoever is in `answers` gets that answer instead of being accepted."""

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)

    async def handle_RCPT(self, _: Any, __: Any, envelope: Any, address: str, ___: list[str]) -> str:
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _: Any, __: Any, envelope: Any) -> str:
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        return [letter for letter in self.letters if letter["To"] == address]


def text_of(letter: EmailMessage, kind: str = "plain") -> str:
    """The body of this kind (plain or html)."""
    body = letter.get_body((kind,))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


@asynccontextmanager
async def mail_server(port: int = 0) -> AsyncIterator[Postbox]:
    """An SMTP server without TLS, on a free port unless one is given."""
    box = Postbox()
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(box, hostname="post.test", enable_SMTPUTF8=True), "127.0.0.1", port
    )
    box.port = server.sockets[0].getsockname()[1]
    async with server:
        yield box


@dataclass
class Received:
    """One request as it came in."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """What an HTTP server has been sent; `status` is what it answers, with `headers`."""

    url: str
    status: int = 204
    headers: dict[str, str] = field(default_factory=dict)
    received: list[Received] = field(default_factory=list)


@contextmanager
def receiver() -> Iterator[Receiver]:
    """An HTTP server that takes what is posted to it."""
    kept = Receiver("")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            kept.received.append(Received(self.path, headers, body))
            self.send_response(kept.status)
            for name, value in kept.headers.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        kept.url = f"http://localhost:{server.server_address[1]}/hook"
        try:
            yield kept
        finally:
            server.shutdown()
            thread.join()


class Office(Mailbox):
    """For a mail server that is a program of its own (`python -m aiosmtpd --class tests.post.Office FOLDER`): whatever it has
    said OK to lies in the folder, though it is killed. It refuses for good whoever is at `ditolak.example`."""

    async def handle_RCPT(self, _: Any, __: Any, envelope: Any, address: str, ___: list[str]) -> str:
        if address.endswith("@ditolak.example"):
            return "550 no such user here"
        envelope.rcpt_tos.append(address)
        return "250 OK"
