"""What a policy says of the periods of a year, as fields of its form."""

import re
from collections.abc import Callable
from typing import Any

from api.pages import policy_spans
from api.pages.forms import Fields
from api.pages.words import N_
from appraisal.periods.periods import PeriodPolicy

EXPLAINED: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(r"periods\.ends.*"),
        N_(
            "Give the ends in order, one per line: at most 4 quarters or 12 months, the last one rated before the cycle closes."
        ),
    ),
    (re.compile(r"periods\.(report|rate)"), N_("Give a length of time, like “14 days” or “5 working days”.")),
    (re.compile(r"periods\.remind"), N_("Give a time before, like “3 working days before”.")),
    (re.compile(r"periods\.(every|evidence)"), N_("Choose one of the list.")),
)
"""What is wrong where."""


def fields_of(periods: PeriodPolicy | None, language: str) -> dict[str, str]:
    """These periods as fields; none where there is the year alone."""
    if periods is None:
        return {}
    found = {"every": str(periods.every), "evidence": str(periods.evidence)}
    found |= {"ends": "\n".join(policy_spans.shown(end, language) for end in periods.ends)}
    found |= {name: policy_spans.shown(getattr(periods, name), language) for name in ("report", "rate")}
    found |= {"remind": policy_spans.shown_reminder(periods.remind, language)}
    return {f"periods_{name}": value for name, value in found.items()}


def document(fields: Fields, written: Callable[[str, str], str]) -> dict[str, Any]:
    """The table `periods`; none where the form asks for the year alone. `written` reads a date or a length of a field."""
    if not fields.get("periods_every", "").strip():
        return {}
    lines = [line for line in fields.get("periods_ends", "").splitlines() if line.strip()]
    said: dict[str, Any] = {name: fields.get(f"periods_{name}", "").strip() for name in ("every", "evidence")}
    said |= {"ends": [written("periods_ends", line) for line in lines]}
    said |= {name: written(f"periods_{name}", fields.get(f"periods_{name}", "").strip()) for name in ("report", "rate")}
    remind = policy_spans.written_reminder(fields.get("periods_remind", ""))
    return {"periods": {**said, "remind": remind or ""}}


def field_at(where: str) -> str:
    """The field for a path of the rules that begins with `periods`."""
    return f"periods_{(*where.split('.'), '')[1] or 'every'}"
