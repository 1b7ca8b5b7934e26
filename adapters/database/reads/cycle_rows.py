"""Every row that belongs to a cycle, table by table, and the names that its ids stand for: what an archive of it holds."""

from typing import Any

from sqlalchemy import ColumnElement, Table, select, union

from adapters.archive import Extent
from adapters.database.columns import table_of
from adapters.database.tables import (
    departures,
    desk,
    enrolments,
    organisation,
    periods,
    process,
    record,
    session,
    socialisation,
    voices,
    watch,
)
from adapters.database.tables.metadata import METADATA

CYCLE, PARTICIPANT = table_of(process.Cycle), table_of(process.Participant)
APPRAISAL, ENTRY = table_of(process.Appraisal), table_of(record.Entry)
ACCOUNT = table_of(desk.Account)
PERSON, UNIT_PERIOD = table_of(organisation.Person), table_of(organisation.UnitPeriod)
FEEDBACK = table_of(periods.Feedback)
QUESTION, ANSWER = table_of(socialisation.RulesQuestion), table_of(socialisation.RulesAnswer)
BY_PROCESS = {
    table_of(model): name
    for model, name in (
        *((periods.Feedback, "case_id"), (process.Notice, "subject"), (watch.Trouble, "subject")),
        *((departures.DepartureResult, "subject"), (enrolments.HoursEntry, "enrolment_id")),
        *(
            (enrolments.AttendanceNote, "seat_id"),
            (voices.VoiceInvitation, "round_id"),
            (voices.VoiceTally, "round_id"),
        ),
        *((session.SessionBoard, "calibration_id"), (session.SessionProposal, "calibration_id")),
        (session.SessionBallot, "calibration_id"),
    )
}
"""Tables whose rows name the process that they belong to, and in which column."""
NOT_HERE = frozenset(
    table_of(model)
    for model in (
        *(record.Entry, record.AnchoredHead, record.Reading),  # packed as the record is for auditors
        desk.Draft,  # nobody's but its author's, and never sent
    )
)
"""Tables that name processes and are none of its rows."""


def rows_of(extent: Extent) -> dict[str, Any]:
    """Of a whole cycle: the query of each table's rows, by the table's name."""
    cycle = extent.cycle
    asked = ANSWER.c.question_id.in_(select(QUESTION.c.id).where(QUESTION.c.cycle_id == cycle))
    belongs: dict[Table, ColumnElement[bool]] = {
        CYCLE: CYCLE.c.id == cycle,
        ANSWER: asked,
        **{table: extent.concerns(table.c[column]) for table, column in BY_PROCESS.items()},
        **{table: table.c.cycle_id == cycle for table in METADATA.sorted_tables if "cycle_id" in table.c},
    }
    return {table.name: _all_of(table, where) for table, where in belongs.items()} | _names(extent)


def _all_of(table: Table, where: ColumnElement[bool]) -> Any:
    return select(table).where(where).order_by(*table.primary_key.columns)


def _names(extent: Extent) -> dict[str, Any]:
    """Who and what the ids stand for: everybody who took part, was above somebody, or did something in it."""
    of_cycle, p, a = APPRAISAL.c.cycle_id == extent.cycle, PERSON.c, ACCOUNT.c
    people = union(
        select(PARTICIPANT.c.person_id).where(PARTICIPANT.c.cycle_id == extent.cycle),
        *(
            select(APPRAISAL.c[name]).where(of_cycle)
            for name in ("employee_id", "supervisor_id", "superior_id", "head_id")
        ),
        select(FEEDBACK.c.given_by).where(extent.concerns(FEEDBACK.c.case_id)),
        *(select(ENTRY.c[name]).where(extent.concerns(ENTRY.c.subject)) for name in ("actor", "on_behalf_of")),
    )
    named = select(p.id, p.nip, p.name, p.employment, p.grade).where(p.id.in_(people)).order_by(p.id)
    officers = select(a.id, a.login).where(a.person_id.is_(None), a.id.in_(people)).order_by(a.id)
    return {"person": named, "account": officers, "unit_period": _all_of(UNIT_PERIOD, UNIT_PERIOD.c.id.is_not(None))}
