"""What the nomination of a cycle is, and what can be asked of it. How it changes stands in nomination_rules.py."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from appraisal.access import Actor
from appraisal.commands import Hold, Release, Reschedule
from appraisal.group import Group, GroupPhase, Schedule
from appraisal.record import Event
from appraisal.timetable import Timetable
from appraisal.training.course import ANYBODY, Attendee
from appraisal.training.heads_word import Said, SayWords
from appraisal.vocabulary import Employment, Step

MOST_DECISIONS = 2000
"""Decisions in one order, so that an order stays small enough to be sent and kept; more come in several orders."""

LAPSED = "Tidak diputuskan sampai batas waktu; siklus dilanjutkan tanpa pelatihan."
"""What an employee reads on whose proposal nobody decided."""


class Basis(StrEnum):
    """What undecided proposals follow: the rule for the seats, or the optimiser's plan and the rule for the rest."""

    RULE = "rule"
    OPTIMUM = "optimum"


@dataclass(frozen=True, slots=True)
class NominationDecision:
    """HR's answer to one proposal. Whatever differs from it, another training or a refusal, needs a reason."""

    employee: str
    approve: bool
    training: str | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RefreshProposals:
    """Propose anew for everybody who is undecided."""

    kind: Literal["refresh_proposals"] = "refresh_proposals"


@dataclass(frozen=True, slots=True)
class ComparePlans:
    """Make both plans for the seats of the undecided, to be seen side by side; no proposal changes."""

    kind: Literal["compare_plans"] = "compare_plans"


@dataclass(frozen=True, slots=True)
class TakePlan:
    """Let the undecided proposals follow this plan from now on."""

    basis: Basis
    kind: Literal["take_plan"] = "take_plan"


@dataclass(frozen=True, slots=True)
class Decide:
    """Decide these proposals, all or none of them."""

    decisions: tuple[NominationDecision, ...]
    kind: Literal["decide"] = "decide"


@dataclass(frozen=True, slots=True)
class NominationOrder:
    """A command with who gives it, and the revision that was seen, where nothing may have changed since."""

    command: RefreshProposals | ComparePlans | TakePlan | Decide | SayWords | Reschedule | Hold | Release
    actor: Actor
    expected_revision: int | None = None


@dataclass(frozen=True, slots=True)
class Open:
    """An undecided proposal as it stands, with what limits the decision: kind of employment and JP granted per year, unit
    (calibration pool), and what courses ask for. `asked`: a head of the unit is to say what he thinks of it; `word` is what
    he has said.
    """

    employee: str
    training: str | None
    reason: str
    employment: Employment
    granted: tuple[tuple[int, int], ...] = ()
    unit: str = ""
    who: Attendee = ANYBODY
    asked: bool = False
    word: Said | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """A stored decision: the training that the employee gets, or none, with the reason that he reads."""

    employee: str
    case: str
    training: str | None
    reason: str
    decided_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Nomination(Group):
    """The state of the process: no list of people, they stand in the database.

    `plans` is the revision at which both plans were made the last time, 0 before that.
    """

    basis: Basis = Basis.RULE
    plans: int = 0


def prepared(nomination_id: str, cycle: str, timetable: Timetable, at: datetime) -> Nomination:
    """A cycle's nomination at the launch."""
    event = Event(0, "nomination_prepared", "cycle", at, "prepared", changes=(("phase", "", GroupPhase.WAITING),))
    schedule = Schedule.of(timetable, Step.NOMINATION, at)
    return Nomination(id=nomination_id, cycle=cycle, schedule=schedule, events=(event,))
