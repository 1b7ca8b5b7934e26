"""Temporal's UI shows an officer what is closed: from its own origin, with the visitor's sign-in, each time on the log."""

import base64
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest
from google.protobuf.json_format import MessageToDict
from structlog.testing import capture_logs
from temporalio.api.common.v1 import Payloads
from temporalio.testing import WorkflowEnvironment

from adapters.database.desk.accounts import SESSION
from api.security import COOKIE, DECODE
from runtime.crypt import Encrypted
from runtime.keyring import Keyring, read_keys
from tests import agency
from tests.api.scene import refused
from tests.api.test_appraisal_api import PLAN, launch
from tests.keys import KEYS
from tests.stack import Stack, running

UI, ELSEWHERE = "http://127.0.0.1:8233", "http://127.0.0.1:8234"
BESIDE = {"sec-fetch-site": "same-site"}
"""What a browser says of a request from another port of this host."""


@pytest.fixture
async def stack(server: WorkflowEnvironment, database_url: str) -> AsyncIterator[Stack]:
    async with running(server.client, database_url, temporal_ui=UI) as service:
        await agency.build(service.sessions)
        yield service


async def browser(stack: Stack, **headers: str) -> httpx2.AsyncClient:
    """An officer's, whose cookie the UI's page sends along."""
    accounts, now = stack.services.accounts, datetime.now(UTC)
    found = await stack.visitor()
    found.cookies.set(COOKIE, await accounts.issue(await accounts.officer("hr", now), SESSION, now))
    found.headers.update(headers)
    return found


async def closed(stack: Stack) -> dict[str, Any]:
    """The order by which ani handed in targets, as Temporal's UI gets it from the server."""
    cycle = await launch(stack, people=["ani"])
    ani = await stack.visitor("ani")
    answer = await ani.post(f"/api/v1/appraisals/{cycle}/ani/targets", json=PLAN)
    assert answer.status_code == 200, answer.text
    history = await stack.client.get_workflow_handle(f"appraisal/{cycle}/ani").fetch_history()
    accepted = (one.workflow_execution_update_accepted_event_attributes for one in history.events)
    order = next(one.accepted_request.input.args for one in accepted if one.HasField("accepted_request"))
    return MessageToDict(order)


async def test_an_officer_reads_in_temporals_ui_what_is_closed(stack: Stack) -> None:
    body = await closed(stack)
    title = PLAN["targets"][0]["title"]
    assert title not in base64.b64decode(body["payloads"][0]["data"]).decode(errors="replace")
    officer = await browser(stack, origin=UI, **BESIDE)
    with capture_logs() as logged:
        answer = await officer.post(DECODE, json=body)
    assert answer.status_code == 200, answer.text
    (opened,) = answer.json()["payloads"]
    assert title in base64.b64decode(opened["data"]).decode()
    assert base64.b64decode(opened["metadata"]["encoding"]) == b"json/plain"
    assert answer.headers["access-control-allow-origin"] == UI
    assert answer.headers["access-control-allow-credentials"] == "true"
    (used,) = [line for line in logged if line["event"] == "payloads_opened"]
    assert (used["by"], used["payloads"]) == ((await officer.get("/api/v1/me")).json()["id"], 1)
    assert title not in str(logged)
    token = await stack.visitor(officer="hr")
    assert (await token.post(DECODE, json=answer.json())).json() == answer.json(), "what is open stays as it is"


async def test_its_origin_and_no_other_and_for_this_question_alone(stack: Stack) -> None:
    asking = {"access-control-request-method": "POST", "access-control-request-headers": "content-type,x-namespace"}
    nobody = await stack.visitor()
    allowed = await nobody.options(DECODE, headers={"origin": UI, **asking})
    assert (allowed.status_code, allowed.headers["access-control-allow-origin"]) == (200, UI)
    other = await nobody.options(DECODE, headers={"origin": ELSEWHERE, **asking})
    assert (other.status_code, "access-control-allow-origin" in other.headers) == (400, False)
    told = await nobody.post(DECODE, json={"payloads": []}, headers={"origin": UI, **BESIDE})
    assert (told.status_code, told.headers["access-control-allow-origin"]) == (401, UI), "the UI can read the refusal"
    beside = await browser(stack, origin=ELSEWHERE, **BESIDE)
    refused(await beside.post(DECODE, json={"payloads": []}), 403, "cross_site")
    ui = await browser(stack, origin=UI, **BESIDE)
    refused(await ui.post("/api/v1/webhooks", json={"url": "https://a.example/"}), 403, "cross_site")
    assert "access-control-allow-origin" not in (await ui.get("/api/v1/me")).headers
    assert (await nobody.post(DECODE.replace("decode", "encode"), json={"payloads": []})).status_code == 404


async def test_what_cannot_be_opened_names_its_key_and_what_is_no_payload_is_refused(stack: Stack) -> None:
    keys = read_keys(KEYS.replace("tests=", "retired="))
    lost = await Encrypted(Keyring(keys, keys[0])).encode([stack.client.data_converter.payload_converter.to_payload(1)])
    officer = await stack.visitor(officer="hr")
    problem = refused(await officer.post(DECODE, json=MessageToDict(Payloads(payloads=lost))), 409, "payload_closed")
    assert "payload key 'retired', which is not here" in problem["title"]
    for wrong in ({"payloads": [{"data": "x"}]}, {"payloads": [{"metadata": {"encoding": "x"}}]}):
        refused(await officer.post(DECODE, json=wrong), 422, "invalid_request")
