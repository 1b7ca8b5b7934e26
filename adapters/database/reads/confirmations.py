"""Who has confirmed what has consequences for people: predicates, careers and nominations against the names on record."""

from collections.abc import AsyncIterator
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, literal, or_, select, union

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.reads.entries import AT_ONCE, EVENT
from adapters.database.tables import career, desk, organisation, periods, process
from appraisal.confirmation import Effect, Unconfirmed

ACCOUNT, PERSON = table_of(desk.Account), table_of(organisation.Person)
CAREER, PROPOSAL = table_of(career.CareerDecision), table_of(process.Proposal)
RATED = {Effect.PREDICATE: table_of(process.Appraisal), Effect.PERIOD: table_of(periods.Evaluation)}
HUMANS = union(select(PERSON.c.id), select(ACCOUNT.c.id))


class Confirmations:
    """One look at all of it; what was seen is counted on the way."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.seen = dict.fromkeys(Effect, 0)

    async def missing(self) -> AsyncIterator[Unconfirmed]:
        """What stands on record and no named human has confirmed."""
        for effect in RATED:
            for subject in await self._unrated(effect):
                yield Unconfirmed(effect, subject)
        for effect, query, confirmed in ((Effect.CAREER, *_careers()), (Effect.NOMINATION, *_nominations())):
            async for subject, holds in await self._session.stream(query.add_columns(confirmed)):
                self.seen[effect] += 1
                if not holds:
                    yield Unconfirmed(effect, subject)

    async def _unrated(self, effect: Effect) -> list[str]:
        """Processes whose predicate, as it stands, is in no event of a human."""
        t = RATED[effect]
        wanted = dict(
            (await self._session.execute(select(t.c.id, t.c.predicate).where(t.c.predicate.is_not(None)))).all()
        )
        self.seen[effect] = len(wanted)
        query = select(EVENT.c.subject, EVENT.c.changes).join(t, t.c.id == EVENT.c.subject)
        query = query.where(t.c.predicate.is_not(None), EVENT.c.actor.in_(HUMANS))
        async for subject, changes in await self._session.stream(query.execution_options(yield_per=AT_ONCE)):
            if any(name == "predicate" and after == wanted.get(subject) for name, _, after in changes):
                del wanted[subject]
        return sorted(wanted)


def _careers() -> tuple[Select[Any], ColumnElement[bool]]:
    """Each decision, and whether whoever recorded it and, of a committee, whoever decided are people."""
    member = or_(CAREER.c.member_id.is_(None), CAREER.c.member_id.in_(HUMANS))
    return select(CAREER.c.id), and_(CAREER.c.decided_by.in_(HUMANS), member)


def _nominations() -> tuple[Select[Any], ColumnElement[bool]]:
    """Each decided proposal. The end of the window decides on nobody: it leaves without a training."""
    subject = literal("nomination/").concat(PROPOSAL.c.cycle_id).concat("/").concat(PROPOSAL.c.employee_id)
    left = and_(PROPOSAL.c.decision == "lapsed", PROPOSAL.c.training_id.is_(None))
    return select(subject).where(PROPOSAL.c.decision.is_not(None)), or_(PROPOSAL.c.decided_by.in_(HUMANS), left)
