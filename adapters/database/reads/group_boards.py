"""What the head of a unit and HR see before they decide for many cases at once."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, or_, select, tuple_

from adapters.database.columns import table_of
from adapters.database.documents import CALIBRATION, CASE
from adapters.database.engine import Session
from adapters.database.reads.calibrations import led_results
from adapters.database.reads.case_rows import nomination
from adapters.database.reads.heads_words import HAS_HEAD, SPOKEN, WORD, WORD_OF_PROPOSAL, Wanted, leads, said, wanted
from adapters.database.reads.presence import presence
from adapters.database.reads.seats import CASE_OF_PROPOSAL, courses_for, seats_taken
from adapters.database.tables import organisation, process
from appraisal.calibration.calibration import Calibration
from appraisal.calibration.distribution import Deviation, Range, check, guided
from appraisal.group import Presence
from appraisal.training.course import Course
from appraisal.training.heads_word import Said
from appraisal.training.nomination import Nomination
from appraisal.vocabulary import Predicate, Rating, Step, UnitResult

APPRAISAL, PROPOSAL = table_of(process.Appraisal), table_of(process.Proposal)
CALIBRATIONS = table_of(process.Calibration)
PERSON, TRAINING = table_of(organisation.Person), table_of(organisation.Training)


@dataclass(frozen=True, slots=True)
class BoardMember:
    """A case that waits to be calibrated, with what its reviewer wrote. `unit_result` as in Member."""

    employee: str
    name: str
    supervisor: str | None
    results: Rating
    results_reason: str
    behaviour: Rating
    behaviour_reason: str
    predicate: Predicate
    since: datetime
    unit_result: UnitResult | None = None


@dataclass(frozen=True, slots=True)
class CalibrationBoard:
    """A unit's calibration. `ranges` is the guideline for the people present, None where there is nothing to compare with.

    `among`: whoever reads it is one of the unit's cases, at whatever step. The own row is left out, and no number here counts it.
    """

    calibration: Calibration
    members: tuple[BoardMember, ...]
    to_come: int
    counts: dict[Predicate, int]
    ranges: tuple[Range, ...] | None
    deviations: tuple[Deviation, ...]
    among: bool = False


@dataclass(frozen=True, slots=True)
class BoardProposal:
    """One proposal with what was decided; `training` is an id, `reason` a plain sentence in Indonesian.

    `asked`: there is a head to speak of it, where the policy asks heads; `word` is what he said.
    """

    employee: str
    name: str
    unit: str | None
    predicate: str | None
    training: str | None
    code: str
    parameters: dict[str, str]
    reason: str
    rank: int
    decision: str | None
    decision_reason: str
    asked: bool = False
    word: Said | None = None

    @property
    def key(self) -> tuple[int, str]:
        """Where the list goes on after this one."""
        return self.rank, self.employee


@dataclass(frozen=True, slots=True)
class BoardCourse:
    """A course with its seats: given away, and proposed but undecided."""

    course: Course
    taken: int
    proposed: int


@dataclass(frozen=True, slots=True)
class NominationBoard:
    """One page of a cycle's proposals. `wanted` are the heads who have still to speak."""

    nomination: Nomination
    presence: Presence
    proposals: tuple[BoardProposal, ...]
    courses: tuple[BoardCourse, ...]
    wanted: tuple[Wanted, ...] = ()


@dataclass(frozen=True, slots=True)
class HeadsBoard:
    """What a head sees: a page of the proposals for the own people, with the names of the trainings by id."""

    nomination: Nomination
    proposals: tuple[BoardProposal, ...]
    trainings: dict[str, str]


async def calibration_board(session: Session, cycle: str, unit: str, reader: str = "") -> CalibrationBoard | None:
    """The calibration of this unit with everybody present but the reader, by name; None where there is none.

    Rule: nobody_judges_himself.
    """
    of_unit = (CALIBRATIONS.c.cycle_id == cycle, CALIBRATIONS.c.unit_id == unit)
    document = (await session.execute(select(CALIBRATIONS.c.document).where(*of_unit))).scalar_one_or_none()
    if document is None:
        return None
    calibration = CALIBRATION.validate_python(document)
    present = and_(APPRAISAL.c.step == Step.CALIBRATION, APPRAISAL.c.held.is_(False))
    query = select(APPRAISAL.c.employee_id, APPRAISAL.c.document, PERSON.c.name)
    query = query.join_from(APPRAISAL, PERSON, PERSON.c.id == APPRAISAL.c.employee_id, isouter=True)
    query = query.where(
        APPRAISAL.c.cycle_id == cycle,
        APPRAISAL.c.unit_id == unit,
        or_(present, APPRAISAL.c.employee_id == reader),
    )
    rows = (await session.execute(query.order_by(PERSON.c.name, APPRAISAL.c.employee_id))).all()
    led = await led_results(session, cycle, unit, [row.employee_id for row in rows])
    members = tuple(_member(row, led.get(row.employee_id)) for row in rows if row.employee_id != reader)
    counts = Counter(member.predicate for member in members)
    shown = {predicate: counts[predicate] for predicate in Predicate}
    result, spread = calibration.unit_result, calibration.rules.distribution
    return CalibrationBoard(
        calibration,
        members,
        (await presence(session, Step.CALIBRATION, cycle, unit)).to_come,
        shown,
        guided(result, len(members), spread),
        check(result, shown, spread),
        len(members) < len(rows),
    )


