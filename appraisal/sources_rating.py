"""The rules of the field by which a rating comes about. How they are kept: rule.py."""

from appraisal.rule import N_, Rule, Setting, Sure, Topic

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
        *(Sure.FROM_MEMORY, "cascade:Matrix"),
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
        *(Sure.SEEN, "periods:Every", Setting.POLICY, "periods.every"),
    ),
    "period_dates": Rule(
        Topic.REPORT,
        N_(
            "How long after its end a period is reported and then rated was not found; whatever is missing, the year goes on."
        ),
        *("", Sure.CONFIGURED, "periods:PeriodPolicy", Setting.POLICY, "periods.ends, report, rate, remind"),
    ),
    "period_evidence": Rule(
        Topic.REPORT,
        N_("Whether each realisation of a period needs evidence is the agency's choice."),
        *("", Sure.CONFIGURED, "evaluation_rules:_reported", Setting.POLICY, "periods.evidence"),
    ),
    "period_reviewer": Rule(
        Topic.REPORT,
        N_(
            "A period is rated by whoever was the superior on its last day, as long as he is there; later moves change "
            "nothing in it."
        ),
        *("", Sure.CONFIGURED, "organisation:Organisation", Setting.CODE),
    ),
    "periods_are_a_basis": Rule(
        Topic.REPORT,
        N_(
            "The periods are the basis of the annual evaluation: the supervisor sees them and judges, nothing is computed."
        ),
        *("", Sure.CONFIGURED, "evaluation:Evaluation", Setting.CODE),
    ),
    "feedback": Rule(
        Topic.REPORT,
        N_("Feedback is given at any time, about a target or a behaviour, and talks are noted."),
        f"{_EVALUATION}: umpan balik berkelanjutan",
        *(Sure.SEEN, "feedback:Feedback"),
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
    "told_after_calibration": Rule(
        Topic.RATING,
        N_("The employee sees the ratings once the unit has been calibrated; until then they may still change."),
        *("", Sure.CONFIGURED, "disclosure:BEFORE_DELIVERY", Setting.CODE),
    ),
}
UNIT: dict[str, Rule] = {
    "unit_performance": Rule(
        Topic.UNIT,
        N_(
            "What a unit shall reach in the year is measured by its indicators; their values are kept quarter by quarter."
        ),
        "PermenPANRB 6/2022, Anak Lampiran 4 (evaluasi periodik: triwulan I sampai dengan triwulan IV)",
        *(Sure.FROM_MEMORY, "unit_performance:Followed"),
    ),
    "unit_evidence": Rule(
        Topic.UNIT,
        N_("Which values of a unit must be shown by evidence was not found: each indicator says so itself."),
        *("", Sure.CONFIGURED, "vocabulary:EvidenceNeed", Setting.INSTALLATION, "indicators: bukti"),
    ),
    "unit_result": Rule(
        Topic.UNIT,
        N_("Before ratings are settled, the result of the unit itself is set, by the leader above it, with a reason."),
        "SE MenPANRB 3/2023, langkah 1",
        *(Sure.SECOND_HAND, "calibration:SetUnitResult"),
    ),
    "distribution": Rule(
        Topic.UNIT,
        N_(
            "The result of the unit says how the predicates in it should spread: a guideline, which warns and forbids nothing."
        ),
        "SE MenPANRB 3/2023, Tata Cara Penetapan Predikat Kinerja Pegawai ASN (panduan pola distribusi)",
        *(Sure.SECOND_HAND, "distribution:GUIDELINE"),
    ),
    "small_units": Rule(
        Topic.UNIT,
        N_(
            "From how many people on a unit is compared with the guideline, how percentages become people, and what a "
            "majority is, was not found."
        ),
        *("", Sure.CONFIGURED, "distribution:DistributionPolicy", Setting.POLICY),
        "session.minimum_size, rounding, majority",
    ),
    "justified": Rule(
        Topic.UNIT,
        N_("Where the predicates of a unit leave the guideline, whoever settles them says for the record why."),
        *("", Sure.CONFIGURED, "calibration_rules:applied", Setting.CODE),
    ),
    "head_and_unit": Rule(
        Topic.UNIT,
        N_(
            "Whoever leads a unit has the unit's result as the rating of results. Which of the three ratings each of the five "
            "results is, was not found."
        ),
        "SE MenPANRB 3/2023",
        *(Sure.SECOND_HAND, "session_rules:HEAD_RESULTS", Setting.POLICY, "session.head_results"),
    ),
    "first_votes": Rule(
        Topic.UNIT,
        N_(
            "Before the head decides, those who reviewed members may say unseen how they see the others; never themselves."
        ),
        *("", Sure.CONFIGURED, "votes:checked_ballot", Setting.POLICY, "session.votes, votes_named"),
    ),
    "leniency": Rule(
        Topic.UNIT,
        N_(
            "How generously a reviewer rates is estimated, with how unsure that is: for information, and nothing follows."
        ),
        *("", Sure.CONFIGURED, "leniency:estimated", Setting.CODE),
    ),
    "undo": Rule(
        Topic.UNIT,
        N_("For a time a calibration can be taken back: everybody goes back to the review, or nobody does."),
        *("", Sure.CONFIGURED, "undoing:begun", Setting.POLICY, "session.undo"),
    ),
    "calibration": Rule(
        Topic.UNIT,
        N_("The head of the unit looks at all ratings together and settles them, for all or for nobody."),
        "SE MenPANRB 3/2023, langkah 2 dan 3 (tidak ada tahap hukum bernama kalibrasi)",
        *(Sure.FROM_MEMORY, "calibration_rules:applied"),
    ),
    "shown_from": Rule(
        Topic.UNIT,
        N_(
            "The numbers of a unit are shown from a number of people on, and only where nobody's own rating can be worked "
            "out from them."
        ),
        *("", Sure.CONFIGURED, "disclosure:tells_on_nobody", Setting.POLICY, "shown_from"),
    ),
}
