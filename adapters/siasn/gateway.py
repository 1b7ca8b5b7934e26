"""SIASN's web service: find whose record it is, look what is there, write, and read back what was written.

The employee's NIP stands in SIASN's addresses and in no log of ours: httpx2's own lines are silenced in runtime/telemetry.py,
and what is raised here carries a code instead of an address.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx2

from adapters.outgoing import Outgoing, permitted_address
from adapters.siasn.answers import Failed, body_of, rows_of
from adapters.siasn.tokens import Client, TokenSource
from appraisal.errors import ForbiddenAddress
from appraisal.siasn.push import Attempt, Failure
from appraisal.siasn.record import Record, digest, held, is_proved, is_told

PATIENCE = httpx2.Timeout(20.0, connect=10.0)
AT_ONCE = 8
"""Requests on their way at the same time: a guest does not crowd his host."""
LOCAL = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, slots=True)
class Access:
    """Where SIASN is, and the clients of its API manager and its sign-in. `loopback`: it may be on this very machine."""

    url: str
    manager: Client
    sso: Client
    loopback: bool = False


class Siasn:
    """Implements activities.siasn_ports.Gateway."""

    def __init__(self, access: Access, now: Callable[[], datetime]) -> None:
        self._access, self._now = access, now
        self._manager, self._sso = TokenSource(access.manager), TokenSource(access.sso)
        self._room = asyncio.Semaphore(AT_ONCE)

    async def send(self, records: Sequence[tuple[str, Record]]) -> AsyncGenerator[Attempt, None]:
        if not records:
            return
        client = httpx2.AsyncClient(
            transport=Outgoing(self._near), timeout=PATIENCE, follow_redirects=False, trust_env=False
        )
        async with client as http:
            unfit = await self._unfit(http)
            if unfit:
                for push, _ in records:
                    yield Attempt(push, self._now(), unfit)
                return
            tasks = [asyncio.create_task(self._try(http, push, record)) for push, record in records]
            try:
                for task in asyncio.as_completed(tasks):
                    yield await task
            finally:
                for one in tasks:
                    one.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)

    async def _unfit(self, http: httpx2.AsyncClient) -> Failure | None:
        """Why nothing at all can be sent, found out once and not for each record."""
        try:
            for url in (self._access.url, self._access.manager.url, self._access.sso.url):
                await permitted_address(url, self._near(httpx2.URL(url).host))
            await self._manager.get(http)
            await self._sso.get(http)
        except ForbiddenAddress:
            return Failure.ADDRESS
        except Failed as failed:
            return failed.failure
        except httpx2.HTTPError:
            return Failure.NO_ANSWER
        return None

    def _near(self, host: str) -> bool:
        return self._access.loopback and host in LOCAL

    async def _try(self, http: httpx2.AsyncClient, push: str, record: Record) -> Attempt:
        said = digest(record)
        async with self._room:
            try:
                answer = await self._deliver(http, record)
            except Failed as failed:
                return Attempt(push, self._now(), failed.failure, said, failed.words)
            except ForbiddenAddress:
                return Attempt(push, self._now(), Failure.ADDRESS, said)
            except httpx2.HTTPError:
                return Attempt(push, self._now(), Failure.NO_ANSWER, said)
        return Attempt(push, self._now(), None, said, answer)

    async def _deliver(self, http: httpx2.AsyncClient, record: Record) -> str:
        """SIASN's id of the record, once it holds what was to be told. It is written only where it does not."""
        found = held(record, await self._history(http, record))
        if found and is_told(record, found):
            return str(found.get("id", ""))
        person, form = await self._person(http, record.number), record.form
        body = {**record.fields, form.person: person}
        if form.id:
            body[form.id] = found.get("id") if found else None
        body_of(await self._ask(http, "POST", form.save, body))
        written = held(record, await self._history(http, record))
        if written is None or not is_proved(record, written):
            raise Failed(Failure.NOT_AS_SENT)
        return str(written.get("id", ""))

    async def _person(self, http: httpx2.AsyncClient, number: str) -> str:
        """SIASN's own id of the person. Nothing else of what it tells about people is looked at."""
        try:
            found = body_of(await self._ask(http, "GET", f"pns/data-utama/{number}")).get("data")
        except Failed as failed:
            unknown = failed.failure is Failure.REFUSED
            raise Failed(Failure.PERSON_UNKNOWN if unknown else failed.failure, failed.words) from None
        known = (found.get("id") or found.get("pnsId")) if isinstance(found, dict) else None
        if not known:
            raise Failed(Failure.PERSON_UNKNOWN)
        return str(known)

    async def _history(self, http: httpx2.AsyncClient, record: Record) -> list[dict[str, Any]]:
        return rows_of(await self._ask(http, "GET", f"{record.form.history}/{record.number}"))

    async def _ask(
        self, http: httpx2.AsyncClient, method: str, path: str, body: dict[str, Any] | None = None
    ) -> httpx2.Response:
        """The answer. Tokens that are refused are renewed once: they may have ended on the way."""
        manager, sso = await self._manager.get(http), await self._sso.get(http)
        answer = await self._request(http, method, path, body, (manager, sso))
        if answer.status_code != 401:
            return answer
        fresh = (await self._manager.get(http, manager), await self._sso.get(http, sso))
        return await self._request(http, method, path, body, fresh)

    async def _request(
        self, http: httpx2.AsyncClient, method: str, path: str, body: dict[str, Any] | None, tokens: tuple[str, str]
    ) -> httpx2.Response:
        headers = {"authorization": f"Bearer {tokens[0]}", "auth": f"Bearer {tokens[1]}"}
        return await http.request(method, f"{self._access.url}/{path}", json=body, headers=headers)


class NotConnected:
    """Implements activities.siasn_ports.Gateway where the settings lead nowhere: everything waits until they do."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now

    async def send(self, records: Sequence[tuple[str, Record]]) -> AsyncGenerator[Attempt, None]:
        for push, _ in records:
            yield Attempt(push, self._now(), Failure.SWITCHED_OFF)
