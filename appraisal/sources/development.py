"""The rules of the field about development plans. How they are kept: rule.py."""

from appraisal.sources.rule import N_, Rule, Setting, Sure, Topic

DEVELOPMENT: dict[str, Rule] = {
    "needs_and_plan": Rule(
        Topic.AFTERWARDS,
        N_("Needs follow from gaps in competence and in performance, and make a plan of each person."),
        "PP 11/2017, Pasal 203 ayat (5), 205, 206",
        *(Sure.SEEN, "development/plan:plan_of"),
    ),
    "competence_kinds": Rule(
        Topic.AFTERWARDS,
        N_("Competence is technical, managerial or socio-cultural."),
        "PermenPANRB 38/2017",
        *(Sure.SEEN, "development/development:Competence"),
    ),
    "competence_gap": Rule(
        Topic.AFTERWARDS,
        N_("A gap in competence: less was assessed than the position requires."),
        "PP 11/2017, Pasal 206 (analisis kesenjangan kompetensi)",
        *(Sure.SEEN, "development/changes:Gap"),
    ),
    "competence_levels": Rule(
        Topic.AFTERWARDS,
        N_("Levels of a competence run from 1 to 5, as in the form for guidance; 0 stands for none."),
        *("", Sure.CONFIGURED, "development/changes:LEVELS", Setting.CODE),
    ),
    "ways_of_development": Rule(
        Topic.AFTERWARDS,
        N_("Education is study leave; training is classroom or not: on the job, e-learning, guidance at work."),
        "PP 11/2017 (pendidikan; pelatihan klasikal dan nonklasikal; pasal tidak ditemukan)",
        *(Sure.SECOND_HAND, "development/development:Way"),
    ),
    "needs_added": Rule(
        Topic.AFTERWARDS,
        N_("Employee and superior add needs with a reason; gaps in competence are entered by the superior or by HR."),
        *("", Sure.CONFIGURED, "development/changes:ADDS", Setting.CODE),
    ),
    "need_of_career": Rule(
        Topic.AFTERWARDS,
        N_("Whoever has the credit for the next level, or is to succeed to a post, is proposed to prepare for it."),
        *("", Sure.CONFIGURED, "development/development:_career", Setting.CODE),
    ),
    "plan_agreement": Rule(
        Topic.AFTERWARDS,
        N_("A plan holds once employee and superior have agreed to it as it is; whatever changes it needs both again."),
        *("", Sure.CONFIGURED, "development/plan:BOTH", Setting.CODE),
    ),
}
