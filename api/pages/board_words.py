"""The words of HR's board: kinds of stuck, troubles, columns of its files."""

from adapters.database.reads.open_cases import Stuck
from api.pages.words import N_
from appraisal.watch import Kind, Mended

STUCK: dict[str, str] = {
    Stuck.LATE: N_("A person is late"),
    Stuck.MACHINE: N_("The machine fails"),
    Stuck.DISAGREE: N_("Process and record disagree"),
    Stuck.NOBODY: N_("Nobody holds it"),
}

TROUBLES: dict[str, str] = {
    Kind.TASK_FAILS: N_("Its process fails again and again"),
    Kind.ACTIVITY_FAILS: N_("What its process must do fails again and again"),
    Kind.NO_PROCESS: N_("On record as open, but its process does not run"),
    Kind.NO_RECORD: N_("Its process runs, but it is not on record"),
    Kind.OTHER_REVISION: N_("Process and record are at different revisions"),
}

MENDED: dict[str, str] = {
    Mended.RESTARTED: N_("started again from the record"),
    Mended.RECOVERED: N_("record completed from the process"),
    Mended.ENDED: N_("process ended, as the record says"),
    Mended.NOTHING: N_("nothing to mend"),
}

COLUMNS = (
    *(N_("Employee"), N_("Unit"), N_("Step"), N_("Holder"), N_("Also handed to"), N_("Since"), N_("Days waiting")),
    *(N_("Due"), N_("What the clock does next"), N_("At"), N_("Notices so far"), N_("Handed on so far")),
    *(N_("What is wrong"), N_("Case")),
)
"""The columns of the exported files."""
