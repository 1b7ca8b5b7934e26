"""Every kind of process that a worker runs."""

from workflows.appointment import AppointmentWorkflow
from workflows.appraisal import AppraisalWorkflow
from workflows.bulk import BulkWorkflow
from workflows.calibration import CalibrationWorkflow
from workflows.cycle import CycleWorkflow
from workflows.data_request import DataRequestWorkflow
from workflows.departure import DepartureWorkflow
from workflows.enrolment import EnrolmentWorkflow
from workflows.nomination import NominationWorkflow
from workflows.notices import NoticesWorkflow
from workflows.period import PeriodWorkflow
from workflows.retention import RetentionWorkflow
from workflows.roster_import import RosterImportWorkflow
from workflows.siasn import PushesWorkflow
from workflows.superior_report import SuperiorReportWorkflow
from workflows.superiors import SuperiorsWorkflow
from workflows.voices import VoicesWorkflow
from workflows.watch import WatchWorkflow

WORKFLOWS = (
    *(AppointmentWorkflow, AppraisalWorkflow, BulkWorkflow, CalibrationWorkflow, CycleWorkflow, DataRequestWorkflow),
    *(DepartureWorkflow, EnrolmentWorkflow, NominationWorkflow, NoticesWorkflow, PeriodWorkflow, PushesWorkflow),
    *(RetentionWorkflow, RosterImportWorkflow, SuperiorReportWorkflow, SuperiorsWorkflow, VoicesWorkflow),
    WatchWorkflow,
)
