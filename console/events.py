"""docs/events.md, made of the code: python -m console.events > docs/events.md. A test compares them.

Which thing a notice is about, by its kind, stands here; tests look at every notice that any of them writes.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from adapters.webhooks import body_of
from api.pages.labels import NOTICES
from appraisal.parties import HR
from appraisal.sending import Parcel, Told

DOCUMENT = Path(__file__).parents[1] / "docs" / "events.md"
KINDS = tuple(NOTICES)
"""Every kind of notice there is."""
CYCLE, PERSON, SUPERIOR, UNIT, OTHER = "4fk2m9x0c7ya", "8h1d3n5r7t9w", "2b6c8e0g4j5k", "1p3q5s7u9v0z", "6m4l2k0j8h7g"
AT = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a notice can be about, how its id is written, and where a program reads more."""

    title: str
    pattern: str
    read: str


SUBJECTS = {
    "appraisal": Subject("An appraisal", "appraisal/{cycle}/{employee}", "GET /appraisals/{cycle}/{employee}"),
    "calibration": Subject(
        "The calibration of a unit", "calibration/{cycle}/{unit}", "GET /calibrations/{cycle}/{unit}"
    ),
    "nomination": Subject("The training nominations of a cycle", "nomination/{cycle}", "GET /nominations/{cycle}"),
    "enrolment": Subject("A seat in a training", "enrolment/{cycle}/{employee}", "GET /enrolments/{cycle}/{employee}"),
    "period": Subject(
        "A period of the year",
        "period/{cycle}/{employee}/{number}",
        "GET /appraisals/{cycle}/{employee}/periods/{number}",
    ),
    "feedback": Subject(
        "Feedback", "feedback/{cycle}/{employee}/{feedback}", "GET /appraisals/{cycle}/{employee}/feedback"
    ),
    "voices": Subject("Other voices about an employee", "voices/{cycle}/{employee}", "GET /voices/{cycle}/{employee}"),
    "upstream": Subject(
        "Targets that others wait for", "upstream/{cycle}/{employee}", "GET /appraisals/{cycle}/{employee}"
    ),
    "rules": Subject("The rules of a cycle", "rules/{cycle}/{question}", "GET /cycles/{cycle}/rules/questions"),
    "career": Subject("Somebody's career", "career/{employee}/{decision}", "GET /career/people/{employee}"),
    "appointment": Subject("An appointment to act", "appointment/{appointment}", "GET /appointments/{appointment}"),
    "superiors": Subject("An order that names another superior", "superiors/{order}", "GET /superiors/{order}"),
    "superior-report": Subject(
        "A report that the superior is wrong", "superior-report/{employee}/{report}", "GET /superior-reports/{report}"
    ),
    "departure": Subject("People who go", "departure/{order}", "GET /departures/{order}"),
    "access": Subject(
        "A request about own data: to see them (`access`), to have them put right (`correction`) or erased (`erasure`)",
        "access/{request}",
        "GET /data-requests/{request}",
    ),
}
BEGINNINGS = {
    **dict.fromkeys(("calibration_", "unit_result_"), "calibration"),
    **dict.fromkeys(("nomination_", "heads_word_"), "nomination"),
    **dict.fromkeys(("seat_", "attendance_", "hours_", "look_back_"), "enrolment"),
    **dict.fromkeys(("appointed_", "appointment_"), "appointment"),
    **dict.fromkeys(("superior_changed", "reports_"), "superiors"),
    **dict.fromkeys(("voice_", "voices_"), "voices"),
    "superior_report": "superior-report",
    "data_request": "access",
    "departure_": "departure",
    "rules_": "rules",
    "period_": "period",
    "feedback_": "feedback",
    "career_": "career",
    "targets_awaited": "upstream",
}
"""What a kind is about, by how its name begins; whatever does not is about an appraisal."""
ALSO = {"superior-report": ("reports_gained", "reports_lost")}
"""What is told of another thing as well."""
LIKE = dict.fromkeys(("correction", "erasure"), "access")
"""Ids that begin otherwise, and are told of in the same way."""
TO_HR = (
    *("superior_reported", "superior_report_due", "departure_", "rules_asked", "nomination_", "heads_word_lapsed"),
    *("seat_free", "data_requested", "data_request_reminded", "data_request_escalated"),
)
INTRODUCTION = """# What a webhook can tell

Made of the code by `python -m console.events`; do not edit it by hand. How a message is verified, and a receiver that does it,
are in [integrating.md](integrating.md#a-webhook).

A message is of one of two types. `notices.created` tells of up to 100 notices; `webhook.test` is what HR sends to try an address
out, and tells nothing. A notice is what somebody finds in the inbox: `kind` says what it tells, `subject` what it is about,
`revision` which event of that made it, `recipient` for whom it is (a person's id; `hr` or `hr/{unit}` for HR of the agency or of
a unit), `at` when. There are no names and no texts: ask with a key.

Kinds and subjects are added, never renamed. Leave alone what you do not know."""


def subjects_of(kind: str) -> tuple[str, ...]:
    """How the ids begin of what such a notice can be about."""
    usual = next((about for beginning, about in BEGINNINGS.items() if kind.startswith(beginning)), "appraisal")
    return (usual, *(about for about, kinds in ALSO.items() if kind in kinds))


def document() -> str:
    return "\n".join((INTRODUCTION, "", *_messages(), *_tables()))


def _messages() -> Iterator[str]:
    for title, notices in (("notices.created", (_told("became_due", "appraisal"),)), ("webhook.test", ())):
        message = json.loads(body_of(Parcel(OTHER, "", (), AT, notices)))
        yield f"`{title}`:\n\n```json\n{json.dumps(message, indent=2)}\n```\n"


def _tables() -> Iterator[str]:
    for key, subject in SUBJECTS.items():
        yield f"## {subject.title}\n"
        yield f"`{subject.pattern}`; more: `{subject.read}`.\n"
        yield "| kind | tells | for example |"
        yield "|---|---|---|"
        kinds = (kind for kind in KINDS if key in subjects_of(kind))
        yield from (f"| `{kind}` | {NOTICES[kind]} | `{_example(kind, key)}` |" for kind in kinds)
        yield ""


def _example(kind: str, about: str) -> str:
    (notice,) = json.loads(body_of(Parcel(OTHER, "", (), AT, (_told(kind, about),))))["data"]["notices"]
    return json.dumps(notice)


def _told(kind: str, about: str) -> Told:
    names = {"cycle": CYCLE, "employee": PERSON, "unit": UNIT, "number": "2"}
    names |= dict.fromkeys(("feedback", "question", "decision", "appointment", "order", "report", "request"), OTHER)
    subject = SUBJECTS[about].pattern.format(**names)
    return Told(OTHER, kind, subject, 7, HR if kind.startswith(TO_HR) else SUPERIOR, AT)


if __name__ == "__main__":
    print(document(), end="")
