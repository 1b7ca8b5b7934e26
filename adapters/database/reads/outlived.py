"""What is held for a time and is a row: which rows may go, how many have become too old, and how many went."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Table, exists, func, select

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.holdings.everything import HOLDINGS
from adapters.database.tables import delivery, desk, periods, process, record, retention, signing_in, watch
from appraisal.periods.evaluation import Stage
from appraisal.privacy.retention import Kept, Removed
from appraisal.roster.importing import ENDS
from appraisal.roster.roster import ImportKind
from appraisal.vocabulary import Step

REMOVAL = table_of(retention.Removal)
APPRAISAL, NOTICE = table_of(process.Appraisal), table_of(process.Notice)
IMPORT, DELIVERY = table_of(process.RosterImport), table_of(delivery.Delivery)
CREDENTIAL, DRAFT = table_of(desk.Credential), table_of(desk.Draft)
EVALUATION, TROUBLE = table_of(periods.Evaluation), table_of(watch.Trouble)
SECURITY, READING = table_of(signing_in.SecurityEvent), table_of(record.Reading)

AGES = {table_of(holding.model): holding.age for holding in HOLDINGS if holding.age}


@dataclass(frozen=True, slots=True)
class Outlived:
    """The rows of one kind that may go once their age is over what they are kept for: those for which `over` holds."""

    table: Table
    over: tuple[ColumnElement[bool], ...] = ()

    @property
    def age(self) -> ColumnElement[datetime]:
        """From when their time counts: the map of personal data says it beside each table."""
        return self.table.c[AGES[self.table]]


_OF_AN_OPEN_CASE = exists().where(APPRAISAL.c.id == NOTICE.c.subject, APPRAISAL.c.step != Step.CLOSED)
_STILL_GOING_OUT = exists().where(
    DELIVERY.c.try_at.is_not(None), DELIVERY.c.created_at.in_((NOTICE.c.mail_settled_at, NOTICE.c.hooks_settled_at))
)
_CASES = select(APPRAISAL.c.id).where(APPRAISAL.c.step == Step.CLOSED)
_PERIODS = select(EVALUATION.c.id).where(EVALUATION.c.stage == Stage.CLOSED)

OUTLIVED: dict[Kept, Outlived] = {
    Kept.SIGN_INS: Outlived(CREDENTIAL),
    # The board tells how often people were told of an open case; a mail that still goes out is written from its notices.
    Kept.NOTICES: Outlived(
        NOTICE,
        (
            *(NOTICE.c.mail_settled_at.is_not(None), NOTICE.c.hooks_settled_at.is_not(None)),
            *(~_OF_AN_OPEN_CASE, ~_STILL_GOING_OUT),
        ),
    ),
    Kept.MESSAGES: Outlived(DELIVERY, (DELIVERY.c.try_at.is_(None),)),
    Kept.DRAFTS: Outlived(DRAFT, (DRAFT.c.subject.in_(_CASES.union_all(_PERIODS)),)),
    # The calendar names the file that each day off came with.
    Kept.IMPORTS: Outlived(IMPORT, (IMPORT.c.phase.in_(ENDS), IMPORT.c.kind != ImportKind.HOLIDAYS)),
    Kept.TROUBLES: Outlived(TROUBLE),
    Kept.SECURITY: Outlived(SECURITY),
    Kept.READINGS: Outlived(READING),
}
"""Everything that goes by itself and is a row."""


async def outliving(session: Session, kind: Kept, before: datetime) -> int:
    """How many rows of this kind are older than this and may go."""
    outlived = OUTLIVED[kind]
    query = select(func.count()).select_from(outlived.table).where(outlived.age < before, *outlived.over)
    return await session.scalar(query) or 0


async def removals(session: Session, limit: int) -> tuple[Removed, ...]:
    """What went, the newest day first."""
    r = REMOVAL.c
    query = select(r.day, r.kind, r.before, r.rows, r.at).order_by(r.day.desc(), r.kind).limit(limit)
    return tuple(Removed(row.day, Kept(row.kind), row.before, row.rows, row.at) for row in await session.execute(query))