async def nomination_board(
    session: Session,
    cycle: str,
    after: tuple[int, str] | None = None,
    size: int = 100,
    undecided: bool = False,
) -> NominationBoard | None:
    """The proposals by rank, `size` of them after this key (rank, employee); None where there is no nomination."""
    stored = await nomination(session, cycle)
    if stored is None:
        return None
    rows = (await session.execute(proposals(cycle, after, size, undecided))).all()
    return NominationBoard(
        stored,
        await presence(session, Step.NOMINATION, cycle),
        tuple(_proposal(row) for row in rows),
        await _courses(session, cycle),
        await wanted(session, cycle),
    )


async def heads_board(
    session: Session, cycle: str, head: str, after: tuple[int, str] | None = None, size: int = 100
) -> HeadsBoard | None:
    """The proposals for whomever this head leads, by rank; None where heads are not asked, or this is none."""
    stored = await nomination(session, cycle)
    mine = select(APPRAISAL.c.id).where(APPRAISAL.c.cycle_id == cycle, leads(head)).limit(1)
    if stored is None or stored.schedule.heads is None or (await session.execute(mine)).first() is None:
        return None
    rows = (await session.execute(proposals(cycle, after, size, False).where(leads(head)))).all()
    ids = {row.training_id for row in rows if row.training_id}
    named = await session.execute(select(TRAINING.c.id, TRAINING.c.name).where(TRAINING.c.id.in_(ids)))
    return HeadsBoard(stored, tuple(map(_proposal, rows)), {row.id: row.name for row in named})


def proposals(cycle: str, after: tuple[int, str] | None, size: int, undecided: bool) -> Select[Any]:
    """The query behind one page of proposals; it follows the index `ix_proposal_rank`."""
    query = select(
        PROPOSAL, PERSON.c.name, APPRAISAL.c.unit_id, APPRAISAL.c.predicate, HAS_HEAD.label("asked"), *SPOKEN
    )
    query = query.join_from(PROPOSAL, PERSON, PERSON.c.id == PROPOSAL.c.employee_id, isouter=True)
    query = query.join(WORD, WORD_OF_PROPOSAL, isouter=True)
    query = query.join(APPRAISAL, CASE_OF_PROPOSAL, isouter=True).where(PROPOSAL.c.cycle_id == cycle)
    key = tuple_(PROPOSAL.c.rank, PROPOSAL.c.employee_id)
    query = query.where(key > tuple_(*after)) if after else query
    query = query.where(PROPOSAL.c.decision.is_(None)) if undecided else query
    return query.order_by(PROPOSAL.c.rank, PROPOSAL.c.employee_id).limit(size)


async def _courses(session: Session, cycle: str) -> tuple[BoardCourse, ...]:
    courses, taken = await courses_for(session, cycle, None), await seats_taken(session)
    undecided = (PROPOSAL.c.cycle_id == cycle, PROPOSAL.c.decision.is_(None), PROPOSAL.c.training_id.is_not(None))
    proposed = Counter((await session.execute(select(PROPOSAL.c.training_id).where(*undecided))).scalars())
    return tuple(BoardCourse(course, taken.get(course.id, 0), proposed[course.id]) for course in courses)


def _member(row: Any, led: UnitResult | None) -> BoardMember:
    case = CASE.validate_python(row.document)
    assert case.review is not None, "a case comes to calibration by its review"
    assert case.predicate is not None, "a reviewed case has a predicate"
    return BoardMember(
        row.employee_id,
        row.name or row.employee_id,
        case.reviewed_by,
        case.review.results,
        case.review.results_reason,
        case.review.behaviour,
        case.review.behaviour_reason,
        case.predicate,
        case.since,
        led,
    )


def _proposal(row: Any) -> BoardProposal:
    return BoardProposal(
        row.employee_id,
        row.name or row.employee_id,
        row.unit_id,
        row.predicate,
        row.training_id,
        row.code,
        dict(row.parameters),
        row.reason,
        row.rank,
        row.decision,
        row.decision_reason,
        bool(row.asked),
        said(row),
    )
