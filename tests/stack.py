"""The whole service in one test process: the real app, a real worker on a queue of its own, the real server, a real database."""

import asyncio
import uuid
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx2
import uvicorn
from fastapi import FastAPI
from temporalio.client import Client

import worker
from adapters.database.desk.accounts import TOKEN
from adapters.database.engine import Sessions, open_engine, open_sessions
from api.app import create_app
from api.services import Services
from appraisal.people.offices import Office
from runtime.settings import Settings
from tests.announced import announced
from tests.keys import KEYS

FREE = defaultdict[tuple[str | None, str], list[FastAPI]](list)
"""Applications that serve nobody, by what they were made with."""


@dataclass(frozen=True)
class Stack:
    """A running service. `sessions` write past it, to set a scene."""

    app: FastAPI
    services: Services
    client: Client
    sessions: Sessions
    settings: Settings

    async def visitor(
        self, person: str | None = None, officer: str | None = None, unit: str | None = None, support: bool = False
    ) -> httpx2.AsyncClient:
        """An HTTP client that carries the token of this person, of this HR officer (of this unit), or of nobody; or of one of the
        support staff, who looks on.
        """
        accounts, now = self.services.accounts, datetime.now(UTC)
        account = (
            await accounts.of_person(person, now)
            if person
            else await accounts.officer(officer, now, Office(unit, support))
            if officer
            else None
        )
        headers = {"authorization": f"Bearer {await accounts.issue(account, TOKEN, now)}"} if account else {}
        transport = httpx2.ASGITransport(self.app)
        hooks = {"response": [announced]}
        client = httpx2.AsyncClient(
            transport=transport, base_url="http://jenjang.test", headers=headers, event_hooks=hooks
        )
        if support:
            assert (await client.post("/api/v1/support/look", json={"reason": "Tiket 4711"})).status_code == 201
        return client


@asynccontextmanager
async def running(client: Client, database_url: str, **more: Any) -> AsyncIterator[Stack]:
    """The service on this (migrated) database; `more` are settings of its own."""
    address = client.service_client.config.target_host
    settings = Settings(
        database_url=database_url,
        task_queue=uuid.uuid4().hex,
        temporal_address=address,
        **{"payload_keys": KEYS, "second_step": "optional", **more},
    )
    engine = open_engine(database_url)
    sessions = open_sessions(engine, writing=True)
    with _application(settings) as app:
        async with app.router.lifespan_context(app), worker.compose(client, sessions, settings):
            yield Stack(app, app.state.services, client, sessions, settings)
    await engine.dispose()


@asynccontextmanager
async def served(app: FastAPI) -> AsyncIterator[str]:
    """The application on a port of this machine; its address."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, lifespan="off", log_level="warning"))
    serving = asyncio.create_task(server.serve())
    async with asyncio.timeout(20):
        while not server.started:
            await asyncio.sleep(0.05)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    await serving


@contextmanager
def _application(settings: Settings) -> Iterator[FastAPI]:
    """One that no other stack uses just now. Working out its routes takes half a second, so it serves again and again."""
    free = FREE[settings.temporal_ui, settings.public_url]
    app = free.pop() if free else create_app(settings)
    app.state.settings = settings
    yield app
    free.append(app)
