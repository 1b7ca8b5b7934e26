"""Opens what Temporal keeps closed, for Temporal's own UI and command line (their codec protocol). Nothing is closed here."""

from typing import Any

import structlog
from fastapi import APIRouter, Request
from google.protobuf.json_format import MessageToDict, ParseDict, ParseError
from pydantic import BaseModel, Field
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send
from temporalio.api.common.v1 import Payloads as Wire

from adapters.database.desk.security_record import Deed
from api.errors import BAD_INPUT, Problem
from api.security import DECODE, PAYLOADS, Officer, origin_of
from api.services import Jenjang
from api.strict import ForeignRoute, json_router
from runtime.crypt import CannotOpen

router: APIRouter = json_router(PAYLOADS.removeprefix("/api/v1"), ("operation",), ForeignRoute)
log = structlog.get_logger(__name__)
NO_PAYLOADS = Problem(
    BAD_INPUT, "invalid_request", "These are no payloads of Temporal's.", "payloads", "Send base64, as its UI does."
)


class Payload(BaseModel):
    """As Temporal writes it in JSON: base64 throughout."""

    metadata: dict[str, str] = Field(default_factory=dict)
    data: str = ""


class Payloads(BaseModel):
    """Several of them, in the order of the question. Fields that are not known here are left out, not refused: the
    protocol is Temporal's."""

    payloads: tuple[Payload, ...]


@router.post("/decode")
async def decode(body: Payloads, visitor: Officer, request: Request, jenjang: Jenjang) -> Payloads:
    """Open these payloads. Each use is logged with the officer's id and their number, and stands in the security record.

    409 with the id of the key where one of them cannot be opened.
    """
    codec = jenjang.temporal.data_converter.payload_codec
    assert codec is not None, "connect() always gives one"
    closed = _parsed(body)
    log.info("payloads_opened", by=visitor.id, payloads=len(closed.payloads))
    about = f"payloads {len(closed.payloads)}"
    await jenjang.security.add(Deed.PAYLOADS_OPENED, jenjang.now(), visitor.account, origin_of(request), about)
    try:
        opened = Wire(payloads=await codec.decode(closed.payloads))
    except CannotOpen as why:
        remedy = "See docs/security.md on payload keys."
        raise Problem(409, "payload_closed", str(why), "payloads", remedy) from why
    return Payloads.model_validate({"payloads": [], **_plain(opened)})


def _parsed(body: Payloads) -> Wire:
    try:
        return ParseDict(body.model_dump(), Wire())
    except ParseError:
        raise NO_PAYLOADS from None


def _plain(opened: Wire) -> dict[str, Any]:
    return MessageToDict(opened)


class OpenToTemporalsUi:
    """Pages of exactly this origin may ask for payloads, with the visitor's cookie; for the rest of the API nothing changes."""

    def __init__(self, app: ASGIApp, origin: str) -> None:
        self._app = app
        asked = ("content-type", "x-namespace", "authorization")
        self._open = CORSMiddleware(
            app, allow_origins=(origin,), allow_methods=("POST",), allow_headers=asked, allow_credentials=True
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asks = scope["type"] == "http" and scope["path"] == DECODE
        await (self._open if asks else self._app)(scope, receive, send)
