"""The worker process: everything that the processes do to the world is put together here."""

import asyncio
import signal
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import uvloop
from temporalio.client import Client
from temporalio.worker import Worker

from activities.appointments import AppointmentActivities
from activities.attendance import AttendanceActivities
from activities.bulk import BulkActivities
from activities.calibration import CalibrationActivities
from activities.closing import ClosingActivities
from activities.cycle import CycleActivities
from activities.data_requests import DataRequestActivities
from activities.dates import DatesActivities
from activities.departure import DepartureActivities
from activities.enrolment import EnrolmentActivities
from activities.joining import JoiningActivities
from activities.nomination import NominationActivities
from activities.notices import NoticeActivities
from activities.organisation import OrganisationActivities
from activities.periods import PeriodActivities
from activities.records import RecordActivities
from activities.reopening import ReopeningActivities
from activities.retention import RetentionActivities
from activities.roster_import import RosterImportActivities
from activities.seat_plans import SeatPlanActivities
from activities.siasn import PushActivities
from activities.standstill import StandstillActivities
from activities.superiors import ReportTime, SuperiorActivities
from activities.undoing import UndoActivities
from activities.voices import VoiceActivities
from activities.watch import WatchActivities
from adapters.cycle_archive import NightlyArchives
from adapters.database.engine import Sessions, open_engine, open_sessions
from adapters.database.reads.calendars import SqlCalendars
from adapters.database.reads.calibrations import SqlCalibrations
from adapters.database.reads.closing_signature import SqlClosings
from adapters.database.reads.running import SqlRunning
from adapters.database.reads.standstill import SqlStanding
from adapters.database.writes.anchors import SqlAnchors
from adapters.database.writes.appointments import SqlAppointments
from adapters.database.writes.data_requests import SqlDataRequests
from adapters.database.writes.deliveries import SqlDeliveries
from adapters.database.writes.departures import SqlDepartures
from adapters.database.writes.enrolments import SqlEnrolments
from adapters.database.writes.evaluations import SqlEvaluations
from adapters.database.writes.joiners import SqlJoiners
from adapters.database.writes.nominations import SqlNominations
from adapters.database.writes.participants import SqlParticipants
from adapters.database.writes.records import SqlRecords
from adapters.database.writes.reopening import SqlArchive
from adapters.database.writes.retention import SqlRetention
from adapters.database.writes.roster import SqlRosters
from adapters.database.writes.roster_attendance import SqlAttendance
from adapters.database.writes.seat_plans import SqlSeatPlans
from adapters.database.writes.siasn import SqlPushes
from adapters.database.writes.superiors import SqlSuperiors
from adapters.database.writes.troubles import SqlWatched
from adapters.database.writes.undoing import SqlUndos
from adapters.database.writes.voices import SqlVoices
from adapters.mail import Server, SmtpMail
from adapters.sealing import Sealer
from adapters.seat_optimiser import SeatOptimiser
from adapters.siasn.code_tables import UnusableCodes
from adapters.siasn.codes import read_codes
from adapters.siasn.gateway import Access, NotConnected, Siasn
from adapters.siasn.tokens import Client as TokenClient
from adapters.webhooks import Webhooks
from api.letters import Letters
from appraisal.delivery import Hours
from runtime.collector import spare_the_collector
from runtime.processes import (
    TemporalAppointments,
    TemporalCases,
    TemporalEnrolments,
    TemporalGroups,
    TemporalPeriods,
    keep_notices_going,
    keep_retention_going,
)
from runtime.sealing_keys import WEBHOOKS, sealing_keys
from runtime.settings import Settings, SettingsError, load_settings
from runtime.telemetry import configure_logging, serve_metrics, worker_runtime
from runtime.temporal import connect
from runtime.tracing import tracing
from runtime.versions import deployment_of
from runtime.watching import TemporalProcesses, keep_watch
from workflows.kinds import WORKFLOWS

GRACE = timedelta(seconds=10)
"""What is running when the worker is asked to stop may finish within this time."""


