"""The rules of the field for the seats of trainings. How they are kept: rule.py."""

from appraisal.sources.rule import N_, Rule, Setting, Sure, Topic

SEATS: dict[str, Rule] = {
    "need_points": Rule(
        Topic.AFTERWARDS,
        N_(
            "To compare two plans, a need met in full counts 100 to 600 points, by its urgency; the part that is met counts."
        ),
        *("", Sure.CONFIGURED, "seats/market:points", Setting.CODE),
    ),
    "agreed_need": Rule(
        Topic.AFTERWARDS,
        N_(
            "A need that both agreed to in a development plan counts for a seat as much as the policy says, from 0 to 6."
        ),
        *("", Sure.CONFIGURED, "development/plan:wanted", Setting.POLICY, "agreed_need"),
    ),
}
