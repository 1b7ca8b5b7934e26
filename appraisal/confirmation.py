"""Jenjang proposes, people decide: what has consequences for somebody was confirmed by a named human. Rule: human_decides.

A machine alone ends a step that nobody took in time. It then leaves a case without a rating or a training, and gives none.
"""

from dataclasses import dataclass
from enum import StrEnum


class Effect(StrEnum):
    """What has consequences for somebody. Rule: human_decides."""

    PREDICATE = "predicate"
    PERIOD = "period"
    CAREER = "career"
    NOMINATION = "nomination"


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """Something on record that no named human has confirmed: of which process, or row."""

    effect: Effect
    subject: str