def compose(client: Client, sessions: Sessions, settings: Settings) -> Worker:
    """A worker that knows every process and every side effect."""

    def today() -> date:
        return now().astimezone(ZoneInfo(settings.zone)).date()

    calendars = SqlCalendars(sessions, today)
    cases, groups = TemporalCases(client, settings.task_queue), TemporalGroups(client, settings.task_queue)
    people = SqlParticipants(sessions, today)
    records = SqlRecords(sessions)
    storing = RecordActivities(records)
    cycles = CycleActivities(calendars, people, records, cases, groups)
    organisation = OrganisationActivities(people, cases, groups)
    joining = JoiningActivities(SqlJoiners(sessions, today))
    dates = DatesActivities(SqlRunning(sessions), people, cases, groups)
    evaluations = (SqlEvaluations(sessions), TemporalPeriods(client, settings.task_queue))
    periods = PeriodActivities(SqlRunning(sessions), people, *evaluations)
    calibrations = CalibrationActivities(SqlCalibrations(sessions), cases)
    undos = UndoActivities(SqlUndos(sessions), cases)
    seats = TemporalEnrolments(client, settings.task_queue)
    nominations = NominationActivities(SqlNominations(sessions), cases, seats)
    enrolments = EnrolmentActivities(SqlEnrolments(sessions, today, hours(settings)), seats)
    rosters, attendance = (
        RosterImportActivities(SqlRosters(sessions)),
        AttendanceActivities(SqlAttendance(sessions), seats),
    )
    processes = TemporalProcesses(client, settings.task_queue)
    watch = WatchActivities(processes, SqlWatched(sessions), SqlAnchors(sessions, ZoneInfo(settings.zone)), now)
    appointments = AppointmentActivities(SqlAppointments(sessions, today))
    superiors = SuperiorActivities(
        SqlSuperiors(sessions, today), calendars, ReportTime(settings.superior_reports_due, hours(settings))
    )
    standstill = StandstillActivities(SqlStanding(sessions), cases, groups)
    departures = DepartureActivities(SqlDepartures(sessions), cases, TemporalAppointments(client))
    questions = DataRequestActivities(SqlDataRequests(sessions, today, settings.erasable_parts))
    voices = VoiceActivities(SqlVoices(sessions, today))
    keeping = retention(sessions, settings)
    sending = notices(sessions, settings, calendars)
    pushes = siasn(sessions, settings)
    return Worker(
        client,
        task_queue=settings.task_queue,
        workflows=WORKFLOWS,
        activities=[
            *(storing.store_case, storing.store_cycle, storing.store_calibration, storing.store_nomination),
            *(storing.store_bulk, storing.store_evaluation, periods.begin_period),
            *(cycles.dates, cycles.timetable, cycles.enrol, cycles.start_groups, cycles.start_cases, cycles.open_cases),
            *(calibrations.count_members, calibrations.list_members, calibrations.move_members),
            *(undos.see_decided, undos.take_back, undos.put_back),
            *(nominations.count_candidates, nominations.propose_trainings, nominations.decide_nominations),
            attendance.record_attendance,
            *(nominations.hear_heads, nominations.lapse_nominations, nominations.nominate_members),
            SeatPlanActivities(SqlSeatPlans(sessions), SeatOptimiser()).plan_seats,
            *(enrolments.offer_seat, enrolments.see_superiors, enrolments.keep_seat),
            *(rosters.preview_import, rosters.apply_import, rosters.close_import),
            *(organisation.follow, organisation.follow_from),
            *(dates.reschedule_groups, dates.reschedule_cases),
            ClosingActivities(SqlClosings(sessions)).see_open_cases,
            *(joining.look_at_joiners, joining.enlist),
            *(appointments.make_appointment, appointments.end_appointment),
            *(superiors.replace_superiors, superiors.keep_report, superiors.report_deadline),
            *(departures.keep_departure, departures.keep_return, departures.settle_departure),
            *(BulkActivities(cases).give_remedy, standstill.tell_groups, standstill.tell_cases),
            ReopeningActivities(SqlArchive(sessions), people, processes, seats).reopen_case,
            *(voices.look_around, voices.keep_voices),
            *(questions.data_request_office, questions.what_stays, questions.keep_data_request),
            *(watch.look, watch.mend),
            *(keeping.remove_outlived, keeping.archive_finished),
            *(pushes.enlist_results, pushes.send_results),
            *(sending.plan_deliveries, sending.send_mails, sending.send_events),
        ],
        graceful_shutdown_timeout=GRACE,
        # Nothing is kept outside Temporal's history, so looking for it needs no task for each payload.
        max_workflow_task_external_storage_concurrency=1,
        deployment_config=deployment_of(settings),
    )


