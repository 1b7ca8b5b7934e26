"""The rules of the field by which a rating comes about. How they are kept: rule.py."""

from appraisal.sources.rule import N_, Rule, Setting, Sure, Topic

_SKP = "PermenPANRB 6/2022, Lampiran (formulir SKP)"
_EVALUATION = "PermenPANRB 6/2022, Lampiran (formulir evaluasi kinerja)"

TARGETS: dict[str, Rule] = {
    "plan_agreed": Rule(
        Topic.TARGETS,
        N_("The employee writes the targets (SKP); the direct superior approves them, or returns them with a reason."),
        "PermenPANRB 6/2022, Bab II dan Pasal 14",
        *(Sure.SEEN, "commands:ApproveTargets"),
    ),
    "cascade": Rule(
        Topic.TARGETS,
        N_("Each target supports an indicator of the unit or a target of the superior."),
        f"{_SKP}: rencana hasil kerja pimpinan yang diintervensi",
        *(Sure.SEEN, "targets:Support"),
    ),
    "matrix_of_roles": Rule(
        Topic.TARGETS,
        N_("Leader and employees share the leader's results among them, in a matrix of roles and results."),
        "PermenPANRB 6/2022, Lampiran (matriks pembagian peran dan hasil)",
        *(Sure.FROM_MEMORY, "unit/cascade:Matrix"),
    ),
    "waiting_upstream": Rule(
        Topic.TARGETS,
        N_(
            "Where the superior has set no targets yet, a target may wait for them. Nothing is blocked by it; the superior is "
            "told once."
        ),
        *("", Sure.CONFIGURED, "vocabulary:SupportKind", Setting.CODE),
    ),
    "number_of_targets": Rule(
        Topic.TARGETS,
        N_("A plan has 3 to 7 targets."),
        *("", Sure.CONFIGURED, "targets:MOST", Setting.CODE),
    ),
    "weights": Rule(
        Topic.TARGETS,
        N_("The weights of the targets sum to 100. They say what matters most; the rating is not computed from them."),
        *("", Sure.CONFIGURED, "targets:WHOLE", Setting.CODE),
    ),
    "aspects": Rule(
        Topic.TARGETS,
        N_("A target is measured by its quantity, its quality, its time or its cost."),
        f"{_SKP}: aspek",
        *(Sure.SECOND_HAND, "vocabulary:Aspect"),
    ),
    "behaviours": Rule(
        Topic.TARGETS,
        N_("Behaviour is measured by the seven values BerAKHLAK, each with three guides."),
        "SE MenPANRB 20/2021; UU 20/2023 Pasal 3 ayat (2) dan Pasal 4",
        *(Sure.SEEN, "behaviours:GUIDES"),
    ),
    "special_expectations": Rule(
        Topic.TARGETS,
        N_("The superior may add an expectation of his own to each of the seven values."),
        f"{_SKP}: ekspektasi khusus pimpinan",
        *(Sure.SEEN, "targets:Expectation"),
    ),
}
REPORT: dict[str, Rule] = {
    "periods": Rule(
        Topic.REPORT,
        N_(
            "Work is also evaluated by quarter, or by month where the agency chooses so: always in the same way in one year."
        ),
        f"{_EVALUATION}: periode triwulan I sampai akhir",
        *(Sure.SEEN, "periods/periods:Every", Setting.POLICY, "periods.every"),
    ),
    "period_dates": Rule(
        Topic.REPORT,
        N_(
            "How long after its end a period is reported and then rated was not found; whatever is missing, the year goes on."
        ),
        *("", Sure.CONFIGURED, "periods/periods:PeriodPolicy", Setting.POLICY, "periods.ends, report, rate, remind"),
    ),
    "period_evidence": Rule(
        Topic.REPORT,
        N_("Whether each realisation of a period needs evidence is the agency's choice."),
        *("", Sure.CONFIGURED, "periods/evaluation_rules:_reported", Setting.POLICY, "periods.evidence"),
    ),
    "period_reviewer": Rule(
        Topic.REPORT,
        N_(
            "A period is rated by whoever was the superior on its last day, as long as he is there; later moves change "
            "nothing in it."
        ),
        *("", Sure.CONFIGURED, "people/organisation:Organisation", Setting.CODE),
    ),
    "periods_are_a_basis": Rule(
        Topic.REPORT,
        N_(
            "The periods are the basis of the annual evaluation: the supervisor sees them and judges, nothing is computed."
        ),
        *("", Sure.CONFIGURED, "periods/evaluation:Evaluation", Setting.CODE),
    ),
    "feedback": Rule(
        Topic.REPORT,
        N_("Feedback is given at any time, about a target or a behaviour, and talks are noted."),
        f"{_EVALUATION}: umpan balik berkelanjutan",
        *(Sure.SEEN, "periods/feedback:Feedback"),
    ),
    "realisation": Rule(
        Topic.REPORT,
        N_("For each target the employee says what was reached and links to the evidence."),
        f"{_EVALUATION}: realisasi berdasarkan bukti dukung",
        *(Sure.SEEN, "assessment:Realisation"),
    ),
}
RATING: dict[str, Rule] = {
    "three_ratings": Rule(
        Topic.RATING,
        N_("Results and behaviour are each rated above expectation, as expected, or below expectation."),
        _EVALUATION,
        *(Sure.SECOND_HAND, "vocabulary:Rating"),
    ),
    "results_rating": Rule(
        Topic.RATING,
        N_(
            "The rating of results is a judgement and no sum: above, where most or all results are above expectation and no "
            "main result is below; below, where most or all are below."
        ),
        "PermenPANRB 6/2022, Lampiran (tanpa pembobotan)",
        *(Sure.SECOND_HAND, "assessment:Review"),
    ),
    "behaviour_rating": Rule(
        Topic.RATING,
        N_("No criteria for the three levels of behaviour were found: the supervisor judges, and says why."),
        *("", Sure.CONFIGURED, "assessment:Review", Setting.CODE),
    ),
    "voices_asked": Rule(
        Topic.RATING,
        N_(
            "Peers and subordinates may be asked about the behaviour. Who counts as one and how many are asked was not found: "
            "those of the same unit or team, named by the employee and approved by the superior."
        ),
        f"{_EVALUATION}: umpan balik; PP 30/2019, Pasal 41 (bila pendapat rekan dan bawahan dipakai)",
        *(Sure.SECOND_HAND, "voices/policy:VoicesPolicy", Setting.POLICY, "voices"),
    ),
    "voices_shown_from": Rule(
        Topic.RATING,
        N_(
            "What others answer is counted together, without names, and shown after the end, from a number of answers on, "
            "which is at least three."
        ),
        *("", Sure.CONFIGURED, "voices/told:told", Setting.POLICY, "voices.shown_from"),
    ),
    "voices_scale": Rule(
        Topic.RATING,
        N_(
            "Others say how often they see a behaviour: rarely, sometimes, mostly, always. No national scale was found."
        ),
        *("", Sure.CONFIGURED, "voices/told:SCALE", Setting.CODE),
    ),
    "reasons": Rule(
        Topic.RATING,
        N_("Each rating, and each change of one, needs a reason in words."),
        *("", Sure.CONFIGURED, "text:reason", Setting.CODE),
    ),
    "predicate_matrix": Rule(
        Topic.RATING,
        N_("The predicate follows from the two ratings alone, by a matrix of three by three."),
        "PermenPANRB 6/2022, Pasal 1 angka 8 dan Lampiran (kuadran kinerja pegawai)",
        *(Sure.SECOND_HAND, "predicates:MATRIX"),
    ),
    "legacy_weights": Rule(
        Topic.RATING,
        N_(
            "Where an agency weighs, results count 70 and behaviour 30 per cent; 60 and 40 where peers and subordinates are "
            "asked. It stands beside the predicate and changes nothing: PermenPANRB 6/2022 has no weights."
        ),
        "PP 30/2019, Pasal 41",
        *(Sure.SEEN, "weighting:RESULTS", Setting.POLICY, "weighting"),
    ),
    "rating_points": Rule(
        Topic.RATING,
        N_("How many points a rating is worth was not found: the agency sets it, or nothing is weighed."),
        *("", Sure.CONFIGURED, "weighting:HIGHEST", Setting.POLICY, "weighting"),
    ),
    "endorsement": Rule(
        Topic.RATING,
        N_(
            "Where the agency wants it, the superior of the supervisor looks at each review before the calibration: endorses "
            "it, or sends it back to be amended. No regulation asks for it: there he signs only after an objection."
        ),
        *("", Sure.CONFIGURED, "endorsing:reviewed", Setting.POLICY, "steps.endorsement"),
    ),
    "told_after_calibration": Rule(
        Topic.RATING,
        N_("The employee sees the ratings once the unit has been calibrated; until then they may still change."),
        *("", Sure.CONFIGURED, "privacy/disclosure:BEFORE_DELIVERY", Setting.CODE),
    ),
}
