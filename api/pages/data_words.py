"""How requests about own data are called on pages, and what is told of them."""

from api.pages.words import N_
from appraisal.privacy.data_request import Area, DataKind, DataPhase
from appraisal.privacy.erasing import Ground, Part

KINDS: dict[str, str] = {
    DataKind.CORRECTION: N_("correct personal data"),
    DataKind.ACCESS: N_("access to personal data"),
    DataKind.ERASURE: N_("erase personal data"),
}
AREAS: dict[str, str] = {
    Area.IDENTITY: N_("who I am: name, NIP, birth, rank"),
    Area.POSITION: N_("position, unit and superior"),
    Area.APPRAISAL: N_("targets, reviews and ratings"),
    Area.TRAINING: N_("trainings, assessments and career"),
    Area.ACCOUNT: N_("signing in, addresses and notices"),
    Area.OTHER: N_("something else"),
}
PHASES: dict[str, str] = {
    DataPhase.OPEN: N_("waits for HR"),
    DataPhase.DONE: N_("done"),
    DataPhase.FORWARDED: N_("forwarded to who keeps the source"),
    DataPhase.REFUSED: N_("refused"),
}
DECISIONS: dict[str, str] = {
    DataPhase.DONE: N_("Done: corrected, shown to the person, or erased as far as it may be"),
    DataPhase.FORWARDED: N_("Forwarded: the source is kept elsewhere, like SIMPEG"),
    DataPhase.REFUSED: N_("Refused, with its ground"),
}
NOTICES: dict[str, str] = {
    "data_requested": N_("Somebody asks about the own data. The law gives 72 hours, nights and holidays included."),
    "data_request_reminded": N_("A request about own data is due soon; nights and holidays count."),
    "data_request_escalated": N_("A request about own data is late: the law gave 72 hours. Answer it now."),
    "data_request_done": N_("HR has done what you asked about your data. See what it says."),
    "data_request_forwarded": N_("HR has forwarded your request to who keeps the source of these data."),
    "data_request_refused": N_("HR has refused your request about your data. See why."),
}
PARTS: dict[str, str] = {
    Part.DRAFTS: N_("what was typed and not sent"),
    Part.DEVICES: N_("devices and addresses of sign-ins"),
    Part.NOTICES: N_("notices that were read, and the list of mails"),
    Part.FEEDBACK: N_("feedback about the person, and notes of talks"),
    Part.QUESTIONS: N_("questions about rules"),
    Part.CONTACT: N_("the e-mail address, and links with accounts of the agency"),
    Part.IDENTITY: N_("name and NIP"),
    Part.RECORD: N_("all else: targets, reports, ratings, trainings, career, and their record"),
}
GROUNDS: dict[str, str] = {
    Ground.LAW: N_("stays: appraisals, careers and courts rest on it (UU 27/2022, Pasal 15)"),
    Ground.AGENCY: N_("stays: the agency keeps it"),
    Ground.SERVING: N_("stays as long as the person serves"),
    Ground.OPEN: N_("stays until the open appraisal has ended"),
    Ground.OTHERS: N_("stays: results of others name the person who rated them"),
}
REFUSALS: dict[str, tuple[str, str]] = {
    "nothing_named": (N_("Nothing is chosen that should be erased."), N_("Choose at least one part.")),
    "nothing_to_erase": (N_("Nothing of this may be erased."), N_("Refuse the request, and name the ground.")),
}
