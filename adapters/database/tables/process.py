"""The projection and the record of the processes. Written by their own store activities and by nothing else.

No foreign keys here: a projection must never refuse what its process has decided.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from adapters.database.columns import Document, Instant
from adapters.database.tables.record import Written


class Cycle(SQLModel, table=True):
    """One appraisal cycle; `policy` is frozen at the launch."""

    id: str = Field(primary_key=True, max_length=12)
    year: int
    name: str = Field(max_length=120)
    phase: str = Field(max_length=20)
    policy: dict[str, Any] = Field(sa_type=Document)
    timetable: dict[str, Any] | None = Field(default=None, sa_type=Document)
    participants: int = 0
    started: int = 0
    starts_at: datetime = Field(sa_type=Instant)
    closes_at: datetime | None = Field(default=None, sa_type=Instant)
    calendar_version: int | None = Field(default=None, description="of the days off that the dates were made with")
    unconfirmed_years: list[int] | None = Field(default=None, sa_type=Document, description="at the launch")
    revision: int
    document: dict[str, Any] | None = Field(default=None, sa_type=Document, description="the whole state")


class Participant(SQLModel, table=True):
    """Who takes part in a cycle, and in which calibration pool: fixed at the launch, before the first case starts."""

    cycle_id: str = Field(primary_key=True, max_length=12)
    person_id: str = Field(primary_key=True, max_length=12)
    unit_id: str = Field(max_length=12)


class Appraisal(SQLModel, table=True):
    """One employee's case as lists read it; `document` is the whole state."""

    __table_args__ = (
        UniqueConstraint("cycle_id", "employee_id"),
        Index("ix_appraisal_holder", "holder_id", "due_at", "id"),
        Index("ix_appraisal_escalated", "escalated_to", "due_at", "id"),
        Index("ix_appraisal_handed", "handed_to_hr", "due_at", "id"),
        Index("ix_appraisal_preparer", "preparer_id", "due_at", "id"),
        Index("ix_appraisal_step", "cycle_id", "step", "due_at", "id"),
        Index("ix_appraisal_unit", "cycle_id", "unit_id", "step", "id"),
        Index("ix_appraisal_due", "due_at", "id"),
        Index("ix_appraisal_due_at_step", "step", "due_at", "id"),
        Index("ix_appraisal_due_in_unit", "unit_id", "due_at", "id"),
        Index("ix_appraisal_due_in_cycle", "cycle_id", "due_at", "id"),
    )

    id: str = Field(primary_key=True, max_length=64, description="the workflow id")
    cycle_id: str = Field(max_length=12)
    employee_id: str = Field(max_length=12, index=True)
    unit_id: str = Field(max_length=12, description="the calibration pool")
    supervisor_id: str | None = Field(default=None, max_length=12, index=True)
    superior_id: str | None = Field(default=None, max_length=12)
    head_id: str | None = Field(default=None, max_length=12)
    step: str = Field(max_length=20)
    holder_id: str | None = Field(default=None, max_length=24, description="a person's id, 'hr' or 'hr/{unit}'")
    escalated_to: str | None = Field(default=None, max_length=24)
    preparer_id: str | None = Field(default=None, max_length=12, description="may prepare the step, not sign it")
    acting: list[Any] = Field(default_factory=list, sa_type=Document, description="who acts: represented, by, signs")
    since: datetime = Field(sa_type=Instant)
    opens_at: datetime | None = Field(default=None, sa_type=Instant)
    due_at: datetime | None = Field(default=None, sa_type=Instant)
    ends_at: datetime | None = Field(default=None, sa_type=Instant)
    next_alarm: str | None = Field(default=None, max_length=12)
    next_at: datetime | None = Field(default=None, sa_type=Instant, index=True)
    returned: int = 0
    escalated: int = 0
    results_rating: str | None = Field(default=None, max_length=12)
    behaviour_rating: str | None = Field(default=None, max_length=12)
    predicate: str | None = Field(default=None, max_length=20)
    calibrated: bool = False
    outcome: str | None = Field(default=None, max_length=12)
    training_id: str | None = Field(default=None, max_length=12)
    revision: int
    document: dict[str, Any] = Field(sa_type=Document)
    handed_to_hr: bool = Field(default=False, description="escalated beyond the superior")
    handed_to_unit_hr: bool = Field(default=False, description="escalated to the HR officers of the unit")
    taken_by: str | None = Field(default=None, max_length=24, description="who does the step in the holder's place")
    held: bool = Field(default=False, description="its clock stands still")
    held_until: datetime | None = Field(default=None, sa_type=Instant)
    exit: str | None = Field(default=None, max_length=12, description="how it left the cycle")
    rater_id: str | None = Field(default=None, max_length=12, description="whose rating is objected to")
    decider_id: str | None = Field(default=None, max_length=12, description="who decides on the objection")
    objection: str | None = Field(default=None, max_length=12, description="open, or how it ended")
    predicate_objected: str | None = Field(default=None, max_length=20, description="before the objection changed it")
    updated_at: datetime | None = Field(
        default=None, sa_type=Instant, index=True, description="by the database's writer"
    )
    earlier: list[Any] = Field(default_factory=list, sa_type=Document, description="superiors of parts that are over")
    waits_upstream: bool = Field(default=False, description="a target waits for those of the superior")


