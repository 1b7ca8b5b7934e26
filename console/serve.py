"""The API process: what `up` starts here and what a container starts elsewhere."""

import signal
import socket
import sys
from contextlib import suppress
from typing import Any

import structlog
import uvicorn
from fastapi import FastAPI

from api.app import create_app
from runtime.collector import spare_the_collector
from runtime.payload_keys import keyring_of
from runtime.settings import Settings, load_settings
from runtime.telemetry import configure_logging
from runtime.tracing import tracing

log = structlog.get_logger(__name__)

REQUESTS_END = 15  # seconds; a decision is answered within 12: 8 to be taken, 4 to be on record


class Server(uvicorn.Server):
    """Closes its socket and answers what it has begun. What never ends by itself, a live page, it ends."""

    def __init__(self, app: FastAPI, settings: Settings) -> None:
        # No access log of uvicorn's: its lines hold whole addresses, and sign-in links are addresses.
        quiet: dict[str, Any] = {"log_config": None, "access_log": False, "server_header": False}
        where: dict[str, Any] = {"host": settings.host, "port": settings.port}
        where |= {"forwarded_allow_ips": settings.trusted_proxies}
        super().__init__(uvicorn.Config(app, timeout_graceful_shutdown=REQUESTS_END, **where, **quiet))
        self._app = app

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await self._app.state.services.live.end()
        await super().shutdown(sockets)


def api() -> None:
    """Serve the API and the pages at JENJANG_HOST and JENJANG_PORT until SIGTERM or Ctrl-C."""
    settings = load_settings()
    keyring_of(settings)  # before the server begins: what is wrong is one sentence then
    configure_logging(settings.log_level, process="api", traced=settings.traced)
    if settings.privacy_gaps:
        log.warning("privacy_notice_incomplete", not_set=settings.privacy_gaps)
    if settings.keeping.unset:
        log.info("retention_not_set", stays=settings.keeping.unset)
    # The server obeys SIGTERM, then sends it to us once more; to be stopped by it in order is a success.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    server = Server(create_app(settings), settings)
    spare_the_collector()
    with tracing(settings, "api"), suppress(KeyboardInterrupt):
        server.run()
    if not server.started:
        sys.exit(1)
