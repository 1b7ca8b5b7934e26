"""The HTTP process: opens what requests need, mounts the routes, guards every answer."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request, Response

from adapters.database.desk.accounts import Accounts
from adapters.database.desk.drafts import Drafts
from adapters.database.desk.inbox import Inbox
from adapters.database.desk.uploads import Uploads
from adapters.database.engine import open_engine, open_sessions
from api import errors
from api.routes import appraisals, cycles, drafts, signing_in, work
from api.services import Services
from runtime.settings import Settings, load_settings
from runtime.temporal import connect

LARGEST_BODY = 1024 * 1024
"""Bytes of a request without a file; far more than any form holds."""
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Services]:
    """Everything that requests need, for as long as the process serves."""
    engine = open_engine(settings.database_url)
    desk = open_sessions(engine, writing=True)
    address = settings.temporal_address or f"127.0.0.1:{settings.temporal_port}"
    temporal = await connect(address, settings.temporal_namespace)
    reading = open_sessions(engine)
    yield Services(settings, reading, temporal, Accounts(desk), Drafts(desk), Inbox(desk), Uploads(desk))
    await engine.dispose()


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application; settings come from the environment unless given."""
    chosen = settings or load_settings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with opened(chosen) as services:
            app.state.services = services
            yield

    app = FastAPI(
        title="Jenjang", version="1", lifespan=lifespan, max_body_size=LARGEST_BODY, docs_url="/api/docs", redoc_url=None
    )
    errors.register(app)
    app.middleware("http")(_guard)
    for module in (appraisals, drafts, cycles, signing_in, work):
        app.include_router(module.router, prefix="/api/v1")
    return app


async def _guard(request: Request, proceed: Callable[[Request], Awaitable[Response]]) -> Response:
    """Every answer forbids what browsers would otherwise allow."""
    response = await proceed(request)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response
