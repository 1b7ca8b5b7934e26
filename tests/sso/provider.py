"""A real OpenID provider in a process of its own: the conforming one from npm, with a realm in its path like Keycloak's."""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

NODE, SCRIPT = Path(sys.executable).with_name("node"), Path(__file__).with_name("provider.mjs")
CLIENT, SECRET = "jenjang", "rahasia untuk pengujian"
REALM = "/realms/asn"
STARTS = 60  # seconds, on a machine that does much else


@asynccontextmanager
async def provider(site: str, people: Mapping[str, Mapping[str, Any]], in_token: bool) -> AsyncIterator[dict[str, Any]]:
    """The settings of a Jenjang at the address `site` whose provider knows these people by their subject.

    `in_token`: it tells all claims in the token, as Keycloak does; else only to those who ask it.
    """
    client = {"client_id": CLIENT, "client_secret": SECRET, "redirect_uris": [f"{site}/sign-in/sso/return"]}
    client["post_logout_redirect_uris"] = [f"{site}/sign-in"]
    said = json.dumps({"client": client, "people": people, "realm": REALM, "in_token": in_token})
    process = await asyncio.create_subprocess_exec(NODE, SCRIPT, said, stdin=PIPE, stdout=PIPE)
    assert process.stdin
    assert process.stdout
    try:
        async with asyncio.timeout(STARTS):
            issuer = (await process.stdout.readline()).decode().strip()
        assert issuer, "the provider did not start: see its words above"
        yield settings_for(issuer, site)
    finally:
        process.stdin.close()
        await process.wait()


def settings_for(issuer: str, site: str) -> dict[str, Any]:
    """The settings of a Jenjang at this address with this provider on the same machine."""
    given = {"issuer": issuer, "client_id": CLIENT, "client_secret": SECRET, "name": "SSO ASN", "loopback": True}
    return {"public_url": site, **{f"oidc_{name}": value for name, value in given.items()}}
