"""What is erased where somebody asks for it, and what stays on which ground. Rules: data_erasure, erasable.

Of most data the law is silent, so the agency says which parts may go. What an appraisal rests on never goes this way.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from appraisal.errors import InvalidPolicy

WHERE = "erasable"


class Part(StrEnum):
    """What somebody can ask to have erased. `RECORD` is all that an appraisal and its record rest on."""

    DRAFTS = "drafts"
    DEVICES = "devices"
    NOTICES = "notices"
    FEEDBACK = "feedback"
    QUESTIONS = "questions"
    CONTACT = "contact"
    IDENTITY = "identity"
    RECORD = "record"


class Ground(StrEnum):
    """Why a part stays: the law's exception, the agency's choice, or that it is still needed."""

    LAW = "law"
    AGENCY = "agency"
    SERVING = "serving"
    OPEN = "open"
    OTHERS = "others"


USUAL = (Part.DRAFTS, Part.DEVICES, Part.NOTICES)
"""What may go where the agency has said nothing: no record of an appraisal needs it. Rule: erasable."""
OF_WHO_SERVES = (Part.CONTACT, Part.IDENTITY)
"""Without these an agency cannot appraise whom it employs."""
Stays = tuple[tuple[Part, Ground], ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether the person holds a position, has an open case, and is named by results of others, as whoever rated them."""

    serves: bool
    open_case: bool
    names_others: bool


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased of whom, at whose request. It names nobody, so that it can be kept beside the backups."""

    request: str
    person: str
    parts: tuple[Part, ...]
    at: datetime


def staying(parts: Collection[Part], allowed: Collection[Part], standing: Standing) -> Stays:
    """Which of these parts stay, each on its ground. Rules: data_erasure, erasable."""
    grounds = ((part, _ground(part, allowed, standing)) for part in Part if part in parts)
    return tuple((part, ground) for part, ground in grounds if ground)


def _ground(part: Part, allowed: Collection[Part], standing: Standing) -> Ground | None:
    if part is Part.RECORD:
        return Ground.LAW
    if part not in allowed:
        return Ground.AGENCY
    if part in OF_WHO_SERVES and standing.serves:
        return Ground.SERVING
    if part in (*OF_WHO_SERVES, Part.FEEDBACK) and standing.open_case:
        return Ground.OPEN
    return Ground.OTHERS if part is Part.IDENTITY and standing.names_others else None


def read_parts(text: str) -> tuple[Part, ...]:
    """What the agency lets go, as the environment writes it: `drafts, devices`; empty: nothing.

    Raises:
        InvalidPolicy: a part that there is not, or the record.
    """
    named = [name.strip() for name in text.split(",") if name.strip()]
    wrong = next((name for name in named if name not in tuple(Part) or name == Part.RECORD), None)
    if wrong is not None:
        known = ", ".join(part for part in Part if part is not Part.RECORD)
        raise InvalidPolicy(f"'{wrong}' is nothing that may be erased.", WHERE, f"Name some of {known}.")
    return tuple(part for part in Part if part in named)
