"""Careers as HR and the committee see them: what is proposed and why, and the talent map."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from adapters.database.desk.accounts import Visitor
from adapters.database.engine import Session
from adapters.database.reads import career as record
from adapters.database.reads.career import Official, RulesVersion
from adapters.database.reads.lines import unit_parents
from api.errors import NOT_YOURS
from api.security import actor
from api.services import Services
from appraisal.access import Action, can
from appraisal.career.career import BY_COMMITTEE, Decided, Kind, Proposal, proposals
from appraisal.career.policy import CareerPolicy
from appraisal.career.talent import ADVICE, BOXES, Advice
from appraisal.parties import Parties
from appraisal.people.organisation import Organisation


@dataclass(frozen=True, slots=True)
class Listed:
    """One proposal with whom it is about; `waits` until somebody has decided on it as it is now. `mark` says what was seen."""

    person: str
    name: str
    unit: str
    title: str
    proposal: Proposal
    mark: str
    decided: Decided | None
    waits: bool

    @property
    def value(self) -> str:
        """What holds: as decided, else as proposed."""
        return self.decided.value if self.decided and self.decided.holds else self.proposal.value

    @property
    def at(self) -> tuple[str, str, str]:
        """What the list is ordered by."""
        return self.name, self.person, self.proposal.about


class Which(StrEnum):
    """Whether somebody has decided on it as it is now."""

    WAITING = "waiting"
    DECIDED = "decided"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Filter:
    """Which proposals: of a kind, of the people of a unit and all below it, of a box, decided or not."""

    kind: Kind
    unit: str = ""
    box: int | None = None
    which: Which = Which.WAITING


@dataclass(frozen=True, slots=True)
class Board:
    """The rows that fit, and how many proposals of each kind wait for a decision."""

    rows: tuple[Listed, ...]
    waiting: Mapping[Kind, int]


@dataclass(frozen=True, slots=True)
class Cell:
    """One box of the map: how many people are in it, and for how many of them a person has said so."""

    box: int
    people: int
    confirmed: int
    advice: tuple[Advice, ...]


@dataclass(frozen=True, slots=True)
class TalentMap:
    """The rows of the map from the top. Outside it: whoever has no rated year yet, or no score."""

    rows: tuple[tuple[Cell, ...], ...]
    not_rated: int
    not_assessed: int
    cutoffs: bool


async def rules_for(session: Session, visitor: Visitor) -> RulesVersion:
    """The rules that hold, for HR of the agency and of units and for members of the committee; NOT_YOURS for everybody else."""
    found = await record.current(session)
    if not can(actor(visitor), Action.OVERSEE).allowed and visitor.person not in found.policy.committee:
        raise NOT_YOURS
    return found


def kinds_for(visitor: Visitor) -> tuple[Kind, ...]:
    """What this visitor has to do with, once `rules_for` lets him in."""
    return tuple(Kind) if can(actor(visitor), Action.OVERSEE).allowed else BY_COMMITTEE


def oversees(visitor: Visitor, person: str, unit: str) -> bool:
    """Whether the visitor is HR for this person, who works in this unit: of the agency, or of the unit. Never for himself."""
    return can(actor(visitor), Action.OVERSEE, Parties(person, unit)).allowed


def reaches(visitor: Visitor, policy: CareerPolicy, kind: Kind, who: Official) -> bool:
    """Whether the visitor has to do with what is proposed of this kind for this person: as HR, or as one of the committee."""
    member = kind in BY_COMMITTEE and visitor.person in policy.committee
    return member or oversees(visitor, who.career.person, who.unit)


async def board(jenjang: Services, visitor: Visitor, wanted: Filter) -> Board:
    """The proposals that fit, by name, and what waits of all that the visitor has to do with."""
    kinds = kinds_for(visitor)
    if wanted.kind not in kinds:
        raise NOT_YOURS
    async with jenjang.reading() as session:
        policy = (await rules_for(session, visitor)).policy
        people = await record.officials(session, jenjang.today())
        parents = await unit_parents(session, jenjang.today())
    listed = [(who, one) for who in people for one in _listed(who, policy, jenjang)]
    rows = [one for who, one in listed if reaches(visitor, policy, one.proposal.kind, who)]
    waits = Counter(one.proposal.kind for one in rows if one.waits and one.proposal.kind in kinds)
    inside = {who.career.person for who in _within(people, parents, wanted.unit)}
    fits = sorted((one for one in rows if one.person in inside and _fits(one, wanted)), key=lambda one: one.at)
    return Board(tuple(fits), waits)


async def talent_map(jenjang: Services, visitor: Visitor, unit: str) -> TalentMap:
    """The map of the people of this unit and all below it, or of everybody whom the visitor has to do with."""
    async with jenjang.reading() as session:
        policy = (await rules_for(session, visitor)).policy
        everybody = await record.officials(session, jenjang.today())
        inside = _within(everybody, await unit_parents(session, jenjang.today()), unit)
    people = tuple(who for who in inside if reaches(visitor, policy, Kind.BOX, who))
    placed = [one for who in people for one in _listed(who, policy, jenjang) if one.proposal.kind is Kind.BOX]
    every, sure = Counter(int(one.value) for one in placed), Counter(int(one.value) for one in placed if not one.waits)
    cells = [Cell(box, every[box], sure[box], ADVICE[box]) for box in BOXES.values()]
    return TalentMap(
        rows=tuple(tuple(cells[n : n + 3]) for n in (0, 3, 6)),
        not_rated=sum(who.career.newest is None for who in people),
        not_assessed=sum(who.career.newest is not None and who.career.score is None for who in people),
        cutoffs=policy.cutoffs is not None,
    )


def _within(people: Sequence[Official], parents: Mapping[str, str | None], unit: str) -> tuple[Official, ...]:
    """Those who work in this unit or below it; all of them without one."""
    known = Organisation(parents, {}, {})
    return tuple(who for who in people if not unit or unit in (who.unit, *known.above(who.unit)))


def _listed(who: Official, policy: CareerPolicy, jenjang: Services) -> tuple[Listed, ...]:
    career = who.career
    return tuple(
        Listed(
            career.person, who.name, who.unit, who.title, one, career.seen(one), career.decision(one), career.waits(one)
        )
        for one in proposals(career, policy, jenjang.today())
    )


def _fits(one: Listed, wanted: Filter) -> bool:
    kind, which = one.proposal.kind is wanted.kind, Which.WAITING if one.waits else Which.DECIDED
    return (
        kind
        and wanted.which in (Which.ALL, which)
        and wanted.box in (None, int(one.value) if one.proposal.kind is Kind.BOX else None)
    )
