"""What a delivery says, read when it is sent: addresses and rights as they are then."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import case, func, select

from adapters.database.columns import table_of
from adapters.database.engine import Session
from adapters.database.hook_secrets import Keys, signing
from adapters.database.reads.offices import units_of
from adapters.database.tables import delivery, desk, organisation, process, superiors
from appraisal.access import Action, Actor, can
from appraisal.delivery import Kind
from appraisal.parties import Parties
from appraisal.people.superior_report import ReportPhase
from appraisal.sending import Letter, Line, Parcel, Told

ACCOUNT, PERSON = table_of(desk.Account), table_of(organisation.Person)
APPRAISAL, NOTICE, WEBHOOK = table_of(process.Appraisal), table_of(process.Notice), table_of(delivery.Webhook)
CALIBRATION, NOMINATION = table_of(process.Calibration), table_of(process.Nomination)
REPORT = table_of(superiors.SuperiorReport)
REPORT_DUE = case((REPORT.c.phase == ReportPhase.OPEN, REPORT.c.due_at))
"""Once it is decided nothing is due any more."""
MOST_LINES = 50
"""More notices than this are counted in a mail and read in the inbox."""

TOLD = (
    select(
        *(NOTICE.c.id, NOTICE.c.kind, NOTICE.c.subject),
        *(APPRAISAL.c.cycle_id, APPRAISAL.c.employee_id, APPRAISAL.c.unit_id, PERSON.c.name),
        *(APPRAISAL.c.supervisor_id, APPRAISAL.c.superior_id, APPRAISAL.c.head_id, APPRAISAL.c.escalated_to),
        func.coalesce(APPRAISAL.c.due_at, CALIBRATION.c.due_at, NOMINATION.c.due_at, REPORT_DUE).label("due"),
    )
    .outerjoin(APPRAISAL, APPRAISAL.c.id == NOTICE.c.subject)
    .outerjoin(PERSON, PERSON.c.id == APPRAISAL.c.employee_id)
    .outerjoin(CALIBRATION, CALIBRATION.c.id == NOTICE.c.subject)
    .outerjoin(NOMINATION, NOMINATION.c.id == NOTICE.c.subject)
    .outerjoin(REPORT, REPORT.c.subject == NOTICE.c.subject)
)


async def letter(session: Session, row: dict[str, Any], today: date) -> Letter:
    """The mail of this delivery; its address is empty if the reader has none any more."""
    whose = select(PERSON.c.email, ACCOUNT.c.language, ACCOUNT.c.hr, ACCOUNT.c.disabled, ACCOUNT.c.id)
    whose = whose.outerjoin(ACCOUNT, ACCOUNT.c.person_id == PERSON.c.id).where(PERSON.c.id == row["recipient"])
    reader = (await session.execute(whose)).first() or ("", "id", False, False, None)
    email, language, hr, disabled, account = reader
    units = await units_of(session, account, today) if account else ()
    actor = Actor(row["recipient"], hr=bool(hr), units=units)
    ids = row["notices"][:MOST_LINES]
    found = {told.id: told for told in await session.execute(TOLD.where(NOTICE.c.id.in_(ids)))}
    lines = tuple(_line(actor, found[notice]) for notice in ids if notice in found)
    address = "" if disabled else email or ""
    known = (row["id"], row["recipient"], address, language or "id", Kind(row["kind"]), row["created_at"])
    return Letter(*known, lines, len(row["notices"]) - len(ids))


def _line(actor: Actor, told: Any) -> Line:
    if told.employee_id is None:
        return Line(told.kind, told.subject, due=told.due)
    line = tuple(person for person in (told.supervisor_id, told.superior_id) if person)
    parties = Parties(told.employee_id, told.unit_id, line, told.head_id, told.escalated_to)
    shown = actor.id != told.employee_id and can(actor, Action.VIEW, parties).allowed
    return Line(told.kind, told.subject, told.cycle_id, told.employee_id, told.name if shown else "", told.due)


async def parcel(session: Session, row: dict[str, Any], keys: Keys, at: datetime) -> Parcel:
    """The message of this delivery, the same at every try; its address is empty if nobody wants it any more."""
    listening = select(WEBHOOK).where(WEBHOOK.c.id == row["recipient"], WEBHOOK.c.off_at.is_(None))
    hook = (await session.execute(listening)).mappings().first()
    columns = ("id", "kind", "subject", "revision", "recipient", "created_at")
    query = select(*(NOTICE.c[name] for name in columns)).where(NOTICE.c.id.in_(row["notices"]))
    found = {told.id: Told(*told) for told in await session.execute(query)}
    notices = tuple(found[notice] for notice in row["notices"] if notice in found)
    url, secrets = (hook["url"], signing(keys, hook, at)) if hook else ("", ())
    return Parcel(row["id"], url, secrets, row["created_at"], notices)
