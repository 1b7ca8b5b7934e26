"""The rules of the field about the data of people. How they are kept: rule.py."""

from appraisal.rule import N_, Rule, Setting, Sure, Topic

PRIVACY: dict[str, Rule] = {
    "data_correction": Rule(
        Topic.PEOPLE,
        N_("Whoever says that data about him are wrong has them put right, or a reason, within 3 times 24 hours."),
        "UU 27/2022 (PDP), Pasal 30",
        *(Sure.SEEN, "data_request:checked_term", Setting.INSTALLATION, "JENJANG_DATA_REQUESTS_DUE"),
    ),
    "data_access": Rule(
        Topic.PEOPLE,
        N_("Whoever asks sees the data that are held about him within 3 times 24 hours."),
        "UU 27/2022 (PDP), Pasal 32",
        *(Sure.FROM_MEMORY, "data_request:checked_term", Setting.INSTALLATION, "JENJANG_DATA_REQUESTS_DUE"),
    ),
}
