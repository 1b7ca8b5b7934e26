"""What a notice says and where it leads: the same in the inbox and in a mail."""

from api.pages import labels
from appraisal.vocabulary import Step

ASKS_SUPERIORS = (
    f"{Step.APPROVAL}_waits",
    f"{Step.REVIEW}_waits",
    f"{Step.ENDORSEMENT}_waits",
    "review_returned",
    f"{Step.HEARING}_waits",
    f"{Step.OBJECTION}_waits",
    "escalated_to_you",
    "reminded",
    "became_due",
    "step_opened",
    "holder_changed",
    "preparer_changed",
    *(
        "still_late",
        "nudge",
        "extend",
        "release",
        "released",
        "reschedule",
        "kept_open",
        "taken_over_by_you",
        "sent_back",
        "part_stated",
    ),
)
"""Notices that ask somebody else than the employee to do something."""

LEADS_TO = {
    "superior_changed": "/me",
    "reports_gained": "/waiting",
    "reports_lost": "/waiting",
    "calibration_vote_wanted": "/calibrations/{}/ballot",
    "career_decided": "/my-career",
    "voice_invited": "/voices/{}/answer",
    "voice_reminded": "/voices/{}/answer",
    "seat_free": "/enrolments",
    "heads_word_waits": "/nominations/{}/words",
    "heads_word_reminded": "/nominations/{}/words",
}
"""Notices that lead elsewhere than to what they are about: after a changed reporting line, what waits since matters."""
PAGES = {
    "calibration": "/calibrations/{rest}",
    "nomination": "/nominations/{rest}",
    "appointment": "/appointments",
    "departure": "/people/departures/{rest}",
    "upstream": "/appraisals/{rest}",
    "voices": "/voices/{rest}",
    "access": "/data-requests/{rest}",
    "correction": "/data-requests/{rest}",
    "erasure": "/data-requests/{rest}",
    "superior-report": "/superior-reports/{last}",
    "period": "/appraisals/{before}/periods/{last}",
    "enrolment": "/enrolments/{before}",
    "feedback": "/appraisals/{before}/feedback#feedback-{last}",
}
"""The page of each thing that notices are about, by the beginning of its id."""


def text(kind: str) -> str:
    """What a notice of this kind says, still to be translated; a kind without words of its own says so much at least."""
    return labels.NOTICES.get(kind, labels.OTHER_NOTICE)


def address(kind: str, subject: str, cycle: str | None, employee: str | None, reader: str) -> str:
    """The very page on which this reader can do something about it."""
    place, _, rest = subject.partition("/")
    if kind in LEADS_TO:
        return LEADS_TO[kind].format(rest)
    if place in PAGES:
        before, _, last = rest.rpartition("/")
        return PAGES[place].format(rest=rest, before=before, last=last)
    if place == "rules":
        cycle_id, _, question = rest.partition("/")
        return f"/cycles/{cycle_id}/rules" + (f"#question-{question}" if question else "")
    if cycle is None or employee is None:
        return "/inbox"
    case = f"{cycle}/{employee}"
    if kind == "part_to_state":
        return f"/appraisals/{case}/part"
    return f"/waiting/{case}" if employee != reader and kind in ASKS_SUPERIORS else f"/appraisals/{case}"
