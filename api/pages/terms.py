"""The words of cycles, calibrations, nominations and imports as people read them; templates translate them."""

from api.pages import training_words
from api.pages.words import N_
from appraisal import cycle, group
from appraisal.objection.policy import AtClosing
from appraisal.policy.almanac import DayKind
from appraisal.roster import importing as roster_import
from appraisal.roster.roster import ImportKind
from appraisal.training.training import NoTraining, Reason
from appraisal.vocabulary import Alarm, Audience, EndRule

CYCLE_PHASES: dict[str, str] = {
    cycle.Phase.PLANNING: N_("being planned"),
    cycle.Phase.STARTING: N_("starting"),
    cycle.Phase.RUNNING: N_("running"),
    cycle.Phase.CLOSED: N_("closed"),
}

GROUP_PHASES: dict[str, str] = {
    group.GroupPhase.WAITING: N_("not open yet"),
    group.GroupPhase.OPEN: N_("open"),
    group.GroupPhase.ENDED: N_("ended; the clock settles the rest"),
    group.GroupPhase.DONE: N_("done"),
}

IMPORT_PHASES: dict[str, str] = {
    roster_import.Phase.CHECKING: N_("being checked"),
    roster_import.Phase.PREVIEWED: N_("waits for your decision"),
    roster_import.Phase.APPLYING: N_("being applied"),
    roster_import.Phase.APPLIED: N_("applied"),
    roster_import.Phase.DISCARDED: N_("discarded"),
    roster_import.Phase.LAPSED: N_("lapsed: nobody decided in time"),
}

POLICIES: dict[str, str] = {
    "annual": N_("Annual cycle: dates of the calendar, working days"),
    "open": N_("Pilot: everything opens at once, nothing is due for two weeks"),
    "rehearsal": N_("Rehearsal: a whole year in two minutes, to try it out"),
}

END_RULES: dict[str, str] = {
    EndRule.GO_ON: N_("the case goes on without it"),
    EndRule.CLOSE_UNRATED: N_("the case is closed without a rating"),
    EndRule.TAKE_OVER: N_("the next superior does it"),
    EndRule.HAND_TO_HR: N_("HR does it"),
    EndRule.HOLD: N_("it stays open until the cycle closes"),
}

OBJECTION_RULES: dict[str, str] = {
    EndRule.HAND_TO_HR: N_("HR decides"),
    EndRule.GO_ON: N_("the rating stands; the objection is recorded as undecided"),
}

AT_CLOSING: dict[str, str] = {
    AtClosing.STANDS: N_("the rating stands; the objection is recorded as undecided"),
    AtClosing.UNRATED: N_("the case leaves without a rating"),
}
"""What the closing of the cycle makes of an open objection."""

ALARMS: dict[str, str] = {
    Alarm.OPEN: N_("the step opens"),
    Alarm.REMIND: N_("whoever must act is reminded"),
    Alarm.DUE: N_("the step is due; from now on it is late"),
    Alarm.CLOSE: N_("the cycle closes, and the case with it"),
}
"""What the clock does by itself; the end of a step is told by its rule."""

RUNGS: dict[str, str] = {
    Audience.SUPERIOR: N_("the next superior may act as well, and is told"),
    Audience.UNIT_HR: N_("HR of the unit may act as well, and is told; HR of the agency where the unit has none"),
    Audience.HR: N_("HR may act as well, and is told"),
}

AGES = (N_("up to 3 days"), N_("3 to 7 days"), N_("7 to 14 days"), N_("more than 14 days"))
"""The groups of adapters.database.reads.board.AGES."""

DEVIATIONS: dict[str, str] = {
    "no_unit_result": N_("The unit's own result was not set; without it there is no guideline to compare with."),
    "too_small": N_("A unit of %(actual)s people is too small for the guideline (at least %(bound)s)."),
    "too_many": N_("%(names)s: %(actual)s people; the guideline foresees at most %(bound)s."),
    "too_few": N_("%(names)s: %(actual)s people; the guideline foresees at least %(bound)s."),
    "not_the_majority": N_(
        "%(names)s: %(actual)s people; the guideline foresees the largest group, which now has %(bound)s."
    ),
}
"""What the distribution warns of, by code."""

DECISIONS: dict[str, str] = {
    "approved": N_("approved"),
    "refused": N_("refused"),
    "lapsed": N_("not decided in time"),
    "given_back": N_("approved, and the seat given back"),
}

