"""What went by itself, in numbers: which kind, how many and when, never whose."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from adapters.database.columns import Instant


class Removal(SQLModel, table=True):
    """So many rows of one kind went on one day. Counted in the transactions that remove them."""

    day: date = Field(primary_key=True, description="in the agency's zone")
    kind: str = Field(primary_key=True, max_length=12)
    before: datetime = Field(sa_type=Instant, description="what was older went")
    rows: int
    at: datetime = Field(sa_type=Instant, description="when the last of them went")