def now() -> datetime:
    return datetime.now(UTC)


def notices(sessions: Sessions, settings: Settings, calendars: SqlCalendars) -> NoticeActivities:
    """The ways out of the inbox, as far as the settings open them."""
    server = None
    if settings.smtp_host and settings.mail_from:
        access = (settings.smtp_user, settings.smtp_password)
        server = Server(settings.smtp_host, settings.smtp_port, settings.smtp_security, settings.mail_from, *access)
    mail = SmtpMail(server, settings.site, Letters(settings.public_url, settings.zone).write, now)
    keys = cache(lambda: Sealer(sealing_keys(settings, WEBHOOKS)))
    deliveries = SqlDeliveries(sessions, server is not None, keys)
    return NoticeActivities(deliveries, mail, Webhooks(now, settings.webhooks_private), calendars, hours(settings))


def retention(sessions: Sessions, settings: Settings) -> RetentionActivities:
    """What goes by itself, and what is archived by itself, as far as the settings say so."""
    outliving = SqlRetention(sessions, ZoneInfo(settings.zone))
    archiving = NightlyArchives(settings.database_url, sessions, settings.archiving)
    return RetentionActivities(outliving, archiving, settings.keeping, settings.zone)


def siasn(sessions: Sessions, settings: Settings) -> PushActivities:
    """The way to SIASN, as far as the settings open it."""
    try:
        codes = read_codes(settings.siasn_codes)
    except UnusableCodes as wrong:
        raise SettingsError(f"JENJANG_SIASN_CODES: {wrong}.") from wrong
    s = settings
    gateway: Siasn | NotConnected = NotConnected(now)
    if s.siasn_url and s.siasn_token_url and s.siasn_id and s.siasn_secret and s.siasn_sso_url and s.siasn_sso_id:
        manager = TokenClient(s.siasn_token_url, s.siasn_id, s.siasn_secret)
        sso = TokenClient(s.siasn_sso_url, s.siasn_sso_id, s.siasn_sso_secret or "")
        gateway = Siasn(Access(s.siasn_url, manager, sso, s.siasn_loopback), now)
    return PushActivities(SqlPushes(sessions, ZoneInfo(s.zone)), gateway, codes, now)


def hours(settings: Settings) -> Hours:
    """The agency's office time."""
    return Hours(settings.zone, settings.office_opens, settings.office_closes, settings.digest_at)


async def main() -> None:
    settings = load_settings()
    configure_logging(settings.log_level, process="worker", traced=settings.traced)
    runtime = worker_runtime(settings.worker_metrics_host, settings.temporal_metrics_port)
    if settings.worker_metrics_port:
        serve_metrics(settings.worker_metrics_host, settings.worker_metrics_port)
    with tracing(settings, "worker"):
        engine = open_engine(settings.database_url, writer=True, traced=settings.traced)
        client = await connect(settings, runtime)
        stop = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        async with compose(client, open_sessions(engine, writing=True), settings):
            await keep_watch(client, settings.task_queue)
            await keep_notices_going(client, settings.task_queue)
            await keep_retention_going(client, settings.task_queue)
            spare_the_collector()
            await stop.wait()
        await engine.dispose()
    # Temporal's core hands its last words to threads of its own; ending before they are heard crashes the interpreter.
    await asyncio.sleep(0.3)


if __name__ == "__main__":
    uvloop.run(main())
