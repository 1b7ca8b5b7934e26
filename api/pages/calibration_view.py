"""A unit's calibration as its page shows it: who waits, what its heads have proposed, and what would come of it."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import Any

from adapters.database.reads import case_rows, directory, objections, undoing
from adapters.database.reads.group_boards import BoardMember, CalibrationBoard
from adapters.database.reads.objections import Objected
from adapters.database.reads.past_years import past_years
from api.pages.distribution_view import Line, lines, warnings
from api.pages.forms import Fields
from api.pages.render import Page
from api.routes import groups, sessions
from api.security import actor
from appraisal.access import Action, can
from appraisal.calibration.calibration import Adjustment, Decision
from appraisal.calibration.distribution import check, outside
from appraisal.calibration.undoing import Standing, demand_undoable
from appraisal.calibration.working_board import JUSTIFICATION, Proposal, WorkingBoard
from appraisal.errors import AppraisalError
from appraisal.group import GroupPhase
from appraisal.predicates import predicate
from appraisal.vocabulary import Predicate, Rating

ACROSS = (Rating.DI_BAWAH, Rating.SESUAI, Rating.DI_ATAS)
"""Behaviour from left to right; results go down in the other order, as in the matrix of the predicates."""


@dataclass(frozen=True, slots=True)
class Row:
    """A member with the ratings that are proposed now; those of the review where nothing is.

    `by_unit`: the rating of results of whoever leads a unit, which follows from the unit's result.
    """

    member: BoardMember
    results: Rating
    behaviour: Rating
    reason: str
    discussed: bool = False
    by_unit: Rating | None = None

    @property
    def predicate(self) -> Predicate:
        return predicate(self.results, self.behaviour)

    @property
    def changed(self) -> bool:
        return (self.results, self.behaviour) != (self.member.results, self.member.behaviour)

    @property
    def adjusted(self) -> bool:
        """Whether whoever decides changes it, and must say why; what follows from the unit's result needs no word."""
        return self.behaviour is not self.member.behaviour or (self.changed and self.by_unit is None)

    @property
    def adjustment(self) -> Adjustment:
        return Adjustment(self.member.employee, self.results, self.behaviour, self.reason)

    @property
    def wish(self) -> Proposal:
        """The row as it would stand on the board."""
        results = None if self.by_unit or self.results is self.member.results else self.results
        behaviour = None if self.behaviour is self.member.behaviour else self.behaviour
        return Proposal(self.member.employee, results, behaviour, self.reason, self.discussed)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the matrix with those who stand in it."""

    results: Rating
    behaviour: Rating
    predicate: Predicate
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class View:
    """The calibration with everything that its page says. `names` of everybody who is mentioned, by id.

    `votes_named` are the first votes by voter where the policy shows them, `asks` whom a vote could be asked for.
    """

    board: CalibrationBoard
    working: WorkingBoard
    votes: sessions.Votes
    standing: tuple[Standing, ...]
    past: dict[str, tuple[tuple[int, Predicate], ...]]
    unit: str
    cycle: dict[str, Any]
    names: dict[str, str]
    events: tuple[dict[str, Any], ...]
    attends: bool
    decides: bool
    sets_result: bool
    holds: bool
    undoes: bool
    objected: Objected

    @property
    def url(self) -> str:
        return f"/calibrations/{self.board.calibration.cycle}/{self.board.calibration.unit}"

    @property
    def decidable(self) -> bool:
        """Whether this visitor can calibrate those who are here now."""
        state = self.board.calibration
        running = state.phase is GroupPhase.OPEN and state.held is None
        ready = running and state.unit_result is not None and not state.moving and not state.undoing
        return self.decides and ready and bool(self.board.members)

    @property
    def decision(self) -> Decision | None:
        return self.board.calibration.decision

    @property
    def gone_on(self) -> tuple[Standing, ...]:
        """Whose rating something rests on by now, so that the decision stands."""
        return tuple(one for one in self.standing if one.gone_on)

    @property
    def asks(self) -> tuple[str, ...]:
        """Whom the visitor can ask for first votes now."""
        state = self.board.calibration
        free = self.decidable and state.rules.votes and not state.voters and not state.votes_opened
        return sessions.reviewers(self.board) if free else ()

    def name(self, person: str | None) -> str:
        """A person's name; empty for HR and for the clock."""
        return self.names.get(person or "", "")

    def rows(self, fields: Fields) -> tuple[Row, ...]:
        """Everybody present, with what is proposed, or has been chosen in the form since."""
        return tuple(self._row(member, fields) for member in self.board.members)

    def _row(self, member: BoardMember, fields: Fields) -> Row:
        who, proposed = member.employee, self.working.of(member.employee)
        by_unit = self.board.calibration.rules.of_head(member.unit_result)
        results = _rating(fields.get(f"r_{who}")) or proposed.results or member.results
        behaviour = _rating(fields.get(f"b_{who}")) or proposed.behaviour or member.behaviour
        sent = f"b_{who}" in fields
        discussed = f"d_{who}" in fields if sent else proposed.discussed
        reason = fields.get(f"w_{who}", proposed.reason).replace("\r\n", "\n").strip()
        return Row(member, by_unit or results, behaviour, reason, discussed, by_unit)

    def justification(self, fields: Fields) -> str:
        return fields.get("justification", self.working.of(JUSTIFICATION).reason).replace("\r\n", "\n").strip()

    def shown(self, employee: str) -> str:
        """What the board says there, as a word that the form sends back: whoever did not touch it, wishes nothing."""
        return mark(self.working.of(employee))

    def cells(self, rows: tuple[Row, ...]) -> tuple[Cell, ...]:
        """The nine cells, from the best results down, from the poorest behaviour to the best."""
        return tuple(
            Cell(one, other, predicate(one, other), tuple(r for r in rows if (r.results, r.behaviour) == (one, other)))
            for one in reversed(ACROSS)
            for other in ACROSS
        )

    def drawn(self, page: Page, rows: tuple[Row, ...]) -> dict[str, Any]:
        """The distribution that these rows would give, against the guideline."""
        counted = Counter(row.predicate for row in rows)
        counts = {one: counted[one] for one in Predicate}
        state = self.board.calibration
        deviations = check(state.unit_result, counts, state.rules.distribution)
        drawing: tuple[Line, ...] = lines(page.words, counts, self.board.counts, self.board.ranges, deviations)
        return {
            "distribution": drawing,
            "guided": self.board.ranges is not None,
            "warnings": warnings(page.words, deviations),
            "to_justify": bool(outside(deviations)) and state.rules.justified,
            "changed": sum(row.changed for row in rows),
            "discussed": sum(row.discussed for row in rows),
        }


