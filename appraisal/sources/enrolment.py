"""The rules of the field about a seat in a training once it is approved. How they are kept: rule.py."""

from appraisal.sources.rule import N_, Rule, Setting, Sure, Topic

ENROLMENT: dict[str, Rule] = {
    "seat_answer": Rule(
        Topic.AFTERWARDS,
        N_("How long an invitation to a training can be answered, and what silence means, is the agency's choice."),
        *("", Sure.CONFIGURED, "training/enrolment_policy:EnrolmentPolicy", Setting.POLICY),
        "enrolment.respond, remind, silence",
    ),
    "heads_word": Rule(
        Topic.AFTERWARDS,
        N_(
            "Before HR decides on trainings, heads of units may agree or object; whether and how long is the agency's choice."
        ),
        *("", Sure.CONFIGURED, "training/heads_policy:HeadsPolicy", Setting.POLICY),
        "heads.answer, remind",
    ),
    "seat_passed_on": Rule(
        Topic.AFTERWARDS,
        N_(
            "A seat that is given back goes, by the same order, to one whom it helps and who was left without for want of room."
        ),
        *("", Sure.CONFIGURED, "training/enrolment_rules:freed", Setting.CODE),
    ),
    "hours_ledger": Rule(
        Topic.AFTERWARDS,
        N_("A course counts its hours (JP) once, when attended; entries are only added, also to correct one."),
        *("", Sure.CONFIGURED, "training/hours:YearOfHours", Setting.CODE),
    ),
    "look_back": Rule(
        Topic.AFTERWARDS,
        N_("What a training has brought is evaluated; when and how is not said, so Jenjang asks both a year later."),
        "PP 11/2017, Pasal 203 ayat (5): evaluasi pengembangan kompetensi",
        *(Sure.SEEN, "training/enrolment:Helped", Setting.POLICY, "enrolment.look_back, answer"),
    ),
}
