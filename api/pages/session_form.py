"""What a policy says of the calibration session, as fields of its form."""

from collections.abc import Callable
from typing import Any

from api.pages import policy_spans
from api.pages.forms import Fields
from api.pages.words import N_
from appraisal.calibration.session_rules import SessionRules
from appraisal.vocabulary import UnitResult

CHOICES: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = (
    ("session_votes", N_("Silent first votes"), (("no", N_("nobody is asked")), ("yes", N_("reviewers are asked")))),
    ("session_votes_named", N_("First votes, once open"), (("no", N_("as numbers only")), ("yes", N_("with names")))),
    (
        "session_rounding",
        N_("Percentages become people"),
        (("strict", N_("a maximum rounded down")), ("lenient", N_("a maximum rounded up"))),
    ),
    (
        "session_majority",
        N_("“The majority” is"),
        (("largest", N_("the largest group")), ("more_than_half", N_("more than half"))),
    ),
)
"""(field, label, options): what is chosen from a list."""


def fields_of(rules: SessionRules, language: str) -> dict[str, str]:
    """These rules as fields."""
    said = rules.document()
    found = {"session_undo": policy_spans.shown(rules.undo, language)}
    found |= {f"session_{name}": "yes" if said[name] else "no" for name in ("votes", "votes_named")}
    found |= {f"session_{name}": str(said[name]) for name in ("minimum_size", "rounding", "majority")}
    return found | {f"session_head_{result}": rating for result, rating in said["head_results"].items()}


def document(fields: Fields, span: Callable[[str], str]) -> dict[str, Any]:
    """The table `session`; none where the form knows nothing of it, so that what is usual holds."""
    if "session_undo" not in fields:
        return {}
    size = fields.get("session_minimum_size", "").strip()
    said = {name: fields.get(f"session_{name}", "") for name in ("rounding", "majority")}
    return {
        "session": {
            "undo": span("session_undo"),
            **{name: fields.get(f"session_{name}") == "yes" for name in ("votes", "votes_named")},
            "minimum_size": int(size) if size.isascii() and size.isdecimal() else 0,
            **said,
            "head_results": {str(result): fields.get(f"session_head_{result}", "") for result in UnitResult},
        }
    }


def field_at(where: str) -> str:
    """The field for a path of the rules that begins with `session`."""
    _, what, which = (*where.split("."), "", "")[:3]
    return f"session_head_{which or UnitResult.ISTIMEWA}" if what == "head_results" else f"session_{what or 'undo'}"
