"""What a policy says of seats in trainings, as fields of its form."""

import re
from collections.abc import Callable
from typing import Any

from api.pages import policy_spans
from api.pages.forms import Fields
from api.pages.words import N_
from appraisal.training.enrolment_policy import EnrolmentPolicy

LENGTHS = ("respond", "look_back", "answer")
EXPLAINED: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"enrolment\.look_back"), N_("Give a length of time of less than five years, like “365 days”.")),
    (
        re.compile(r"enrolment\.(respond|answer|early)"),
        N_("Give a length of time, like “14 days” or “5 working days”."),
    ),
    (re.compile(r"enrolment\.remind"), N_("Give a time before, like “3 working days before”.")),
    (re.compile(r"enrolment\.silence"), N_("Choose one of the list.")),
)
"""What is wrong where."""


def fields_of(policy: EnrolmentPolicy | None, language: str) -> dict[str, str]:
    """These dates as fields; what holds where a policy does not speak of seats stands there as well."""
    chosen = policy or EnrolmentPolicy()
    found = {name: policy_spans.shown(getattr(chosen, name), language) for name in LENGTHS}
    found |= {"remind": policy_spans.shown_reminder(chosen.remind, language)}
    found |= {"silence": str(chosen.silence), "early": chosen.early}
    return {f"enrolment_{name}": value for name, value in found.items()}


def document(fields: Fields, span: Callable[[str], str]) -> dict[str, Any]:
    """The table `enrolment`; none where the form leaves it empty. `span` reads a length of a field."""
    if not any(fields.get(f"enrolment_{name}", "").strip() for name in LENGTHS):
        return {}
    said: dict[str, Any] = {name: span(f"enrolment_{name}") for name in LENGTHS}
    remind = policy_spans.written_reminder(fields.get("enrolment_remind", ""))
    kept = {name: fields.get(f"enrolment_{name}", "").strip() for name in ("silence", "early")}
    return {"enrolment": {**said, **kept, "early": kept["early"] or "PT0S", "remind": remind or ""}}


def field_at(where: str) -> str:
    """The field for a path of the rules that begins with `enrolment`."""
    return f"enrolment_{(*where.split('.'), '')[1] or 'respond'}"