def mark(proposal: Proposal) -> str:
    """A short word for what a proposal says."""
    return hashlib.sha256(repr(tuple(str(part) for part in proposal.said)).encode()).hexdigest()[:16]


async def load(page: Page, cycle: str, unit: str) -> View:
    """The calibration for whoever may see it; NOT_FOUND for everybody else."""
    board = await groups.board(page.jenjang, page.person, cycle, unit)
    state, today = board.calibration, page.jenjang.today()
    working = (await page.jenjang.boards.read(state.id)).without(page.person.id)
    votes = await sessions.votes_of(page.jenjang, board, page.person)
    async with page.jenjang.reading() as session:
        events = await case_rows.events(session, state.id)
        standing = await undoing.standing(session, state)
        past = await past_years(session, cycle, [member.employee for member in board.members])
        names = await directory.person_names(session, _people(board, working, votes, events))
        units = await directory.unit_names(session, today)
        found = await directory.cycle(session, cycle) or {"name": cycle, "id": cycle}
        objected = await objections.objected(session, cycle, unit)
    who = actor(page.person)
    asked = (Action.ATTEND_CALIBRATION, Action.DECIDE_CALIBRATION, Action.SET_UNIT_RESULT, Action.HOLD_GROUP)
    attends, *does = (can(who, action, state.parties).allowed for action in asked)
    decides, sets, holds = (each and not board.among for each in does)
    known = (board, working, votes, standing, past, units.get(unit, unit), found, names, events)
    return View(*known, attends, decides, sets, holds, _undoes(page, board), objected)


def _undoes(page: Page, board: CalibrationBoard) -> bool:
    """Whether this visitor can take the last decision back now, as far as its members allow it."""
    who = actor(page.person)
    if not can(who, Action.UNDO_CALIBRATION, board.calibration.parties).allowed:
        return False
    try:
        demand_undoable(board.calibration, who, page.now)
    except AppraisalError:
        return False
    return not board.calibration.moving


def _people(
    board: CalibrationBoard, working: WorkingBoard, votes: sessions.Votes, events: tuple[dict[str, Any], ...]
) -> tuple[str, ...]:
    state = board.calibration
    named = [state.head, state.escalated_to, state.above_head, *(member.supervisor for member in board.members)]
    named += [event["actor"] for event in events]
    named += [one.by for one in working.proposals]
    named += [one.voter for one in votes.named]
    if state.undone:
        named += [state.undone.by, state.undone.decided_by, *state.undone.stayed]
    if state.decision:
        named += [state.decision.by, *(rated.member.employee for rated in state.decision.ratings)]
    return tuple(sorted({person for person in named if person}))


def _rating(value: str | None) -> Rating | None:
    return Rating(value) if value in tuple(Rating) else None
