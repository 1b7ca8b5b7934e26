"""Who works where, and since when. Periods are half-open dates: valid_from <= day < valid_to, valid_to empty while it lasts."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Index, Numeric, UniqueConstraint, false
from sqlmodel import Field, SQLModel

from adapters.database.columns import Instant
from appraisal.vocabulary import AssignmentKind, Direction, Employment, EvidenceNeed, PositionKind


class Unit(SQLModel, table=True):
    """An organisational unit; `code` is the personnel system's own id (unorId)."""

    id: str = Field(primary_key=True, max_length=12)
    code: str = Field(unique=True, max_length=64)


class UnitPeriod(SQLModel, table=True):
    """Name and place of a unit for a time."""

    __tablename__ = "unit_period"
    __table_args__ = (UniqueConstraint("unit_id", "valid_from"),)

    id: str = Field(primary_key=True, max_length=12)
    unit_id: str = Field(foreign_key="unit.id", max_length=12)
    name: str = Field(max_length=200)
    parent_id: str | None = Field(default=None, foreign_key="unit.id", max_length=12, index=True)
    valid_from: date
    valid_to: date | None = None


class Person(SQLModel, table=True):
    """A human being. The NIP identifies people in files only; everything else uses the surrogate id."""

    id: str = Field(primary_key=True, max_length=12)
    nip: str = Field(unique=True, max_length=18)
    name: str = Field(max_length=200, index=True)
    email: str | None = Field(default=None, max_length=254)
    employment: Employment = Field(max_length=20)
    grade: str | None = Field(default=None, max_length=10, description="golongan, e.g. III/d or IX")
    level: str | None = Field(default=None, max_length=20, description="jenjang, where a file says one")


class Position(SQLModel, table=True):
    """A position (jabatan) of a unit."""

    __table_args__ = (UniqueConstraint("unit_id", "title"),)

    id: str = Field(primary_key=True, max_length=12)
    unit_id: str = Field(foreign_key="unit.id", max_length=12)
    title: str = Field(max_length=200)
    kind: PositionKind = Field(max_length=20)
    echelon: str | None = Field(default=None, max_length=10, description="eselon, e.g. II.b")


class Assignment(SQLModel, table=True):
    """Who holds which position and answers to whom, for a time."""

    __table_args__ = (
        UniqueConstraint("person_id", "kind", "valid_from"),
        Index("ix_assignment_supervisor", "supervisor_id", "valid_to"),
        Index("ix_assignment_position", "position_id", "valid_to"),
    )

    id: str = Field(primary_key=True, max_length=12)
    person_id: str = Field(foreign_key="person.id", max_length=12)
    position_id: str = Field(foreign_key="position.id", max_length=12)
    supervisor_id: str | None = Field(default=None, foreign_key="person.id", max_length=12)
    kind: AssignmentKind = Field(default=AssignmentKind.DEFINITIF, max_length=12)
    valid_from: date
    valid_to: date | None = None


class Indicator(SQLModel, table=True):
    """A performance indicator of a unit (indikator kinerja) for one year."""

    __table_args__ = (UniqueConstraint("unit_id", "year", "code"),)

    id: str = Field(primary_key=True, max_length=12)
    unit_id: str = Field(foreign_key="unit.id", max_length=12)
    year: int
    code: str = Field(max_length=32)
    name: str = Field(max_length=300)
    unit_of_measure: str = Field(max_length=40)
    baseline: Decimal | None = Field(default=None, sa_type=Numeric(18, 4))
    target: Decimal = Field(sa_type=Numeric(18, 4))
    direction: str = Field(max_length=8, sa_column_kwargs={"server_default": Direction.UP})
    evidence: str = Field(max_length=8, sa_column_kwargs={"server_default": EvidenceNeed.OPTIONAL})


class Training(SQLModel, table=True):
    """One course of the catalogue for one year; hours are jam pelajaran (JP)."""

    __table_args__ = (UniqueConstraint("year", "code"),)

    id: str = Field(primary_key=True, max_length=12)
    year: int
    code: str = Field(max_length=32)
    name: str = Field(max_length=200)
    topics: str = Field(
        max_length=400, description="what it helps with: aspects, behaviours or 'development', separated by ';'"
    )
    hours: int
    seats: int
    starts_on: date
    ends_on: date
    place: str = Field(default="", max_length=200)
    kind: str = Field(max_length=20, sa_column_kwargs={"server_default": ""}, description="empty: not said")
    price: Decimal = Field(
        sa_type=Numeric(15, 0), sa_column_kwargs={"server_default": "0"}, description="rupiah a seat"
    )
    provider: str = Field(max_length=200, sa_column_kwargs={"server_default": ""})
    employments: str = Field(max_length=40, sa_column_kwargs={"server_default": ""}, description="empty: all of them")
    positions: str = Field(max_length=60, sa_column_kwargs={"server_default": ""}, description="kinds; empty: all")
    lowest_grades: str = Field(max_length=20, sa_column_kwargs={"server_default": ""}, description="of PNS, of PPPK")
    withdrawn: bool = Field(default=False, sa_column_kwargs={"server_default": false()}, description="offered no more")


class CalendarDay(SQLModel, table=True):
    """What a decree (SKB) says about a day. Rows are only added: of a day, the newest version counts."""

    __tablename__ = "calendar_day"

    version: int = Field(primary_key=True, description="each applied decree makes the next one")
    day: date = Field(primary_key=True)
    name: str = Field(max_length=200)
    kind: str = Field(max_length=20)
    source: str = Field(max_length=200)
    import_id: str = Field(max_length=12)


class UnitSchedule(SQLModel, table=True):
    """How a unit works where it differs from the agency: days of the week, and its zone (empty: the policy's)."""

    __tablename__ = "unit_schedule"

    unit_id: str = Field(primary_key=True, foreign_key="unit.id", max_length=12)
    week: int
    zone: str | None = Field(default=None, max_length=40)
    changed_by: str | None = Field(default=None, max_length=12, description="who of HR; empty where a file says so")
    changed_at: datetime | None = Field(default=None, sa_type=Instant)
