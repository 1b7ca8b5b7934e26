"""The proxy of docker-compose.yml, by Debian's nginx: TLS before one API process, as people and strangers meet it."""

import asyncio
import os
import re
import shutil
import ssl
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network
from pathlib import Path

import httpx2
import pytest
import yaml
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from sqlalchemy import select
from temporalio.testing import WorkflowEnvironment

from adapters.database.columns import table_of
from adapters.database.desk.accounts import LINK, Accounts
from adapters.database.engine import open_engine, open_sessions
from adapters.database.tables import signing_in
from api.routes.imports import LARGEST_FILE
from runtime.children import Child
from runtime.embedded import HOST
from runtime.readiness import web_serves
from runtime.settings import Settings
from tests.faults.people import until
from tests.keys import KEYS
from tests.ports import kept_port

ROOT = Path(__file__).parents[2]
CONFIG = (ROOT / "deploy" / "proxy" / "nginx.conf").read_text()
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SECURITY = table_of(signing_in.SecurityEvent)
AROUND = """
daemon off; pid {0}/nginx.pid; error_log stderr; worker_processes 1; {user}
events {{}}
http {{
    client_body_temp_path {0}/body; proxy_temp_path {0}/proxy; fastcgi_temp_path {0}/f; uwsgi_temp_path {0}/u;
    scgi_temp_path {0}/s;
    {1}
}}
"""
STRANGER, LIAR = "127.0.0.2", "203.0.113.9"


@dataclass(frozen=True)
class Front:
    """An API process with its proxy, and the settings of both."""

    settings: Settings
    plain: str
    folder: Path

    def client(self, address: str = STRANGER) -> httpx2.AsyncClient:
        """Somebody at this address of the loopback network, who knows the certificate."""
        context = ssl.create_default_context(cafile=str(self.folder / "tls" / "fullchain.pem"))
        transport = httpx2.AsyncHTTPTransport(verify=context, local_address=address)
        return httpx2.AsyncClient(base_url=self.settings.public_url, transport=transport, timeout=10)


def certify(folder: Path) -> None:
    """A certificate for this machine that signs itself."""
    folder.mkdir()
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "proxy")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    dated = builder.not_valid_before(now - timedelta(hours=1)).not_valid_after(now + timedelta(days=1))
    named = dated.add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(HOST))]), critical=False)
    signed = named.sign(key, hashes.SHA256())
    (folder / "fullchain.pem").write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "privkey.pem").write_bytes(key.private_bytes(*form))


