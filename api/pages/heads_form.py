"""What a policy says of heads of units before trainings are decided, as fields of its form."""

import re
from collections.abc import Callable
from typing import Any

from api.pages import policy_spans
from api.pages.forms import Fields
from api.pages.words import N_
from appraisal.training.heads_policy import HeadsPolicy

EXPLAINED: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(r"heads\.answer"),
        N_("Give a length of time, like “5 working days”, that ends before the nomination is due."),
    ),
    (re.compile(r"heads\.remind"), N_("Give a time before, like “3 working days before”.")),
)
"""What is wrong where."""


def fields_of(policy: HeadsPolicy | None, language: str) -> dict[str, str]:
    """These dates as fields; none where heads are not asked."""
    if policy is None:
        return {}
    remind = policy_spans.shown_reminder(policy.remind, language)
    return {"heads_answer": policy_spans.shown(policy.answer, language), "heads_remind": remind}


def document(fields: Fields, span: Callable[[str], str]) -> dict[str, Any]:
    """The table `heads`; none where the form leaves it empty. `span` reads a length of a field."""
    if not any(fields.get(f"heads_{name}", "").strip() for name in ("answer", "remind")):
        return {}
    remind = policy_spans.written_reminder(fields.get("heads_remind", ""))
    return {"heads": {"answer": span("heads_answer"), "remind": remind or ""}}


def field_at(where: str) -> str:
    """The field for a path of the rules that begins with `heads`."""
    return f"heads_{(*where.split('.'), '')[1] or 'answer'}"
