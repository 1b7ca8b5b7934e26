"""The documents that were issued: what a holder of the paper can have verified. Not what they say, but its digest."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from adapters.database.columns import Instant


class Paper(SQLModel, table=True):
    """One version of a document. Rows are only added: the newest version is the one that holds."""

    __table_args__ = (
        UniqueConstraint("kind", "cycle_id", "about", "version"),
        UniqueConstraint("kind", "year", "number", "version"),
    )

    code: str = Field(primary_key=True, max_length=20, description="random; it stands in the QR code")
    kind: str = Field(max_length=12)
    cycle_id: str = Field(max_length=12, description="of angka kredit the year")
    about: str = Field(max_length=12, description="the employee, or the unit")
    year: int
    number: int = Field(description="within the kind and year; all versions have the same")
    version: int
    digest: str = Field(max_length=64, description="SHA-256 of all that it says")
    initials: str = Field(max_length=40, description="of whom it is about, as printed; empty for a unit")
    unit: str = Field(max_length=200, description="as printed")
    agency: str = Field(max_length=200, description="as printed")
    issued_at: datetime = Field(sa_type=Instant)
    issued_by: str = Field(max_length=12, description="who asked for it first: a person, or an officer's account")
