"""What support staff may do while they look on: see what is named here and change nothing. The one place that says so.

Whatever is not named is shut, so that a page or endpoint that is added later is shut until somebody opens it here.
"""

from collections.abc import Mapping
from typing import Any

from adapters.database.desk.accounts import Visitor
from api.errors import Problem
from api.readings import API, route_of

CASE = "/appraisals/{cycle}/{employee}"
PAGES = frozenset(
    (
        *("/support", "/support/cases", CASE, f"{CASE}/measured", f"{CASE}/periods/{{number}}", f"{CASE}/feedback"),
        *("/development/{employee}", "/development/{employee}/{year}", "/enrolments/{cycle}/{employee}"),
    )
)
ENDPOINTS = frozenset(
    (
        *("/me", "/support/cases", CASE, f"{CASE}/events", f"{CASE}/periods", f"{CASE}/periods/{{number}}"),
        *(f"{CASE}/feedback", f"{CASE}/documents", "/development/{employee}/{year}", "/enrolments/{cycle}/{employee}"),
    )
)
SHOWN = PAGES | {API + endpoint for endpoint in ENDPOINTS}
"""The routes that a look opens: of a case what its employee is shown, and the search. No drafts, no voices, no PDF, no lists."""
OVER = f"{API}/tokens/current"
"""Where a program gives its own token or key back."""
WAYS_OUT = frozenset(("/support", "/support/end", f"{API}/support/look", OVER))
"""What is sent to end a look or to begin another; signing out asks for nobody."""
ONLY_LOOKING = Problem(
    403,
    "only_looking",
    "While support staff look on, this is neither shown nor changed.",
    "",
    "End the look first. A key of support staff only reads.",
)


def demand(visitor: Visitor, changes: bool, scope: Mapping[str, Any]) -> None:
    """ONLY_LOOKING for what a look does not open or would change, and for whatever a key of support staff would change."""
    if not visitor.support:
        return
    route = route_of(scope)
    if visitor.looking is not None:
        allowed = route in (WAYS_OUT if changes else SHOWN)
    else:
        by_key = visitor.scopes is not None
        allowed = not (changes and by_key) or route == OVER
    if not allowed:
        raise ONLY_LOOKING
