"""What HR has changed in the catalogue and its limits, as people read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from adapters.database.engine import Session
from adapters.database.reads import case_rows, directory
from api.pages.render import Page
from api.pages.words import N_
from appraisal.training.course import rupiah

CHANGED: dict[str, str] = {"budget": N_("Budget"), "seats": N_("Seats"), "price": N_("Price of a seat")}
KINDS: dict[str, str] = {
    "limits_set": N_("Limits set"),
    "course_changed": N_("Changed"),
    "course_withdrawn": N_("Withdrawn"),
    "course_returned": N_("Offered again"),
}
"""What the record calls the changes."""


@dataclass(frozen=True, slots=True)
class Told:
    """A change on record: what, by whom (a name, empty for an account without a person), when and why."""

    kind: str
    by: str
    at: datetime
    reason: str
    lines: tuple[str, ...]


async def record_of(page: Page, session: Session, subject: str, units: Mapping[str, str]) -> tuple[Told, ...]:
    """What HR has changed, newest first."""
    events = await case_rows.events(session, subject)
    names = await directory.person_names(session, tuple({event["actor"] for event in events}))
    return tuple(_told(page, event, names, units) for event in reversed(events))


def _told(page: Page, event: dict[str, Any], names: Mapping[str, str], units: Mapping[str, str]) -> Told:
    kind, by = KINDS[event["kind"]], names.get(event["actor"], "")
    lines = tuple(_line(page, change, units) for change in event["changes"] if change[0] != "withdrawn")
    return Told(page.gettext(kind), by, event["at"], event["reason"], lines)


def _line(page: Page, change: tuple[str, str, str], units: Mapping[str, str]) -> str:
    """'Seats: 4 → 5'; an empty side is no limit."""
    field, *sides = change
    money, nothing = field in ("budget", "price"), page.gettext("no limit")
    before, after = ((rupiah(Decimal(side)) if money else side) if side else nothing for side in sides)
    unit = field.removeprefix("quota/")
    known = CHANGED.get(field)
    label = page.gettext(known) if known else units.get(unit, unit)
    return f"{label}: {before} → {after}"
