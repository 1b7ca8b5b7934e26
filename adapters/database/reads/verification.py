"""Going through the whole record and finding what does not hold, in memory that does not grow with it."""

from collections.abc import AsyncIterator
from datetime import date

from sqlalchemy import and_, exists, or_, select

from adapters.database.engine import Session
from adapters.database.projections import PROJECTIONS
from adapters.database.reads.anchors import ANCHOR, HEAD, anchors, heads_of
from adapters.database.reads.entries import ENTRY, EVENT, chains
from appraisal.chain import GENESIS, Finding, Flaw, Head, Root, anchor_holds, flaw_of


class Verification:
    """One look at the record of one process, or at all of it; what was seen is counted on the way."""

    def __init__(self, session: Session, subject: str = "") -> None:
        self._session, self._subject = session, subject
        self.chains = self.entries = self.anchors = 0

    async def findings(self) -> AsyncIterator[Finding]:
        """The first flaw of each chain, then ends that are missing or were written anew, then flaws of the anchors."""
        async for chain in chains(self._session, self._subject):
            self.chains, self.entries = self.chains + 1, self.entries + len(chain)
            flaw = flaw_of(chain)
            if flaw:
                yield flaw
        async for finding in self._cut_off():
            yield finding
        async for finding in self._not_as_anchored():
            yield finding
        if not self._subject:
            async for finding in self._anchors():
                yield finding

    async def _cut_off(self) -> AsyncIterator[Finding]:
        """Processes whose row is at a revision that the record does not reach."""
        for made in PROJECTIONS:
            reached = exists().where(EVENT.c.subject == made.subject, EVENT.c.revision == made.revision)
            query = select(made.subject, made.revision).where(~reached)
            if self._subject:
                query = query.where(made.subject == self._subject)
            async for subject, revision in await self._session.stream(query):
                yield Finding(subject, Flaw.CUT_OFF, revision)

    async def _not_as_anchored(self) -> AsyncIterator[Finding]:
        """Entries that an anchor covers and that are gone since, or are others."""
        h, e = HEAD.c, ENTRY.c
        same = and_(e.subject == h.subject, e.attempt == h.attempt, e.revision == h.revision)
        query = select(h.subject, h.revision, e.hash).outerjoin_from(HEAD, ENTRY, same)
        query = query.where(or_(e.hash.is_(None), e.hash != h.hash)).order_by(h.subject, h.day)
        if self._subject:
            query = query.where(h.subject == self._subject)
        told = ""
        async for subject, revision, found in await self._session.stream(query):
            if subject != told:
                yield Finding(subject, Flaw.CUT_OFF if found is None else Flaw.REWRITTEN, revision)
            told = subject

    async def _anchors(self) -> AsyncIterator[Finding]:
        previous = GENESIS
        for anchor in await anchors(self._session):
            root = Root()
            async for head in heads_of(self._session, anchor.day):
                root.add(head)
            if not anchor_holds(anchor, root, previous):
                yield Finding(anchor.day.isoformat(), Flaw.ANCHOR_BROKEN)
            previous, self.anchors = anchor.hash, self.anchors + 1
        left = select(HEAD.c.day).distinct().where(~exists().where(ANCHOR.c.day == HEAD.c.day))
        for day in await self._session.scalars(left):
            yield Finding(day.isoformat(), Flaw.ANCHOR_GONE)


async def differs(session: Session, held: tuple[date, str] | Head) -> Finding | None:
    """Whether the record is not what somebody elsewhere has of it: the hash of a day's anchor, or the head of a chain."""
    if isinstance(held, Head):
        e = ENTRY.c
        place = (e.subject == held.subject, e.attempt == held.attempt, e.revision == held.revision)
        found = await session.scalar(select(e.hash).where(*place))
        flaw = Flaw.CUT_OFF if found is None else Flaw.REWRITTEN
        return None if found == held.hash else Finding(held.subject, flaw, held.revision)
    day, known = held
    found = await session.scalar(select(ANCHOR.c.hash).where(ANCHOR.c.day == day))
    flaw = Flaw.ANCHOR_GONE if found is None else Flaw.ANCHOR_DIFFERS
    return None if found == known else Finding(day.isoformat(), flaw)
