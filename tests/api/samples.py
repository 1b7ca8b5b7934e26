"""What is sent to each endpoint when only the answer's status matters: the description's examples, and ids for the addresses."""

from typing import Any

from api import examples

CASE, EXAMPLES = examples.CASE, examples.EXAMPLES
OTHERS: dict[str, Any] = {
    "GET audit/export": {"params": {"since": "2026-01-01", "until": "2026-01-31"}},
    "GET cycles/{cycle}/dates/preview": {"params": {"policy": "open"}},
    "POST webhooks": {"json": {"url": "http://127.0.0.1/"}},
    "POST enrolments/{cycle}/{employee}/withdrawal": {"json": {"reason": " "}},
    "POST remedies": {"json": {"cases": [], "remedy": {"kind": "nudge"}}},
    "POST imports": {"files": {"file": ("a.csv", b"a,b")}},
    "POST imports/{batch}/application": {"json": {}},
    "POST tokens": {"json": {"link": "no-such-link"}},
    "GET career/proposals": {"params": {"kind": "box"}},
    "GET units/{unit}/indicators": {"params": {"year": "2026"}},
    "GET units/{unit}/performance": {"params": {"year": "2026"}},
}
"""What is no JSON, or wrong on purpose."""
BODIES: dict[str, Any] = {name: {"json": body} for name, body in EXAMPLES.items()} | OTHERS
PLACES = {"employee": "ani", "unit": "dinkes", "command": "c", "form": "targets", "person": "gita", "year": "2026"}
PLACES |= {"kind": "skp", "name": "open", "officer": "gita", "indicator": "i1", "number": "1", "period": "0"}
PLACES |= {"course": "t2"}
PLACES |= dict.fromkeys(
    ("hook", "batch", "order", "appointment", "report", "request", "question", "key", "sign_in", "identity"), "0" * 12
)
