"""Puts the pages into the application."""

from fastapi import FastAPI

from api.pages import (
    acting,
    appraisal,
    board,
    board_figures,
    board_remedies,
    calendar,
    calibration,
    cascade,
    closing,
    dates,
    departures,
    feedback,
    group_holds,
    hr,
    imports,
    inbox,
    launch,
    lists,
    measured,
    nominations,
    objections,
    officers,
    participants,
    parts,
    people,
    periods,
    policies,
    reopening,
    routing,
    sessions,
    signing_in,
    socialisation,
    standstill,
    superior_reports,
    superiors,
    unit_performance,
    verification,
    voices,
    waiting,
    webhooks,
)
from api.pages.assets import assets

ROUTERS = (
    lists.router,
    signing_in.router,
    reopening.router,
    objections.router,
    parts.router,
    periods.router,
    feedback.router,
    measured.router,
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
    calendar.router,
    closing.router,
    calibration.router,
    cascade.router,
    sessions.router,
    nominations.router,
    group_holds.router,
    standstill.router,
    imports.router,
    people.router,
    officers.router,
    participants.router,
    socialisation.router,
    superiors.router,
    unit_performance.router,
    departures.router,
    superior_reports.router,
    voices.router,
    acting.router,
    webhooks.router,
    verification.router,
)


def install(app: FastAPI) -> None:
    """Every page, what pages load, and a page for addresses that do not exist."""
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", assets(), name="static")
    routing.register(app)
    app.state.problem_page = routing.problem_page
