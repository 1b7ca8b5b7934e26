"""What the record holds of a case or of a unit's calibration, gathered for the documents that are issued of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.periods import in_force
from adapters.database.reads import case_rows, directory
from adapters.database.reads.facts import superiors
from adapters.database.reads.measured import calibration_of
from adapters.database.reads.serving import ASSIGNMENT, IN_OFFICE, PERSON, POSITION, serving
from adapters.database.tables import desk, organisation, process
from appraisal.calibration.distribution import DEFAULT
from appraisal.case import Case
from appraisal.papers.contents import Known, Setting, supervisor_of
from appraisal.papers.distribution import Decided, Distribution, Settled, distribution
from appraisal.papers.papers import Act, PaperKind, last
from appraisal.papers.people import Official
from appraisal.privacy.disclosure import STILL_CHANGING, rounds_that_hold
from appraisal.vocabulary import Employment, Outcome, Rating, UnitResult

APPRAISAL, CALIBRATION = table_of(process.Appraisal), table_of(process.Calibration)
ACCOUNT, UNIT_PERIOD = table_of(desk.Account), table_of(organisation.UnitPeriod)
SIGNED_BY = {PaperKind.SKP: "approve_targets", PaperKind.EVALUATION: "submit_review", PaperKind.RESULT: "submit_review"}
"""The act that makes each document, and whose day tells who held which position."""


@dataclass(frozen=True, slots=True)
class CaseOnRecord:
    """A case with what was done to it and who did it."""

    case: Case
    acts: tuple[Act, ...]
    known: Known


def acts_of(events: tuple[dict[str, Any], ...]) -> tuple[Act, ...]:
    """The record of a process as acts, in order."""
    names = ("kind", "actor", "on_behalf_of", "at", "reason")
    return tuple(Act(*(event[name] for name in names)) for event in events)


async def of_case(session: Session, case_id: str, kind: PaperKind, zone: ZoneInfo, now: datetime) -> CaseOnRecord:
    """All that a document of this kind can tell of the case."""
    case = await case_rows.case(session, case_id)
    assert case is not None, "whoever asks has seen that it exists"
    acts = acts_of(await case_rows.events(session, case_id))
    act = last(acts, SIGNED_BY[kind])
    on = (act.at if act else now).astimezone(zone).date()
    everybody = {
        case.parties.employee,
        *case.parties.line,
        *(one for a in acts for one in (a.actor, a.on_behalf_of) if one),
    }
    people = await officials(session, everybody, on)
    supervisor = supervisor_of(case.parties.supervisor, act, people)
    line = await superiors(session, supervisor, on) if supervisor else ()
    people |= await officials(session, set(line[:1]), on)
    return CaseOnRecord(
        case,
        acts,
        Known(
            await setting(session, case.cycle, on),
            people,
            await logins(session, everybody),
            line[0] if line else None,
            await _unit_result(session, case.cycle, case.parties.unit),
            await _training(session, case),
        ),
    )


async def of_unit(session: Session, cycle: str, unit: str, zone: ZoneInfo) -> Distribution:
    """The distribution of the unit as it stands; NotIssuedYet before anybody was calibrated."""
    calibration = await calibration_of(session, cycle, unit)
    events = rounds_that_hold(await case_rows.events(session, calibration.id)) if calibration else ()
    acts = acts_of(events)
    on = acts[-1].at.astimezone(zone).date() if acts else date.max
    rows = (await session.execute(_settled(cycle, unit))).all()
    signers = {one for act in acts for one in (act.actor, act.on_behalf_of) if one}
    people = await officials(session, {row.employee_id for row in rows} | signers, on)
    members = [sum(1 for name, *_ in event["changes"] if "/" not in name) for event in events]
    settled = tuple(
        Settled(
            people[row.employee_id],
            Rating(row.results_rating),
            Rating(row.behaviour_rating),
            row.calibrated,
            row.objected,
        )
        for row in rows
    )
    return distribution(
        await setting(session, cycle, on),
        (await directory.unit_names(session, on)).get(unit, ""),
        calibration.unit_result if calibration else None,
        settled,
        tuple(Decided(act, count) for act, count in zip(acts, members, strict=True)),
        people,
        await logins(session, signers),
        calibration.rules.distribution if calibration else DEFAULT,
    )


async def officials(session: Session, people: Collection[str], on: date) -> dict[str, Official]:
    """These people as they stood that day; whoever held no position then has neither title nor unit."""
    known = select(PERSON).where(PERSON.c.id.in_(people))
    found = {row.id: row for row in await session.execute(known)}
    query = select(ASSIGNMENT.c.person_id, POSITION.c.title, UNIT_PERIOD.c.name).select_from(
        IN_OFFICE.outerjoin(UNIT_PERIOD, (UNIT_PERIOD.c.unit_id == POSITION.c.unit_id) & in_force(UNIT_PERIOD, on))
    )
    held = {row.person_id: row for row in await session.execute(query.where(serving(on), PERSON.c.id.in_(found)))}
    return {who: _official(row, held.get(who)) for who, row in sorted(found.items())}


def _official(person: Any, held: Any) -> Official:
    """A state official has no NIP: what stands in its place is Jenjang's own."""
    number = "" if person.employment == Employment.PEJABAT_NEGARA else person.nip
    title, unit = (held.title, held.name or "") if held else ("", "")
    return Official(person.name, number, person.grade or "", title, unit)


def _settled(cycle: str, unit: str) -> Any:
    t = APPRAISAL.c
    objected = t.predicate_objected.is_not(None).label("objected")
    query = select(t.employee_id, t.results_rating, t.behaviour_rating, t.calibrated, objected)
    query = query.join_from(APPRAISAL, PERSON, PERSON.c.id == t.employee_id)
    query = query.where(
        t.cycle_id == cycle,
        t.unit_id == unit,
        t.step.not_in(STILL_CHANGING),
        t.predicate.is_not(None),
        or_(t.outcome.is_(None), t.outcome == Outcome.RATED),
    )
    return query.order_by(PERSON.c.name, t.employee_id)


async def setting(session: Session, cycle: str, on: date) -> Setting:
    found = await directory.cycle(session, cycle)
    assert found is not None, "cases and calibrations belong to a cycle"
    return Setting(await agency_name(session, on), found["year"], found["name"])


async def agency_name(session: Session, on: date) -> str:
    """What the unit at the top was called that day."""
    root = select(UNIT_PERIOD.c.name).where(UNIT_PERIOD.c.parent_id.is_(None), in_force(UNIT_PERIOD, on))
    return await session.scalar(root.order_by(UNIT_PERIOD.c.name).limit(1)) or ""


async def logins(session: Session, who: Collection[str]) -> dict[str, str]:
    rows = await session.execute(select(ACCOUNT.c.id, ACCOUNT.c.login).where(ACCOUNT.c.id.in_(who)))
    return {row.id: row.login or "" for row in rows}


async def _unit_result(session: Session, cycle: str, unit: str) -> UnitResult | None:
    of_unit = (CALIBRATION.c.cycle_id == cycle, CALIBRATION.c.unit_id == unit)
    found = await session.scalar(select(CALIBRATION.c.unit_result).where(*of_unit))
    return UnitResult(found) if found else None


async def _training(session: Session, case: Case) -> str | None:
    if case.nominated is None or case.nominated.training is None:
        return None
    training = table_of(organisation.Training)
    return await session.scalar(select(training.c.name).where(training.c.id == case.nominated.training))
