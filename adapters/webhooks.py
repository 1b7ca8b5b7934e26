"""Messages to programs, signed as the specification Standard Webhooks says, and sent to public addresses only."""

import asyncio
import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import AsyncGenerator, Callable
from datetime import datetime

import httpx2

from adapters.outgoing import Outgoing
from appraisal.errors import ForbiddenAddress
from appraisal.sending import Attempt, Outcome, Parcel

PREFIX = "whsec_"
PATIENCE = 10.0  # seconds for the whole answer


def new_secret() -> str:
    """A secret of 32 random bytes in the form that receivers' libraries expect."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def signature(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """`v1,` and the HMAC-SHA256 over id, timestamp and body."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def body_of(parcel: Parcel) -> bytes:
    """Ids and kinds, no names; the same bytes at every try. A parcel without notices is a test."""
    told = [
        {
            "id": notice.id,
            "kind": notice.kind,
            "subject": notice.subject,
            "revision": notice.revision,
            "recipient": notice.recipient,
            "at": notice.created_at.isoformat(),
        }
        for notice in parcel.notices
    ]
    kind = "notices.created" if told else "webhook.test"
    message = {"type": kind, "timestamp": parcel.created_at.isoformat(), "data": {"notices": told}}
    return json.dumps(message, separators=(",", ":")).encode()


class Webhooks:
    """Implements activities.ports.Sender for parcels."""

    def __init__(self, now: Callable[[], datetime], allow_private: bool = False) -> None:
        self._now, self._allow_private = now, allow_private

    async def send(self, things: tuple[Parcel, ...]) -> AsyncGenerator[Attempt, None]:
        silent: set[str] = set()
        way = Outgoing(lambda _: self._allow_private)
        async with httpx2.AsyncClient(
            transport=way, timeout=PATIENCE, follow_redirects=False, trust_env=False
        ) as client:
            for parcel in things:
                if parcel.url in silent:
                    outcome, error = Outcome.FAILED, "not tried: the message before it failed"
                else:
                    outcome, error = await self._try(client, parcel)
                if outcome is Outcome.FAILED:
                    silent.add(parcel.url)
                yield Attempt(parcel.id, outcome, self._now(), error)

    async def _try(self, client: httpx2.AsyncClient, parcel: Parcel) -> tuple[Outcome, str]:
        if not parcel.url:
            return Outcome.REFUSED, "the webhook was switched off"
        if not parcel.secrets:
            return Outcome.FAILED, "its secret cannot be opened"
        body, now = body_of(parcel), int(self._now().timestamp())
        headers = {
            "content-type": "application/json",
            "user-agent": "jenjang",
            "webhook-id": parcel.id,
            "webhook-timestamp": str(now),
            "webhook-signature": " ".join(signature(secret, parcel.id, now, body) for secret in parcel.secrets),
        }
        try:
            async with asyncio.timeout(PATIENCE):
                request = client.build_request("POST", parcel.url, content=body, headers=headers)
                answer = await client.send(request, stream=True)
                await answer.aclose()
        except (ForbiddenAddress, httpx2.HTTPError, httpx2.InvalidURL, TimeoutError) as failed:
            return Outcome.FAILED, type(failed).__name__
        return (Outcome.SENT, "") if answer.is_success else (Outcome.FAILED, f"HTTP {answer.status_code}")
