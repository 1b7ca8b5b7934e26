"""The rules of the field for a unit: its result, its distribution and its calibration. How they are kept: rule.py."""

from appraisal.sources.rule import N_, Rule, Setting, Sure, Topic

UNIT: dict[str, Rule] = {
    "unit_performance": Rule(
        Topic.UNIT,
        N_(
            "What a unit shall reach in the year is measured by its indicators; their values are kept quarter by quarter."
        ),
        "PermenPANRB 6/2022, Anak Lampiran 4 (evaluasi periodik: triwulan I sampai dengan triwulan IV)",
        *(Sure.FROM_MEMORY, "unit/performance:Followed"),
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
        *(Sure.SECOND_HAND, "calibration/calibration:SetUnitResult"),
    ),
    "distribution": Rule(
        Topic.UNIT,
        N_(
            "The result of the unit says how the predicates in it should spread: a guideline, which warns and forbids nothing."
        ),
        "SE MenPANRB 3/2023, Tata Cara Penetapan Predikat Kinerja Pegawai ASN (panduan pola distribusi)",
        *(Sure.SECOND_HAND, "calibration/distribution:GUIDELINE"),
    ),
    "small_units": Rule(
        Topic.UNIT,
        N_(
            "From how many people on a unit is compared with the guideline, how percentages become people, and what a "
            "majority is, was not found."
        ),
        *("", Sure.CONFIGURED, "calibration/distribution:DistributionPolicy", Setting.POLICY),
        "session.minimum_size, rounding, majority",
    ),
    "justified": Rule(
        Topic.UNIT,
        N_("Where the predicates of a unit leave the guideline, whoever settles them says for the record why."),
        *("", Sure.CONFIGURED, "calibration/rules:applied", Setting.CODE),
    ),
    "head_and_unit": Rule(
        Topic.UNIT,
        N_(
            "Whoever leads a unit has the unit's result as the rating of results. Which of the three ratings each of the five "
            "results is, was not found."
        ),
        "SE MenPANRB 3/2023",
        *(Sure.SECOND_HAND, "calibration/session_rules:HEAD_RESULTS", Setting.POLICY, "session.head_results"),
    ),
    "first_votes": Rule(
        Topic.UNIT,
        N_(
            "Before the head decides, those who reviewed members may say unseen how they see the others; never themselves."
        ),
        *("", Sure.CONFIGURED, "calibration/votes:checked_ballot", Setting.POLICY, "session.votes, votes_named"),
    ),
    "leniency": Rule(
        Topic.UNIT,
        N_(
            "How generously a reviewer rates is estimated, with how unsure that is: for information, and nothing follows."
        ),
        *("", Sure.CONFIGURED, "calibration/leniency:estimated", Setting.CODE),
    ),
    "undo": Rule(
        Topic.UNIT,
        N_("For a time a calibration can be taken back: everybody goes back to the review, or nobody does."),
        *("", Sure.CONFIGURED, "calibration/undoing:begun", Setting.POLICY, "session.undo"),
    ),
    "calibration": Rule(
        Topic.UNIT,
        N_("The head of the unit looks at all ratings together and settles them, for all or for nobody."),
        "SE MenPANRB 3/2023, langkah 2 dan 3 (tidak ada tahap hukum bernama kalibrasi)",
        *(Sure.FROM_MEMORY, "calibration/rules:applied"),
    ),
    "shown_from": Rule(
        Topic.UNIT,
        N_(
            "The numbers of a unit are shown from a number of people on, and only where nobody's own rating can be worked "
            "out from them."
        ),
        *("", Sure.CONFIGURED, "privacy/disclosure:tells_on_nobody", Setting.POLICY, "shown_from"),
    ),
}
