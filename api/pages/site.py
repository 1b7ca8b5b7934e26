"""Puts the pages into the application."""

from fastapi import FastAPI

from api.pages import appraisal, inbox, routing, signing_in, waiting
from api.pages.assets import assets

ROUTERS = (signing_in.router, appraisal.router, waiting.router, inbox.router)


def install(app: FastAPI) -> None:
    """Every page, what pages load, and a page for addresses that do not exist."""
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", assets(), name="static")
    routing.register(app)