PROPOSALS: dict[str, str] = {
    Reason.VERY_POOR: N_("Very poor: results and behaviour need work."),
    Reason.POOR_BEHAVIOUR: N_("The behaviour is below expectation."),
    Reason.NEEDS_IMPROVEMENT: N_("The results are below expectation."),
    Reason.MISSED_TARGET: N_("Target %(number)s (%(aspect)s): %(reached)s of %(value)s %(unit)s reached."),
    Reason.OUTSTANDING: N_("Very good: prepared for more."),
    Reason.AGREED: N_("Agreed on by employee and superior in the development plan of %(year)s."),
    Reason.HOURS_OWED: N_("%(owed)s of the %(least)s JP of this year are still owed to this PNS."),
    NoTraining.NO_GAP: N_("There is no gap that calls for a training."),
    NoTraining.NO_COURSE: N_("The catalogue has no fitting training."),
    "seats_taken": N_("All %(seats)s seats of %(course)s went to people with a greater need."),  # in older records
    NoTraining.SEATS_TAKEN: N_(
        "All %(seats)s seats of %(course)s are taken: %(urgent)s by more urgent needs, %(equal)s by equal needs that come "
        "first, %(before)s were given before."
    ),
    NoTraining.QUOTA_TAKEN: N_(
        "The %(seats)s seats of this unit are taken: %(urgent)s by more urgent needs, %(equal)s by equal needs that come "
        "first, %(before)s were given before."
    ),
    NoTraining.OVER_BUDGET: N_(
        "%(course)s costs %(price)s, and %(left)s of the budget is left after the needs that come first."
    ),
    NoTraining.OUTWEIGHED: N_(
        "In the plan that meets the most needs, a seat of %(course)s is worth %(worth)s points to others; to this need "
        "%(points)s points."
    ),
    NoTraining.OVER_HOURS: N_("%(course)s would exceed the %(most)s JP a year of a PPPK."),
    **training_words.EXCLUDED,
}
"""Why a training is proposed, or none."""

IMPORT_KINDS: dict[str, str] = {
    ImportKind.PEOPLE: N_("People, units and positions"),
    ImportKind.INDICATORS: N_("Indicators of the units"),
    ImportKind.TRAININGS: N_("Training catalogue"),
    ImportKind.HOLIDAYS: N_("Holidays and cuti bersama (SKB)"),
    ImportKind.SCHEDULES: N_("Working weeks and time zones of units"),
    ImportKind.ASSESSMENTS: N_("Results of assessments (potential)"),
    ImportKind.ATTENDANCE: N_("Attendance in trainings"),
}

DAY_KINDS: dict[str, str] = {
    DayKind.LIBUR_NASIONAL: N_("public holiday"),
    DayKind.CUTI_BERSAMA: N_("joint leave (cuti bersama)"),
    DayKind.HARI_KERJA: N_("working day by decree"),
}

DIFFERENCES: dict[str, str] = {
    "unit_added": N_("New units"),
    "unit_renamed": N_("Units with a new name"),
    "unit_moved": N_("Units under another unit"),
    "person_added": N_("New people"),
    "person_changed": N_("People with changed particulars"),
    "person_moved": N_("People with another unit, position or superior"),
    "person_left": N_("On record, but not in the file"),
    "indicator_added": N_("New indicators"),
    "indicator_changed": N_("Changed indicators"),
    "training_added": N_("New trainings"),
    "training_changed": N_("Changed trainings"),
    "holiday_added": N_("Days that a decree settles"),
    "holiday_changed": N_("Days that a decree changes"),
    "schedule_added": N_("Units with a working week of their own"),
    "schedule_changed": N_("Units with another working week or zone"),
    "assessment_added": N_("New results of assessments"),
    "assessment_changed": N_("Corrected results of assessments"),
    "attendance_added": N_("Who was there"),
    "absence_added": N_("Who was not there"),
    "certificate_changed": N_("Certificates of those whose attendance is recorded"),
}
"""What applying a file would do, by the kind of difference."""

EMPLOYMENTS = {"PNS": "PNS", "PPPK": "PPPK", "PEJABAT_NEGARA": "Pejabat Negara"}

GROUP_EVENTS: dict[str, str] = {
    "calibration_prepared": N_("The calibration was prepared."),
    "set_unit_result": N_("%(actor)s recorded the result of the unit."),
    "calibrated": N_("%(actor)s calibrated the unit."),
    "lapsed": N_("Nobody decided in time; the ratings of the reviews hold."),
    "members_moved": N_("The members have been moved on."),
    "undo": N_("%(actor)s took the decision back; all members go back to their reviews."),
    "undone": N_("All members are back; the unit is calibrated anew."),
    "undo_failed": N_("Somebody had gone on meanwhile, so the decision stands for everybody."),
    "asked_for_votes": N_("%(actor)s asked the reviewers for silent first views."),
    "opened_votes": N_("%(actor)s opened the first views."),
    "follow_head": N_("The calibration follows a change of the head or above."),
    "reschedule": N_("%(actor)s changed the dates of the cycle."),
    "restarted": N_("%(actor)s had the process started again from the record."),
    "reopen": N_("%(actor)s opened it again for a case that goes on."),
    "hold": N_("%(actor)s put it on hold; the clock stands still."),
    "release": N_("%(actor)s ended the hold; all dates ahead moved by the time it had lasted."),
    "released": N_("The hold ended; all dates ahead moved by the time it had lasted."),
    "closed_with_cycle": N_("The cycle closed during a hold, and the window ended with it."),
    "step_opened": N_("It opened."),
    "reminded": N_("A reminder was sent."),
    "became_due": N_("It became late."),
    "escalated": N_("It was also handed to the superior of the head, because it is late."),
    "window_ended": N_("The window ended."),
    "group_done": N_("It is done: nobody else can come."),
}
