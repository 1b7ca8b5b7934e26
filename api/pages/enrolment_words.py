"""The words of seats in trainings as people read them; templates translate them."""

from api.pages.words import N_
from appraisal.training.enrolment import Helped, Stage

STAGES: dict[str, str] = {
    Stage.INVITED: N_("invited"),
    Stage.ACCEPTED: N_("accepted"),
    Stage.DECLINED: N_("declined"),
    Stage.WITHDRAWN: N_("withdrawn by HR"),
    Stage.ATTENDED: N_("attended"),
    Stage.ABSENT: N_("was not there"),
}
HELPED: dict[str, str] = {
    Helped.YES: N_("yes, it helped"),
    Helped.PARTLY: N_("it helped in part"),
    Helped.NO: N_("no, it did not help"),
}

EVENTS: dict[str, str] = {
    "seat_offered": N_("The invitation was sent."),
    "seat_reminded": N_("A reminder of the invitation was sent."),
    "seat_unanswered": N_("Nobody answered in time; that counts as the policy says."),
    "accept_seat": N_("The invitation was accepted."),
    "decline_seat": N_("The invitation was declined."),
    "withdraw_seat": N_("HR took the seat back."),
    "record_attendance": N_("HR recorded the attendance."),
    "record_certificate": N_("HR recorded the certificate."),
    "correct_hours": N_("HR corrected the hours."),
    "look_back_opened": N_("It is asked whether the training helped."),
    "look_back_reminded": N_("Whoever has not said whether it helped was reminded."),
    "look_back": N_("Somebody said whether it helped."),
    "look_back_closed": N_("The look back is over."),
}
"""What has happened to a seat, by the kind of the event."""

NOTICES: dict[str, str] = {
    "seat_offered": N_("You have a seat in a training. Say whether you come."),
    "seat_reminded": N_("Reminder: say whether you come to the training."),
    "seat_taken_as_accepted": N_("You have not answered the invitation to a training; that counts as accepted."),
    "seat_lapsed": N_("You have not answered the invitation to a training; the seat goes to somebody else."),
    "seat_withdrawn": N_("HR has taken your seat in a training back. The reason stands there."),
    "seat_free": N_("A seat in a training was given back, and nobody waits for it."),
    "attendance_recorded": N_("HR has recorded whether you attended a training."),
    "hours_corrected": N_("HR has corrected the hours of a training of yours. The reason stands there."),
    "look_back_wanted": N_("A training was a while ago. Say in a sentence whether it helped."),
    "look_back_reminded": N_("Reminder: say whether a training helped."),
}
"""What a notice says, by its kind."""

REFUSALS: dict[str, tuple[str, str]] = {
    "seat_answered": (N_("This invitation is answered already."), N_("Ask HR if it must be another answer.")),
    "seat_gone": (N_("This seat was given back."), N_("It cannot be taken again; ask HR.")),
    "course_not_begun": (N_("The course has not begun yet."), N_("Record the attendance once it has.")),
    "attendance_recorded": (
        N_("The attendance is recorded already."),
        N_("Correct its hours, with a reason, if it is wrong."),
    ),
    "not_attended": (
        N_("No attendance is recorded for this seat."),
        N_("Record that the employee was there first."),
    ),
    "same_hours": (N_("So many hours count already."), N_("Give the hours that should count.")),
    "looked_back": (N_("You have said already whether it helped."), N_("There is nothing left to do.")),
    "not_asked_yet": (N_("Whether a training helped is asked later."), N_("Come back then.")),
}
"""As in api.pages.refusals: code -> (what is wrong, what to do)."""
