"""The way out to other servers: to public addresses only, and to the very address that was looked at."""

import asyncio
import ipaddress
import socket
from collections.abc import Callable

import httpx2

from adapters.spans import span
from appraisal.errors import ForbiddenAddress

LONGEST = 500
"""Characters of an address."""
TRANSLATED = tuple(ipaddress.ip_network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32"))
"""IPv6 addresses that lead to an IPv4 address inside them, which may be a private one."""


class Outgoing(httpx2.AsyncBaseTransport):
    """Looks at every request's address just before it connects; ForbiddenAddress where it must not go.

    It asks the name service once and connects to what it was told: a second look-up could give another address. The host's
    name stays in the certificate's check and in the header; hosts of one address never share a connection. No proxy of the
    environment is used, and clients do not follow redirects: both would lead past the look.
    """

    def __init__(self, private: Callable[[str], bool]) -> None:
        """`private`: whether this host may be in the own network."""
        self._private, self._tls = private, httpx2.create_ssl_context(trust_env=False)
        self._ways: dict[bytes, httpx2.AsyncHTTPTransport] = {}

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        about = {"http.request.method": request.method, "server.address": request.url.host}
        with span(f"{request.method} {request.url.host}", about) as here:
            answer = await self._request(request)
            here.set_attribute("http.response.status_code", answer.status_code)
        return answer

    async def _request(self, request: httpx2.Request) -> httpx2.Response:
        address = await permitted_address(str(request.url), self._private(request.url.host))
        way = self._ways.get(request.url.netloc)
        if way is None:
            way = self._ways[request.url.netloc] = httpx2.AsyncHTTPTransport(verify=self._tls, trust_env=False)
        looked_at = httpx2.Request(
            request.method,
            request.url.copy_with(host=address),
            headers=request.headers,
            stream=request.stream,
            extensions={**request.extensions, "sni_hostname": request.url.host},
        )
        return await way.handle_async_request(looked_at)

    async def aclose(self) -> None:
        for way in self._ways.values():
            await way.aclose()


def _forbidden(why: str) -> ForbiddenAddress:
    return ForbiddenAddress(why, "url", "Give a public address that begins with https://.")


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
