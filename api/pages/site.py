"""Puts the pages into the application."""

from fastapi import FastAPI

from api.pages import (
    acting,
    appraisal,
    board,
    board_figures,
    board_remedies,
    calibration,
    closing,
    dates,
    group_holds,
    hr,
    imports,
    inbox,
    launch,
    nominations,
    officers,
    participants,
    people,
    policies,
    reopening,
    routing,
    signing_in,
    superior_reports,
    superiors,
    waiting,
)
from api.pages.assets import assets

ROUTERS = (
    signing_in.router,
    reopening.router,
    appraisal.router,
    waiting.router,
    inbox.router,
    launch.router,
    board_figures.router,
    board.router,
    board_remedies.router,
    hr.router,
    dates.router,
    policies.router,
    closing.router,
    calibration.router,
    nominations.router,
    group_holds.router,
    imports.router,
    people.router,
    officers.router,
    participants.router,
    superiors.router,
    superior_reports.router,
    acting.router,
)


def install(app: FastAPI) -> None:
    """Every page, what pages load, and a page for addresses that do not exist."""
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", assets(), name="static")
    routing.register(app)
    app.state.problem_page = routing.problem_page
