"""The rules of the field about what follows from a rating, about people, and about time. How they are kept: rule.py."""

from appraisal.sources.rule import N_, Rule, Setting, Sure, Topic

AFTERWARDS: dict[str, Rule] = {
    "delivery": Rule(
        Topic.AFTERWARDS,
        N_("The result is handed to the employee, who acknowledges it and may comment on it."),
        "PermenPANRB 6/2022, Pasal 28",
        *(Sure.SECOND_HAND, "commands:Acknowledge"),
    ),
    "objection": Rule(
        Topic.AFTERWARDS,
        N_(
            "Whoever does not agree objects within 14 days to the superior of the supervisor, who hears both and decides finally."
        ),
        "PP 30/2019, Pasal 59; PermenPANRB 6/2022, Pasal 29",
        *(Sure.SEEN, "objection/objections:Objection"),
    ),
    "not_objecting": Rule(
        Topic.AFTERWARDS,
        N_("Whoever lets the time to object pass is taken to accept the rating, also without acknowledging it."),
        "PermenPANRB 6/2022, Pasal 29 (lampiran tidak ditemukan)",
        *(Sure.FROM_MEMORY, "objection/objecting:demand_objectable", Setting.CODE),
    ),
    "objection_terms": Rule(
        Topic.AFTERWARDS,
        N_(
            "The agency sets whether these are calendar or working days, and how long the answer and the decision may take."
        ),
        *("", Sure.CONFIGURED, "objection/policy:ObjectionPolicy", Setting.POLICY, "objection.*"),
    ),
    "performance_gap": Rule(
        Topic.AFTERWARDS,
        N_("A training follows from the gap between what was expected and what was reached."),
        "PP 11/2017, Pasal 206 (analisis kesenjangan kinerja); UU 20/2023, Pasal 44-49",
        *(Sure.SEEN, "training/training:needs"),
    ),
    "missed_target": Rule(
        Topic.AFTERWARDS,
        N_("A target is missed when less was reached; time and cost are missed when more was needed."),
        *("", Sure.CONFIGURED, "training/training:Measured", Setting.CODE),
    ),
    "very_good": Rule(
        Topic.AFTERWARDS,
        N_(
            "Whoever is rated very good is proposed for development. The law asks for two years, Jenjang proposes after one."
        ),
        "PP 30/2019 (sangat baik dua tahun berturut-turut: prioritas pengembangan kompetensi; pasal tidak ditemukan)",
        *(Sure.SECOND_HAND, "training/training:DEVELOPMENT", Setting.CODE),
    ),
    "training_order": Rule(
        Topic.AFTERWARDS,
        N_(
            "Where seats, the quota of a unit or the budget are short, the more urgent need that the course meets goes first, "
            "then the worse predicate."
        ),
        *("", Sure.CONFIGURED, "seats/rule:propose", Setting.CODE),
    ),
    "hours_pns": Rule(
        Topic.AFTERWARDS,
        N_("A PNS gets at least 20 hours (JP) of training a year."),
        "PP 11/2017, Pasal 203 ayat (4)",
        *(Sure.SEEN, "training/training:HOURS"),
    ),
    "hours_pppk": Rule(
        Topic.AFTERWARDS,
        N_("A PPPK gets at most 24 hours (JP) of training a year; Jenjang counts by calendar year."),
        "Peraturan LAN 15/2020: paling lama 24 JP dalam 1 tahun masa perjanjian kerja",
        *(Sure.SECOND_HAND, "training/training:HOURS"),
    ),
    "person_decides": Rule(
        Topic.AFTERWARDS,
        N_("No machine decides alone: a named person rates, calibrates and decides on a training."),
        "UU 27/2022 (PDP), Pasal 10",
        *(Sure.SEEN, "training/nomination_rules:decided"),
    ),
    "closing_signature": Rule(
        Topic.AFTERWARDS,
        N_(
            "Before a cycle closes, HR signs the list of what is open: on the record, no electronic signature of the law."
        ),
        *("", Sure.CONFIGURED, "signing:signed", Setting.CODE),
    ),
    "forms": Rule(
        Topic.AFTERWARDS,
        N_("What is printed of an appraisal has the fields of the regulation's forms: SKP, evaluation and D.1.1."),
        "PermenPANRB 6/2022, Lampiran (format SKP, evaluasi, D.1.1)",
        *(Sure.SECOND_HAND, "papers/papers:PaperKind"),
    ),
    "unit_form": Rule(
        Topic.AFTERWARDS,
        N_("The predicates of a unit are set on a sheet; only its name is known, so its columns are Jenjang's."),
        "SE MenPANRB 3/2023 (Format Penetapan Predikat Kinerja)",
        *(Sure.SECOND_HAND, "papers/distribution:Distribution", Setting.CODE),
    ),
}
PEOPLE: dict[str, Rule] = {
    "reviewer": Rule(
        Topic.PEOPLE,
        N_("The direct superior reviews (pejabat penilai kinerja)."),
        "PermenPANRB 6/2022, Pasal 1 angka 9",
        *(Sure.SEEN, "parties:Parties"),
    ),
    "nobody_judges_himself": Rule(
        Topic.PEOPLE,
        N_("Nobody reviews, calibrates or decides on himself."),
        *("", Sure.CONFIGURED, "access:relations", Setting.CODE),
    ),
    "superior_follows": Rule(
        Topic.PEOPLE,
        N_("When somebody gets another superior, the open appraisal goes to the new one."),
        "PermenPANRB 6/2022 (pasal tidak ditemukan)",
        *(Sure.FROM_MEMORY, "commands:FollowLine", Setting.CODE),
    ),
    "acting_officials": Rule(
        Topic.PEOPLE,
        N_("A Plt, Plh or delegate acts for an official in a period; both names are on record."),
        "SE Kepala BKN 1/2021",
        *(Sure.FROM_MEMORY, "people/appointment:Appointment", Setting.CODE),
    ),
    "wrong_superior": Rule(
        Topic.PEOPLE,
        N_("Whoever has a wrong superior on record reports it, and HR decides within a set time."),
        *("", Sure.CONFIGURED, "people/superior_report:deadline", Setting.INSTALLATION, "JENJANG_SUPERIOR_REPORTS_DUE"),
    ),
    "pool": Rule(
        Topic.PEOPLE,
        N_(
            "A unit is calibrated as one of those directly below the top (perangkat daerah), with all that belongs to it."
        ),
        *("", Sure.CONFIGURED, "people/organisation:Line", Setting.CODE),
    ),
    "employment": Rule(
        Topic.PEOPLE,
        N_("PNS and PPPK are appraised by the same rules; a Pejabat Negara reviews and is not appraised."),
        "PermenPANRB 6/2022 (ruang lingkup)",
        *(Sure.SECOND_HAND, "vocabulary:Employment"),
    ),
    "positions": Rule(
        Topic.PEOPLE,
        N_("A position is structural, functional or of a pelaksana; one structural position leads a unit."),
        "SIASN (jenis jabatan); UU 20/2023",
        *(Sure.SECOND_HAND, "vocabulary:PositionKind"),
    ),
    "nip": Rule(
        Topic.PEOPLE,
        N_("The NIP has 18 digits and tells birth and sex: it is for files and signing in, and stands in no address."),
        "Perka BKN 22/2007 dan 43/2007",
        *(Sure.SEEN, "roster/nip:read_nip"),
    ),
    "socialisation": Rule(
        Topic.PEOPLE,
        N_("Each employee can read the rules of a cycle, confirm that, and ask; no appraisal waits for it."),
        *("", Sure.CONFIGURED, "socialisation:Stage", Setting.CODE),
    ),
}
TIME: dict[str, Rule] = {
    "phases": Rule(
        Topic.TIME,
        N_("A cycle goes from planning over the work and the appraisal to what follows from it."),
        "PermenPANRB 6/2022, Pasal 5",
        *(Sure.SEEN, "vocabulary:Step"),
    ),
    "dates": Rule(
        Topic.TIME,
        N_("When a step opens, is due and ends is the agency's choice: no date of the regulation could be confirmed."),
        *("", Sure.CONFIGURED, "policy/policy:StepPolicy", Setting.POLICY, "steps.*.opens, due, end, remind"),
    ),
    "ladder": Rule(
        Topic.TIME,
        N_("A late step is handed on as well: to the next superior, and then to HR."),
        *("", Sure.CONFIGURED, "timetable:Escalation", Setting.POLICY, "steps.*.escalate"),
    ),
    "end_rules": Rule(
        Topic.TIME,
        N_("A step that nobody finishes ends by its rule, so that every case ends."),
        *("", Sure.CONFIGURED, "policy/policy:END_RULES", Setting.POLICY, "steps.*.end_rule"),
    ),
    "working_days": Rule(
        Topic.TIME,
        N_("Five days a week are worked, six where a unit serves the public so."),
        "Perpres 21/2023, Pasal 3 dan 7",
        *(Sure.SEEN, "policy/spans:Calendar"),
    ),
    "days_off": Rule(
        Topic.TIME,
        N_("Public holidays and cuti bersama are no working days; HR brings in the decree of each year."),
        "SKB tentang hari libur nasional dan cuti bersama (tahunan)",
        *(Sure.SECOND_HAND, "policy/almanac:Almanac"),
    ),
}