def nginx(folder: Path, ports: dict[str, int]) -> Child:
    """The file of compose with the places of this machine."""
    program = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
    if program is None:
        raise RuntimeError("nginx is not installed. On Debian: apt-get install nginx-light")
    certify(folder / "tls")
    here = {"/etc/nginx/tls": str(folder / "tls"), "http://api:8080": f"http://{HOST}:{ports['api']}"}
    here |= {"listen 443": f"listen {HOST}:{ports['https']}", "listen 80": f"listen {HOST}:{ports['http']}"}
    text = CONFIG
    for theirs, ours in here.items():
        assert theirs in text
        text = text.replace(theirs, ours)
    user = "user root;" if os.geteuid() == 0 else ""  # its temporary files are in a folder of ours
    (folder / "nginx.conf").write_text(AROUND.format(folder, text, user=user))
    argv = [program, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", "stderr"]
    return Child("nginx", argv, log=folder / "nginx.log")


@asynccontextmanager
async def started(*children: Child) -> AsyncIterator[None]:
    try:
        for child in children:
            await child.start()
        yield
    finally:
        for child in children:
            await child.stop(20)


@pytest.fixture(scope="module")
async def front(
    server: WorkflowEnvironment, migrated_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Front]:
    folder = tmp_path_factory.mktemp("front")
    await asyncio.to_thread(shutil.copy, migrated_file, folder / "jenjang.db")
    ports = {name: kept_port() for name in ("api", "https", "http")}
    settings = Settings(
        data_dir=folder,
        temporal_address=server.client.service_client.config.target_host,
        port=ports["api"],
        public_url=f"https://{HOST}:{ports['https']}",
        trusted_proxies=HOST,
        payload_keys=KEYS,
        second_step="optional",
    )
    command = (sys.executable, "-m", "console.main", "api")
    api = Child("api", command, env=settings.environment(), log=folder / "api.log")
    proxy = await asyncio.to_thread(nginx, folder, ports)
    async with started(api, proxy):

        async def ready() -> bool:
            assert api.running, api.last_words()
            assert proxy.running, proxy.last_words()
            return await web_serves(f"http://{HOST}:{settings.port}/readyz")

        await until(ready)
        yield Front(settings, f"http://{HOST}:{ports['http']}", folder)


async def signed_in(front: Front, client: httpx2.AsyncClient) -> httpx2.Response:
    """An officer's first sign-in, by a link."""
    engine, now = open_engine(front.settings.database_url), datetime.now(UTC)
    accounts = Accounts(engine)
    secret = await accounts.issue(await accounts.officer("petugas", now), LINK, now)
    await engine.dispose()
    return await client.post(f"/sign-in/link/{secret}", headers={"origin": front.settings.public_url})


async def addresses(front: Front) -> list[str]:
    """From where somebody was refused, in the order of time."""
    engine = open_engine(front.settings.database_url)
    async with open_sessions(engine)() as session:
        query = select(SECURITY.c.address).where(SECURITY.c.deed == "refused").order_by(SECURITY.c.at)
        found = list((await session.execute(query)).scalars())
    await engine.dispose()
    return found


async def test_without_tls_one_is_sent_to_it(front: Front) -> None:
    async with httpx2.AsyncClient(trust_env=False) as client:
        answer = await client.get(f"{front.plain}/inbox?x=1")
    assert answer.status_code == 308
    assert answer.headers["location"] == f"https://{HOST}/inbox?x=1"


async def test_sessions_are_bound_to_this_host_and_to_tls(front: Front) -> None:
    async with front.client() as client:
        answer = await signed_in(front, client)
        (cookie,) = [one for one in answer.headers.get_list("set-cookie") if one.startswith("__Host-jenjang=")]
        assert {"secure", "httponly", "path=/"} <= {part.strip().lower() for part in cookie.split(";")}
        assert "max-age=" in answer.headers["strict-transport-security"]
        assert "nginx/" not in answer.headers.get("server", "")
        assert (await client.get("/board")).status_code == 200


async def test_a_live_page_is_heard_while_it_is_open(front: Front) -> None:
    async with front.client() as client:
        await signed_in(front, client)
        async with asyncio.timeout(10), client.stream("GET", "/board/live") as answer:
            assert answer.headers["content-type"].startswith("text/event-stream")
            async for line in answer.aiter_lines():
                if line.startswith("event: board"):
                    break


async def test_who_somebody_is_the_proxy_tells_and_nobody_else(front: Front) -> None:
    wrong = {"authorization": "Bearer nothing", "x-forwarded-for": LIAR}
    async with front.client() as client:
        await client.get("/api/v1/me", headers=wrong)
    past = httpx2.AsyncHTTPTransport(local_address="127.0.0.3")
    async with httpx2.AsyncClient(transport=past, base_url=f"http://{HOST}:{front.settings.port}") as client:
        await client.get("/api/v1/me", headers=wrong)
    assert await addresses(front) == [STRANGER, "127.0.0.3"]


@pytest.mark.parametrize("path", ["/metrics", "/readyz"])
async def test_what_is_for_operators_stays_inside(front: Front, path: str) -> None:
    async with front.client() as client:
        assert (await client.get(path)).status_code == 404
        assert (await client.get("/healthz")).status_code == 200


async def test_no_sign_in_link_stands_in_its_log(front: Front) -> None:
    async with front.client() as client:
        await client.get("/sign-in/link/a-secret-of-somebody")
    assert "a-secret" not in await asyncio.to_thread((front.folder / "nginx.log").read_text)


def test_files_of_an_import_get_through() -> None:
    (limit,) = re.findall(r"client_max_body_size (\d+)m;", CONFIG)
    assert int(limit) * 1024 * 1024 > LARGEST_FILE + 64 * 1024


def test_in_compose_the_proxy_alone_is_believed_and_alone_is_open() -> None:
    proxy, network = COMPOSE["services"]["proxy"], COMPOSE["networks"]["default"]["ipam"]["config"][0]
    address = proxy["networks"]["default"]["ipv4_address"]
    assert COMPOSE["x-jenjang"]["environment"]["JENJANG_TRUSTED_PROXIES"] == f"${{JENJANG_TRUSTED_PROXIES:-{address}}}"
    assert f"JENJANG_TRUSTED_PROXIES={address}\n" in (ROOT / ".env.example").read_text()
    assert ip_address(address) in ip_network(network["subnet"])
    assert ip_address(address) not in ip_network(network["ip_range"]), "given to nobody else"
