"""The HTTP process: opens what requests need, mounts the routes, guards every answer."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache

from fastapi import FastAPI

from adapters.database.desk.accounts import Accounts, Terms
from adapters.database.desk.boards import Boards
from adapters.database.desk.career import CareerDesk
from adapters.database.desk.catalogue import Catalogue
from adapters.database.desk.credentials import Credentials
from adapters.database.desk.development import DevelopmentDesk
from adapters.database.desk.drafts import Drafts
from adapters.database.desk.feedback import FeedbackDesk
from adapters.database.desk.hooks import Hooks
from adapters.database.desk.identities import Identities
from adapters.database.desk.inbox import Inbox
from adapters.database.desk.looks import Looks
from adapters.database.desk.papers import Papers
from adapters.database.desk.policies import Policies
from adapters.database.desk.readings import Readings
from adapters.database.desk.schedules import Schedules
from adapters.database.desk.second_step import SecondSteps
from adapters.database.desk.security_record import SecurityRecord
from adapters.database.desk.socialisation import Socialisation
from adapters.database.desk.unit_performance import UnitPerformance
from adapters.database.desk.uploads import Uploads
from adapters.database.desk.voices import Voices
from adapters.database.engine import open_engine, open_sessions
from adapters.guesses import Guesses
from adapters.sealing import Sealer
from api import errors, observe, record_away
from api.bounds import LARGEST_BODY
from api.deprecation import Announced
from api.live import Live
from api.observe import Observed
from api.pages import site
from api.readings import Notebook, Noted
from api.routes import (
    appointments,
    appraisals,
    audit,
    board,
    calendar,
    career,
    cascade,
    catalogue,
    closing,
    closing_report,
    cycles,
    data_requests,
    dates,
    departures,
    development,
    drafts,
    enrolments,
    feedback,
    group_holds,
    groups,
    heads_words,
    identities,
    imports,
    keys,
    objections,
    officers,
    papers,
    participants,
    parts,
    payloads,
    periods,
    policies,
    remedies,
    reopening,
    retention,
    schedules,
    seat_plans,
    sessions,
    siasn,
    sign_ins,
    signing_in,
    socialisation,
    standstill,
    superior_reports,
    superiors,
    support,
    unit_performance,
    unreached,
    voices,
    webhooks,
    work,
)
from api.services import Services
from api.single_sign_on import provider_of
from api.strict import Api, SameSite
from api.traced import THEIRS, Traced
from api.vitals import Vitals
from runtime.sealing_keys import WEBHOOKS, demand_sealing_keys, sealing_keys
from runtime.settings import Settings, load_settings
from runtime.temporal import connect


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Services]:
    """Everything that requests need, for as long as the process serves."""
    demand_sealing_keys(settings)
    engine = open_engine(settings.database_url, traced=settings.traced)
    temporal = await connect(settings)
    guesses, terms = Guesses(), _terms(settings)
    accounts, reading = Accounts(engine, terms, guesses), open_sessions(engine)
    sealer = cache(lambda: Sealer(sealing_keys(settings)))
    hook_keys = cache(lambda: Sealer(sealing_keys(settings, WEBHOOKS)))
    async with Notebook(Readings(engine)).kept() as notebook:
        yield Services(
            settings=settings,
            reading=reading,
            temporal=temporal,
            accounts=accounts,
            drafts=Drafts(engine),
            inbox=Inbox(engine),
            uploads=Uploads(engine),
            policies=Policies(engine),
            schedules=Schedules(engine),
            hooks=Hooks(engine, settings.webhooks_private, hook_keys),
            socialisation=Socialisation(engine),
            papers=Papers(engine),
            performance=UnitPerformance(engine),
            boards=Boards(engine),
            voices=Voices(engine),
            feedback=FeedbackDesk(engine),
            careers=CareerDesk(engine),
            catalogue=Catalogue(engine),
            development=DevelopmentDesk(engine),
            guesses=guesses,
            credentials=Credentials(engine, terms),
            looks=Looks(engine),
            second_steps=SecondSteps(engine, sealer, guesses),
            security=SecurityRecord(engine),
            live=Live(reading),
            vitals=Vitals(reading, temporal, settings.task_queue),
            notebook=notebook,
            identities=Identities(engine, accounts),
            provider=provider_of(settings),
        )
    await engine.dispose()


def _terms(settings: Settings) -> Terms:
    needed = settings.second_step == "officers"
    return Terms(settings.session_lifetime, settings.session_idle, needed, settings.all_passwords)


@asynccontextmanager
async def _serving(app: FastAPI) -> AsyncIterator[None]:
    async with opened(app.state.settings) as services:
        app.state.services = services
        yield


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application; settings come from the environment unless given."""
    chosen = settings or load_settings()

    app = Api(
        title="Jenjang",
        version="1",
        lifespan=_serving,
        max_body_size=LARGEST_BODY,
        docs_url=None,
        redoc_url=None,
        telemetry=THEIRS,
    )
    app.state.settings = chosen
    app.state.https_only = chosen.public_url.startswith("https://")
    errors.register(app)
    record_away.register(app)
    app.add_middleware(Announced)
    app.add_middleware(Noted)
    app.add_middleware(SameSite, temporal_ui=chosen.temporal_ui)
    if chosen.temporal_ui:
        app.add_middleware(payloads.OpenToTemporalsUi, origin=chosen.temporal_ui)
    app.add_middleware(Observed)
    if chosen.traced:
        app.add_middleware(Traced)
    app.include_router(observe.router)
    for module in (
        *(appointments, appraisals, audit, board, calendar, career, cascade, catalogue, closing, closing_report),
        *(
            cycles,
            data_requests,
            dates,
            departures,
            development,
            drafts,
            enrolments,
            feedback,
            group_holds,
            groups,
            heads_words,
            identities,
            imports,
            keys,
            objections,
        ),
        *(officers, papers, participants, parts, payloads, retention),
        *(periods, policies, remedies, reopening, schedules, seat_plans, sessions, siasn, sign_ins, signing_in),
        *(socialisation, standstill, superior_reports, superiors, support, unit_performance, unreached, voices),
        *(webhooks, work),
    ):
        app.include_router(module.router, prefix="/api/v1")
    site.install(app)
    return app
