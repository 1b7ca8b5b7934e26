"""Messages to programs, signed as the specification Standard Webhooks says, and sent to public addresses only."""

import asyncio
import base64
import hashlib
import hmac
import ipaddress
import json
import secrets
import socket
from collections.abc import AsyncGenerator, Callable
from datetime import datetime

import httpx2

from appraisal.errors import ForbiddenAddress
from appraisal.sending import Attempt, Outcome, Parcel

PREFIX = "whsec_"
PATIENCE = 10.0  # seconds for the whole answer
LONGEST = 500
"""Characters of an address."""
TRANSLATED = tuple(ipaddress.ip_network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32"))
"""IPv6 addresses that lead to an IPv4 address inside them, which may be a private one."""


def _forbidden(why: str) -> ForbiddenAddress:
    return ForbiddenAddress(why, "url", "Give a public address that begins with https://.")


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


async def permitted_address(url: str, allow_private: bool) -> str:
    """One IP address behind this URL, after all of them were looked at.

    Raises:
        ForbiddenAddress: too long, not http(s), with a user name, unknown to the name service, or leading into a private network.
    """
    if len(url) > LONGEST:
        raise _forbidden(f"The address is longer than {LONGEST} characters.")
    try:
        parsed = httpx2.URL(url)
    except httpx2.InvalidURL as wrong:
        raise _forbidden("This is no address of the web.") from wrong
    if parsed.scheme not in ("http", "https") or not parsed.host:
        raise _forbidden("The address must begin with http:// or https://.")
    if parsed.userinfo:
        raise _forbidden("The address must not hold a user name or password: messages are signed instead.")
    port = parsed.port or (443 if parsed.scheme == "https" else 80)
    try:
        found = await asyncio.get_running_loop().getaddrinfo(parsed.host, port, type=socket.SOCK_STREAM)
    except OSError as unknown:
        raise _forbidden("Nothing is known under this name.") from unknown
    addresses = [str(entry[4][0]) for entry in found]
    if not allow_private and not all(_public(address) for address in addresses):
        raise _forbidden("The address leads into a private network, to this machine, or to nobody.")
    return addresses[0]


def _public(address: str) -> bool:
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            ip = ip.ipv4_mapped
        elif any(ip in net for net in TRANSLATED):
            return False
    return ip.is_global and not ip.is_multicast


class Webhooks:
    """Implements activities.ports.Sender for parcels."""

    def __init__(self, now: Callable[[], datetime], allow_private: bool = False) -> None:
        self._now, self._allow_private = now, allow_private

    async def send(self, things: tuple[Parcel, ...]) -> AsyncGenerator[Attempt, None]:
        silent: set[str] = set()
        # Neither the environment's proxies nor redirects: both would lead past the look at the address.
        async with httpx2.AsyncClient(timeout=PATIENCE, follow_redirects=False, trust_env=False) as client:
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
        body, now, url = body_of(parcel), int(self._now().timestamp()), httpx2.URL(parcel.url)
        headers = {
            "content-type": "application/json",
            "host": url.netloc.decode(),
            "user-agent": "jenjang",
            "webhook-id": parcel.id,
            "webhook-timestamp": str(now),
            "webhook-signature": signature(parcel.secret, parcel.id, now, body),
        }
        try:
            async with asyncio.timeout(PATIENCE):
                # Connecting to the very address that was looked at: a second look-up could give another one.
                address = await permitted_address(parcel.url, self._allow_private)
                request = client.build_request("POST", url.copy_with(host=address), content=body, headers=headers)
                request.extensions["sni_hostname"] = url.host
                answer = await client.send(request, stream=True)
                await answer.aclose()
        except (ForbiddenAddress, httpx2.HTTPError, TimeoutError) as failed:
            return Outcome.FAILED, type(failed).__name__
        return (Outcome.SENT, "") if answer.is_success else (Outcome.FAILED, f"HTTP {answer.status_code}")
