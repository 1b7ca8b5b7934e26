"""The own career: credit and what comes next, decisions with their reasons, and the box as far as the agency shows it."""

from dataclasses import dataclass, replace

from adapters.database.desk.accounts import Visitor
from adapters.database.reads import career as record
from adapters.database.reads.career import DecisionRow
from api.career import oversees
from api.errors import NOT_FOUND
from api.services import Services
from appraisal.career.career import Kind, Proposal, proposals
from appraisal.career.credit import Progress
from appraisal.career.own import as_told
from appraisal.career.policy import CareerPolicy
from appraisal.career.talent import ADVICE, Advice
from appraisal.vocabulary import Level


@dataclass(frozen=True, slots=True)
class Own:
    """What somebody reads of the own career. `waiting`: what nobody has decided on; `level_missing`: no jenjang on record."""

    person: str
    name: str
    title: str
    level: Level | None
    level_missing: bool
    progress: Progress | None
    waiting: tuple[Proposal, ...]
    decisions: tuple[DecisionRow, ...]
    box: tuple[int, int] | None
    advice: tuple[Advice, ...]


async def own(jenjang: Services, person: str, officer: Visitor | None = None) -> Own:
    """What this person reads of the own career; an officer reads all of it.

    NOT_FOUND of whoever holds no position, and of those for whom this officer is not HR.
    """
    async with jenjang.reading() as session:
        found = await record.officials(session, jenjang.today(), (person,))
        policy = (await record.current(session)).policy
        decisions = await record.history(session, person)
    if not found or (officer and not oversees(officer, person, found[0].unit)):
        raise NOT_FOUND
    seen = replace(policy, own_box=True) if officer else policy
    career = found[0].career
    kinds = [kind for kind in Kind if seen.own_box or kind is not Kind.SUCCESSION]
    offered = (one for one in proposals(career, policy, jenjang.today()) if career.waits(one) and one.kind in kinds)
    shown = career.box if seen.own_box else None
    return Own(
        person,
        found[0].name,
        found[0].title,
        career.level,
        career.functional and career.level is None,
        career.progress(),
        tuple(_proposal_told(one, seen) for one in offered),
        tuple(_decision_told(one, seen) for one in decisions),
        shown,
        ADVICE[shown[1]] if shown else (),
    )


async def demand_read(jenjang: Services, visitor: Visitor, person: str) -> None:
    """NOT_FOUND unless it is the own career, or that of somebody for whom the visitor is HR."""
    if visitor.person == person:
        return
    async with jenjang.reading() as session:
        found = await record.officials(session, jenjang.today(), (person,))
    if not found or not oversees(visitor, person, found[0].unit):
        raise NOT_FOUND


def _proposal_told(one: Proposal, policy: CareerPolicy) -> Proposal:
    value, grounds = as_told(one.kind, one.value, one.grounds, policy)
    return replace(one, value=value, grounds=grounds)


def _decision_told(one: DecisionRow, policy: CareerPolicy) -> DecisionRow:
    value, grounds = as_told(one.kind, one.value, one.grounds, policy)
    hidden = value != one.value
    about = "" if hidden and one.kind is Kind.SUCCESSION else one.about
    return replace(one, value=value, grounds=grounds, about=about, proposed="" if hidden else one.proposed)
