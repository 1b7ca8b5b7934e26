"""A case goes back to where it waited for its calibration, because the calibration is undone; or it is put back after all."""

from dataclasses import replace
from datetime import datetime

from appraisal.calibration.session_errors import NothingToUndo, TooLateToUndo
from appraisal.case import Case, Former
from appraisal.vocabulary import Step

GOES_BACK = (Step.ACKNOWLEDGEMENT, Step.NOMINATION)
"""Steps from which a calibrated case can still go back. Whatever comes later rests on the rating."""


def taken_back(case: Case, at: datetime) -> Case:
    """The case at its calibration again, with the ratings of its review. An acknowledgement is void: it was of other ratings."""
    if case.calibrated is None:
        raise NothingToUndo("This case has no calibrated rating.", "", "There is nothing to take back.")
    if case.step not in GOES_BACK:
        raise TooLateToUndo(f"The case has gone on to {case.step}.", "", "HR can open or send back the case itself.")
    if case.objection is not None:
        raise TooLateToUndo("The rating has been objected to.", "", "What became of the objection stands.")
    parties = case.parties
    former = Former(case.step, case.since, case.rung, case.calibrated, case.comment, parties)
    return replace(case.entering(Step.CALIBRATION, at), calibrated=None, comment=None, former=former)


def put_back(case: Case) -> Case:
    """The case exactly where it stood: same step, since, alarms, ratings and acknowledgement. Who is who, it keeps as of now."""
    former = case.former
    if former is None:
        raise NothingToUndo("This case was not taken back.", "", "There is nothing to put back.")
    called, now = former.parties, case.parties
    parties = replace(now, escalated_to=called.escalated_to, handed_to_hr=called.handed_to_hr, taken_by=called.taken_by)
    back = replace(case, step=former.step, since=former.since, rung=former.rung, parties=parties, former=None)
    return replace(back, calibrated=former.calibrated, comment=former.comment)
