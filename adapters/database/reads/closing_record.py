"""What the closing report tells beside the list of cases, all of it read from the record."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.reads import acts, case_rows, directory
from adapters.database.reads.figures import PASSAGE, Pace, pace
from adapters.database.reads.objections import Changed, changed, counts
from adapters.database.tables import desk, organisation, process
from appraisal.vocabulary import Outcome

APPRAISAL, EVENT, PROPOSAL = table_of(process.Appraisal), table_of(process.Event), table_of(process.Proposal)
CALIBRATION, NOMINATION = table_of(process.Calibration), table_of(process.Nomination)
TRAINING = table_of(organisation.Training)
ACCOUNT = table_of(desk.Account)


@dataclass(frozen=True, slots=True)
class Change:
    """Other dates that a cycle was given: by whom, when, why, and how its closing moved ('' where it did not)."""

    who: str
    at: datetime
    why: str
    policy: tuple[str, str]
    closes: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Granted:
    """A training of the catalogue with its hours (JP), and how many got it."""

    name: str
    hours: int
    people: int


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """The head of the cycle's own chain of hashes, and one hash over the heads of all chains of the cycle."""

    revision: int
    head: str
    whole: str
    chains: int


@dataclass(frozen=True, slots=True)
class Record:
    """Of one cycle. `predicates`: by unit, by predicate; `escalations`: by rung of the ladder.

    `objections` are counted by what became of them; `objected` are the ratings that they changed.
    """

    changes: tuple[Change, ...]
    predicates: dict[str, dict[str, int]]
    pace: tuple[Pace, ...]
    escalations: dict[str, int]
    trainings: tuple[Granted, ...]
    objections: Mapping[str, int]
    objected: tuple[Changed, ...]
    fingerprint: Fingerprint


async def record(session: Session, cycle: str) -> Record:
    """Everything at one time."""
    return Record(
        await _changes(session, cycle),
        await predicates(session, cycle),
        await pace(session, PASSAGE.c.step, cycle),
        (await acts.acts(session, cycle)).escalated_by_level,
        await trainings(session, cycle),
        await counts(session, cycle),
        await changed(session, cycle),
        await fingerprint(session, cycle),
    )


async def _changes(session: Session, cycle: str) -> tuple[Change, ...]:
    events = [event for event in await case_rows.events(session, f"cycle/{cycle}") if event["kind"] == "rescheduled"]
    who = tuple({event["actor"] for event in events})
    logins = await session.execute(select(ACCOUNT.c.id, ACCOUNT.c.login).where(ACCOUNT.c.id.in_(who)))
    names = {row.id: row.login or "" for row in logins} | await directory.person_names(session, who)
    return tuple(_change(event, names) for event in events)


def _change(event: dict[str, Any], names: dict[str, str]) -> Change:
    said = {name: (before, after) for name, before, after in event["changes"]}
    name = names.get(event["actor"], event["actor"])
    nothing = ("", "")
    return Change(name, event["at"], event["reason"], said.get("policy", nothing), said.get("closes", nothing))


async def predicates(session: Session, cycle: str) -> dict[str, dict[str, int]]:
    """How many are rated how, as of now: by unit, by predicate."""
    t = APPRAISAL.c
    rated = (t.predicate.is_not(None), or_(t.outcome.is_(None), t.outcome == Outcome.RATED))
    query = select(t.unit_id, t.predicate, func.count()).where(t.cycle_id == cycle, *rated)
    found: dict[str, dict[str, int]] = {}
    for unit, predicate, people in await session.execute(query.group_by(t.unit_id, t.predicate)):
        found.setdefault(unit, {})[predicate] = people
    return found


async def trainings(session: Session, cycle: str) -> tuple[Granted, ...]:
    """What HR has approved, by name of the course."""
    query = select(TRAINING.c.name, TRAINING.c.hours, func.count())
    query = query.join_from(PROPOSAL, TRAINING, TRAINING.c.id == PROPOSAL.c.training_id)
    query = query.where(PROPOSAL.c.cycle_id == cycle, PROPOSAL.c.decision == "approved")
    query = query.group_by(TRAINING.c.id, TRAINING.c.name, TRAINING.c.hours).order_by(TRAINING.c.name, TRAINING.c.id)
    return tuple(Granted(*row) for row in await session.execute(query))


async def fingerprint(session: Session, cycle: str) -> Fingerprint:
    """SHA-256 over each process of the cycle with the hash of its last event, by id: whoever has both can compare."""
    own = select(EVENT.c.revision, EVENT.c.hash).where(EVENT.c.subject == f"cycle/{cycle}")
    head = (await session.execute(own.order_by(EVENT.c.revision.desc()).limit(1))).one()
    heads = [(f"cycle/{cycle}", head.hash)]
    for table in (APPRAISAL, CALIBRATION, NOMINATION):
        last = and_(EVENT.c.subject == table.c.id, EVENT.c.revision == table.c.revision)
        query = select(EVENT.c.subject, EVENT.c.hash).join_from(table, EVENT, last)
        heads += [(row.subject, row.hash) for row in await session.execute(query.where(table.c.cycle_id == cycle))]
    text = "".join(f"{subject} {link}\n" for subject, link in sorted(heads))
    return Fingerprint(head.revision, head.hash, hashlib.sha256(text.encode()).hexdigest(), len(heads))
