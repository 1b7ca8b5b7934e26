"""The rules of the field about the data of people. How they are kept: rule.py."""

from appraisal.sources.rule import N_, Rule, Setting, Sure, Topic

PRIVACY: dict[str, Rule] = {
    "data_basis": Rule(
        Topic.PEOPLE,
        N_(
            "Data of employees are held because the agency must appraise them: a duty and a public task, not by consent."
        ),
        "UU 27/2022 (PDP), Pasal 20",
        *(Sure.SECOND_HAND, "privacy/personal_data:PURPOSES"),
    ),
    "data_information": Rule(
        Topic.PEOPLE,
        N_("Everybody is told what is held about him, why, how long, and who sees it."),
        "UU 27/2022 (PDP), Pasal 5",
        *(Sure.SEEN, "privacy/personal_data:Purpose"),
    ),
    "data_record": Rule(
        Topic.PEOPLE,
        N_("What is done with data of people is on record."),
        "UU 27/2022 (PDP), Pasal 31",
        *(Sure.FROM_MEMORY, "privacy/personal_data:PURPOSES"),
    ),
    "data_security": Rule(
        Topic.PEOPLE,
        N_("Data of people are kept safe and secret."),
        "UU 27/2022 (PDP), Pasal 35 sampai 39",
        *(Sure.SECOND_HAND, "privacy/personal_data:PURPOSES"),
    ),
    "data_terms": Rule(
        Topic.PEOPLE,
        N_("Nothing is removed by its age unless the agency says after how long."),
        "",
        *(Sure.CONFIGURED, "privacy/personal_data:TERMS", Setting.CODE),
    ),
    "data_correction": Rule(
        Topic.PEOPLE,
        N_("Whoever says that data about him are wrong has them put right, or a reason, within 3 times 24 hours."),
        "UU 27/2022 (PDP), Pasal 30",
        *(Sure.SEEN, "privacy/data_request:checked_term", Setting.INSTALLATION, "JENJANG_DATA_REQUESTS_DUE"),
    ),
    "data_access": Rule(
        Topic.PEOPLE,
        N_("Whoever asks sees the data that are held about him within 3 times 24 hours."),
        "UU 27/2022 (PDP), Pasal 32",
        *(Sure.FROM_MEMORY, "privacy/data_request:checked_term", Setting.INSTALLATION, "JENJANG_DATA_REQUESTS_DUE"),
    ),
    "human_decides": Rule(
        Topic.PEOPLE,
        N_("Nobody is decided on by a machine alone: a named human confirms each predicate, box and nomination."),
        "UU 27/2022 (PDP), Pasal 10",
        *(Sure.SEEN, "confirmation:Effect"),
    ),
    "data_contact": Rule(
        Topic.PEOPLE,
        N_("An agency that serves the public names an officer for data protection, and how to reach him."),
        "UU 27/2022 (PDP), Pasal 53",
        *(
            Sure.SEEN,
            "privacy/personal_data:Purpose",
            Setting.INSTALLATION,
            "JENJANG_PRIVACY_OFFICER, JENJANG_PRIVACY_CONTACT",
        ),
    ),
    "data_erasure": Rule(
        Topic.PEOPLE,
        N_("Whoever asks has data erased, but for what running the state needs; what stays is told with its ground."),
        "UU 27/2022 (PDP), Pasal 15 (pengecualian atas Pasal 8)",
        *(Sure.SEEN, "privacy/erasing:staying"),
    ),
    "erasable": Rule(
        Topic.PEOPLE,
        N_("Which data no appraisal rests on, so that they may be erased, is the agency's choice."),
        "",
        *(Sure.CONFIGURED, "privacy/erasing:USUAL", Setting.INSTALLATION, "JENJANG_ERASABLE"),
    ),
    "retention": Rule(
        Topic.PEOPLE,
        N_("What is held for a time goes after the time that the agency has set; without one it stays."),
        *("", Sure.CONFIGURED, "privacy/retention:read_retention", Setting.INSTALLATION, "JENJANG_RETENTION"),
    ),
}
