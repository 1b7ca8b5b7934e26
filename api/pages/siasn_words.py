"""The words of results on their way to SIASN as people read them; templates translate them. Whose turn: appraisal.siasn.push."""

from api.pages.words import N_
from appraisal.siasn.push import Failure, Matter, Owner, Stand

STANDS: dict[str, str] = {
    "new": N_("never sent"),
    Stand.WAITING: N_("on its way"),
    Stand.SENT: N_("has arrived"),
    Stand.LISTED: N_("did not arrive"),
}
MATTERS: dict[str, str] = {
    "": N_("All"),
    Matter.RATING: N_("Ratings"),
    Matter.COURSE: N_("Trainings"),
    Matter.TALENT: N_("Talent map"),
}
OWNERS: dict[str, str] = {
    Owner.HR: N_("HR"),
    Owner.DATA: N_("whoever keeps the personnel data"),
    Owner.SIASN: N_("BKN (SIASN)"),
    Owner.OPERATOR: N_("the operator of Jenjang"),
}
AGAIN = N_("It is tried again by itself. If it lasts, tell BKN's helpdesk when it began.")
FAILURES: dict[str, tuple[str, str]] = {
    Failure.OPEN_AGAIN: (N_("The case has been opened again."), N_("Send it once it is closed.")),
    Failure.UNRATED: (
        N_("There is no rating, so there is nothing to send."),
        N_("Nothing to do, unless the case is opened again and rated."),
    ),
    Failure.NO_SUPERVISOR: (
        N_("Nobody is on record as the supervisor who rated."),
        N_("Give the employee a superior, then send it again."),
    ),
    Failure.SUPERVISOR_INCOMPLETE: (
        N_("Position, unit or grade of the supervisor on that day is not on record."),
        N_("Import the missing data of the supervisor, then send it again."),
    ),
    Failure.SUPERVISOR_OUTSIDE: (
        N_("The supervisor is no civil servant, and how SIASN wants that is not set."),
        N_("Ask BKN for the word and set it (bukan_asn), then send it again."),
    ),
    Failure.QUADRANT_CODE: (
        N_("SIASN's code for this predicate is not set."),
        N_("Ask BKN for the codes and set them (kuadran), then send it again."),
    ),
    Failure.GRADE_CODE: (
        N_("SIASN's code for the grade of the supervisor is not set."),
        N_("Ask BKN for the codes and set them (golongan), then send it again."),
    ),
    Failure.PERIOD_CODE: (
        N_("SIASN's codes for this kind of period are not set."),
        N_("Ask BKN for the codes and set them (periodik, koefisien), then send it again."),
    ),
    Failure.COURSE_FORM: (
        N_("How SIASN wants courses is not set."),
        N_("Ask BKN for the names and codes and set them (kursus), then send it again."),
    ),
    Failure.NO_CERTIFICATE: (
        N_("The certificate of this course is not on record."),
        N_("Record the certificate with the seat, then send it again."),
    ),
    Failure.NOT_ATTENDED: (
        N_("That the employee attended this course was taken back."),
        N_("If SIASN holds the course, have it deleted there."),
    ),
    Failure.TALENT_FORM: (
        N_("How SIASN wants the talent map, or this box or predicate of it, is not set."),
        N_("Ask BKN for the codes and set them (talenta), then send it again."),
    ),
    Failure.PERSON_UNKNOWN: (
        N_("SIASN does not know the employee's NIP."),
        N_("Compare the NIP with SIASN and correct whichever is wrong, then send it again."),
    ),
    Failure.REFUSED: (
        N_("SIASN has refused the record."),
        N_("Read what SIASN says, correct the data it names, then send it again."),
    ),
    Failure.NOT_PERMITTED: (
        N_("SIASN does not let this agency write this record."),
        N_("Ask BKN for the permission, or whether the employee belongs to another agency there."),
    ),
    Failure.NOT_AS_SENT: (N_("SIASN took the record but gives back another one."), AGAIN),
    Failure.BROKEN: (N_("SIASN had an error of its own."), AGAIN),
    Failure.UNREADABLE: (N_("SIASN's answer could not be read."), AGAIN),
    Failure.BUSY: (N_("SIASN has too much to do just now."), AGAIN),
    Failure.CLOSED: (N_("SIASN is closed for maintenance."), AGAIN),
    Failure.NO_ANSWER: (N_("SIASN does not answer."), AGAIN),
    Failure.CREDENTIALS: (
        N_("SIASN does not accept the credentials of this installation."),
        N_("Renew the credentials with BKN and set them. What waits goes on by itself."),
    ),
    Failure.ADDRESS: (
        N_("The address of SIASN that is set is unknown or leads into a private network."),
        N_("Correct the address. What waits goes on by itself."),
    ),
    Failure.SWITCHED_OFF: (
        N_("The connection with SIASN is switched off."),
        N_("Set it up again. What waits goes on by itself."),
    ),
}
"""code -> (what is wrong, what to do)."""
REFUSALS: dict[str, tuple[str, str]] = {
    "invalid_push": (
        N_("These results cannot be sent together."),
        N_("Choose at least one result of the list, and each once."),
    ),
    "cycle_still_runs": (N_("This cycle still runs."), N_("Send its results once it has closed.")),
    "not_connected": (
        N_("There is no connection with SIASN, so nothing is sent."),
        N_("Ask the operator of Jenjang to set it up."),
    ),
}
