"""A unit's calibration as its page shows it: who waits, what has been typed, and what would come of it."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from adapters.database import directory, objections, reads
from adapters.database.group_boards import BoardMember, CalibrationBoard
from adapters.database.objections import Objected
from api.pages.distribution_view import Line, lines, warnings
from api.pages.forms import Fields
from api.pages.render import Page
from api.routes import groups
from api.security import actor
from appraisal.access import Action, can
from appraisal.calibration import Adjustment, Decision
from appraisal.distribution import check
from appraisal.group import GroupPhase
from appraisal.predicates import predicate
from appraisal.vocabulary import Predicate, Rating

FORM = "calibration"
"""Under this name the head's draft is kept."""


@dataclass(frozen=True, slots=True)
class Row:
    """A member with the ratings that are chosen now; those of the review unless they are changed."""

    member: BoardMember
    results: Rating
    behaviour: Rating
    reason: str

    @property
    def predicate(self) -> Predicate:
        return predicate(self.results, self.behaviour)

    @property
    def changed(self) -> bool:
        return (self.results, self.behaviour) != (self.member.results, self.member.behaviour)

    @property
    def adjustment(self) -> Adjustment:
        return Adjustment(self.member.employee, self.results, self.behaviour, self.reason)


@dataclass(frozen=True, slots=True)
class View:
    """The calibration with everything that its page says. `names` of everybody who is mentioned, by id."""

    board: CalibrationBoard
    unit: str
    cycle: dict[str, Any]
    names: dict[str, str]
    events: tuple[dict[str, Any], ...]
    decides: bool
    sets_result: bool
    holds: bool
    objected: Objected

    @property
    def url(self) -> str:
        return f"/calibrations/{self.board.calibration.cycle}/{self.board.calibration.unit}"

    @property
    def decidable(self) -> bool:
        """Whether this visitor can calibrate those who are here now."""
        state = self.board.calibration
        running = state.phase is GroupPhase.OPEN and state.held is None
        ready = running and state.unit_result is not None and not state.moving
        return self.decides and ready and bool(self.board.members)

    @property
    def decision(self) -> Decision | None:
        return self.board.calibration.decision

    def name(self, person: str | None) -> str:
        """A person's name; empty for HR and for the clock."""
        return self.names.get(person or "", "")

    def rows(self, fields: Fields) -> tuple[Row, ...]:
        """Everybody present, with what has been chosen in the form so far."""
        return tuple(_row(member, fields) for member in self.board.members)

    def drawn(self, page: Page, rows: tuple[Row, ...]) -> dict[str, Any]:
        """The distribution that these rows would give, against the guideline."""
        counted = Counter(row.predicate for row in rows)
        counts = {one: counted[one] for one in Predicate}
        deviations = check(self.board.calibration.unit_result, counts)
        drawing: tuple[Line, ...] = lines(page.words, counts, self.board.counts, self.board.ranges, deviations)
        return {
            "distribution": drawing,
            "guided": self.board.ranges is not None,
            "warnings": warnings(page.words, deviations),
            "changed": sum(row.changed for row in rows),
        }


async def load(page: Page, cycle: str, unit: str) -> View:
    """The calibration for whoever may see it; NOT_FOUND for everybody else."""
    board = await groups.board(page.jenjang, page.person, cycle, unit)
    state, today = board.calibration, page.jenjang.today()
    async with page.jenjang.reading() as session:
        events = await reads.events(session, state.id)
        names = await directory.person_names(session, _people(board, events))
        units = await directory.unit_names(session, today)
        found = await directory.cycle(session, cycle) or {"name": cycle, "id": cycle}
        objected = await objections.objected(session, cycle, unit)
    who = actor(page.person)
    asked = (Action.DECIDE_CALIBRATION, Action.SET_UNIT_RESULT, Action.HOLD_GROUP)
    decides, sets, holds = (can(who, action, state.parties).allowed for action in asked)
    return View(board, units.get(unit, unit), found, names, events, decides, sets, holds, objected)


def _people(board: CalibrationBoard, events: tuple[dict[str, Any], ...]) -> tuple[str, ...]:
    state = board.calibration
    named = [state.head, state.escalated_to, state.above_head, *(member.supervisor for member in board.members)]
    named += [event["actor"] for event in events]
    if state.decision:
        named += [state.decision.by, *(rated.member.employee for rated in state.decision.ratings)]
    return tuple(sorted({person for person in named if person}))


def _row(member: BoardMember, fields: Fields) -> Row:
    results, behaviour = (fields.get(f"{letter}_{member.employee}", "") for letter in "rb")
    known = tuple(Rating)
    return Row(
        member,
        Rating(results) if results in known else member.results,
        Rating(behaviour) if behaviour in known else member.behaviour,
        fields.get(f"w_{member.employee}", "").strip(),
    )
