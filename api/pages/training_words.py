"""The words of the catalogue of trainings: kinds, why a course is not for somebody, and how its rules say no."""

from api.pages.words import N_
from appraisal.training.course import CourseKind, Excluded
from appraisal.vocabulary import PositionKind

KINDS: dict[str, str] = {
    CourseKind.CLASSROOM: N_("classroom (klasikal)"),
    CourseKind.ON_THE_JOB: N_("on the job (nonklasikal)"),
    CourseKind.E_LEARNING: N_("e-learning (nonklasikal)"),
    CourseKind.STUDY_LEAVE: N_("study leave (tugas belajar)"),
}
POSITIONS: dict[str, str] = {kind: kind.capitalize() for kind in PositionKind}
"""Legal words stay Indonesian."""

EXCLUDED: dict[str, str] = {
    Excluded.OTHER_EMPLOYMENT: N_("%(course)s is for %(only)s only."),
    Excluded.OTHER_POSITION: N_("%(course)s is for positions of the kind %(only)s only."),
    Excluded.LOWER_GRADE: N_("%(course)s begins with golongan %(lowest)s; on record is %(grade)s."),
    Excluded.GRADE_MISSING: N_("%(course)s begins with golongan %(lowest)s; no golongan is on record."),
    Excluded.DATES_OVERLAP: N_("%(course)s is held at the same time as %(other)s, which was given already."),
}
ANOTHER = N_("Choose another training, or refuse this person.")
REFUSALS: dict[str, tuple[str, str]] = {
    **{code: (sentence, ANOTHER) for code, sentence in EXCLUDED.items()},
    "no_seat_left": (
        N_("All %(seats)s seats of %(course)s are given away."),
        N_("Choose another training for some of them, or refuse somebody."),
    ),
    "course_begun": (
        N_("%(course)s began on %(day)s."),
        N_("Choose a training that lies ahead, or refuse this person."),
    ),
    "no_budget_left": (
        N_("%(course)s costs %(price)s, and %(left)s of the budget of %(year)s is left."),
        N_("Choose a cheaper training, refuse somebody, or raise the budget in the catalogue."),
    ),
    "no_quota_left": (
        N_("The unit may have %(quota)s seats in %(year)s, and they are given away."),
        N_("Refuse somebody of this unit, or raise its quota in the catalogue."),
    ),
    "seats_given_away": (
        N_("%(given)s seats of this course are given away."),
        N_("Keep at least as many, and withdraw no course that somebody has."),
    ),
    "stale_catalogue": (
        N_("Somebody else has changed this since you saw it."),
        N_("Look at what is on record now, and decide anew."),
    ),
    "invalid_amount": (N_("This is no amount in whole rupiah."), N_("Give 0 or more, without decimals.")),
    "invalid_seats": (N_("This is no number of seats."), N_("Give a whole number from 0 to %(most)s.")),
    "withdrawn": (N_("This course is withdrawn, or offered again, already."), N_("Load the page again.")),
    "nothing_changes": (N_("This is set already."), N_("Change something first.")),
    "unknown_unit": (N_("There is no such unit directly below the top."), N_("Choose one of the list.")),
}
"""code -> (what is wrong, what to do), with what the refusal is about."""