class Calibration(SQLModel, table=True):
    """One unit's calibration in one cycle."""

    id: str = Field(primary_key=True, max_length=64, description="the workflow id")
    cycle_id: str = Field(max_length=12, index=True)
    unit_id: str = Field(max_length=12)
    head_id: str | None = Field(default=None, max_length=12, index=True)
    superior_id: str | None = Field(default=None, max_length=12, index=True)
    escalated_to: str | None = Field(default=None, max_length=12, index=True)
    phase: str = Field(max_length=12)
    unit_result: str | None = Field(default=None, max_length=20)
    round: int = 0
    opens_at: datetime | None = Field(default=None, sa_type=Instant)
    due_at: datetime | None = Field(default=None, sa_type=Instant)
    ends_at: datetime | None = Field(default=None, sa_type=Instant)
    next_alarm: str | None = Field(default=None, max_length=12)
    next_at: datetime | None = Field(default=None, sa_type=Instant)
    revision: int
    document: dict[str, Any] = Field(sa_type=Document)


class Nomination(SQLModel, table=True):
    """The training nominations of one cycle."""

    id: str = Field(primary_key=True, max_length=64, description="the workflow id")
    cycle_id: str = Field(max_length=12, unique=True)
    phase: str = Field(max_length=12)
    round: int = 0
    opens_at: datetime | None = Field(default=None, sa_type=Instant)
    heads_until: datetime | None = Field(default=None, sa_type=Instant, description="heads of units may speak")
    due_at: datetime | None = Field(default=None, sa_type=Instant)
    ends_at: datetime | None = Field(default=None, sa_type=Instant)
    next_alarm: str | None = Field(default=None, max_length=12)
    next_at: datetime | None = Field(default=None, sa_type=Instant)
    revision: int
    document: dict[str, Any] = Field(sa_type=Document)


class Proposal(SQLModel, table=True):
    """One proposal of a nomination: a person, a training or none, and the reason either way."""

    __table_args__ = (
        Index("ix_proposal_rank", "cycle_id", "rank", "employee_id"),
        Index("ix_proposal_round", "cycle_id", "round", "employee_id"),
        Index("ix_proposal_employee", "employee_id"),
    )

    cycle_id: str = Field(primary_key=True, max_length=12)
    employee_id: str = Field(primary_key=True, max_length=12)
    training_id: str | None = Field(default=None, max_length=12, index=True)
    code: str = Field(default="", max_length=24, description="of the reason; with the parameters for other languages")
    parameters: list[Any] = Field(default_factory=list, sa_type=Document)
    reason: str = Field(max_length=1000)
    rank: int
    round: int | None = Field(default=None, description="of the nomination in which it was decided")
    decision: str | None = Field(default=None, max_length=12, description="approved, refused, lapsed or given_back")
    decision_reason: str = Field(default="", max_length=2000)
    decided_by: str | None = Field(default=None, max_length=12)
    decided_at: datetime | None = Field(default=None, sa_type=Instant)


class Event(Written, table=True):
    """The record of a process as everybody reads it: a view of the entries that its process went on from."""

    __tablename__ = "standing_event"
    __table_args__ = {"info": {"view": True}}  # noqa: RUF012

    attempt: int = Field(default=0, description="only for whoever adds to the chain")


class Notice(SQLModel, table=True):
    """Something somebody must hear: first a row, then sent. Unique by event, recipient and channel.

    The two `settled` say when it was decided what goes out because of it, by mail and to programs; nothing is decided twice.
    """

    __table_args__ = (
        UniqueConstraint("subject", "revision", "recipient", "channel"),
        Index("ix_notice_recipient", "recipient", "created_at", "id"),
        Index("ix_notice_mail", "mail_settled_at", "created_at"),
        Index("ix_notice_hooks", "hooks_settled_at", "created_at"),
    )

    id: str = Field(primary_key=True, max_length=12)
    subject: str = Field(max_length=64)
    revision: int
    recipient: str = Field(max_length=24, description="a person's id, 'hr' or 'hr/{unit}'")
    channel: str = Field(default="inbox", max_length=12)
    kind: str = Field(max_length=40)
    created_at: datetime = Field(sa_type=Instant)
    read_at: datetime | None = Field(default=None, sa_type=Instant)
    mail_settled_at: datetime | None = Field(default=None, sa_type=Instant)
    hooks_settled_at: datetime | None = Field(default=None, sa_type=Instant)


class Bulk(SQLModel, table=True):
    """One remedy that HR gave to many cases or to all of a unit, and which of them refused it."""

    __table_args__ = (Index("ix_bulk_ordered", "ordered_at", "id"), Index("ix_bulk_cycle", "cycle_id", "ordered_at"))

    id: str = Field(primary_key=True, max_length=32)
    remedy: dict[str, Any] = Field(sa_type=Document)
    ordered_by: str = Field(max_length=12)
    ordered_at: datetime = Field(sa_type=Instant)
    cases: int
    done: bool = False
    taken: int = 0
    refused: list[Any] = Field(sa_type=Document, description="pairs of case and code of the refusal")
    revision: int
    cycle_id: str | None = Field(default=None, max_length=12, description="of a whole unit or the agency")
    unit_id: str | None = Field(default=None, max_length=12, description="empty for the agency")
    releases: str | None = Field(default=None, max_length=32, description="the order whose standstill it ends")
    groups: list[Any] | None = Field(
        default=None, sa_type=Document, description="pairs of group and code of the refusal"
    )


class RosterImport(SQLModel, table=True):
    """One import of people, units or a catalogue: preview, decision, result."""

    __tablename__ = "roster_import"

    id: str = Field(primary_key=True, max_length=12)
    kind: str = Field(max_length=20)
    filename: str = Field(max_length=200)
    effective_on: date
    uploaded_by: str = Field(max_length=12)
    phase: str = Field(max_length=12)
    problems: list[Any] = Field(sa_type=Document)
    differences: list[Any] = Field(sa_type=Document)
    revision: int
    created_at: datetime = Field(sa_type=Instant)
