"""One process of the service: what `up` starts here and what a container starts elsewhere."""

import runpy
import signal
import sys

import uvicorn

from adapters.database import engine
from api.app import create_app
from runtime.collector import spare_the_collector
from runtime.payload_keys import keyring_of
from runtime.settings import load_settings
from runtime.telemetry import configure_logging

STREAMS_END = 5  # seconds that open pages (live progress) get when the server stops


def api() -> None:
    """Serve the API and the pages at JENJANG_HOST and JENJANG_PORT until SIGTERM or Ctrl-C."""
    settings = load_settings()
    keyring_of(settings)  # before the server begins: what is wrong is one sentence then
    configure_logging(settings.log_level, process="api")
    # The server obeys SIGTERM, then sends it to us once more; to be stopped by it in order is a success.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    # No access log of uvicorn's: its lines hold whole addresses, and sign-in links are addresses.
    app = create_app(settings)
    spare_the_collector()
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        forwarded_allow_ips=settings.trusted_proxies,
        timeout_graceful_shutdown=STREAMS_END,
    )


def worker() -> None:
    """Run one worker process until SIGTERM or Ctrl-C; what it has begun it finishes first."""
    keyring_of(load_settings())
    sys.argv = ["worker"]
    runpy.run_module("worker", run_name="__main__", alter_sys=True)


def migrate() -> None:
    """Bring the database to the current schema. Harmless when it is there already."""
    settings = load_settings()
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine.migrate(settings.database_url)
    print("The database has the current schema.")
