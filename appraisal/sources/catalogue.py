"""The rules of the field for the catalogue of trainings. How they are kept: rule.py."""

from appraisal.sources.rule import N_, Rule, Setting, Sure, Topic

CATALOGUE: dict[str, Rule] = {
    "course_kinds": Rule(
        Topic.AFTERWARDS,
        N_("Competence is developed by training, klasikal or nonklasikal, and by education (tugas belajar)."),
        "Jalur pengembangan kompetensi: pendidikan (tugas belajar), pelatihan klasikal dan nonklasikal (pasal tidak ditemukan)",
        *(Sure.SECOND_HAND, "training/course:CourseKind"),
    ),
    "course_eligibility": Rule(
        Topic.AFTERWARDS,
        N_(
            "Each course of the catalogue says whom it is for: employment, kind of position, lowest golongan. "
            "Nobody gets two courses on the same day."
        ),
        *("", Sure.CONFIGURED, "training/course:excluded", Setting.INSTALLATION),
        "trainings: statusKepegawaian, jenisJabatan, golonganMinimal",
    ),
    "training_limits": Rule(
        Topic.AFTERWARDS,
        N_("HR sets the budget of a year and the most seats for each unit; no limit was found in the law."),
        *("", Sure.CONFIGURED, "training/limits:Limits", Setting.INSTALLATION, "catalogue: budget, quotas"),
    ),
    "grades": Rule(
        Topic.PEOPLE,
        N_("The golongan of PNS go from I/a to IV/e, those of PPPK from I to XVII; the two are not compared."),
        "SIASN (data referensi golongan PNS dan PPPK)",
        *(Sure.SECOND_HAND, "people/grades:LADDERS"),
    ),
}
