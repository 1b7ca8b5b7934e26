"""What heads of units say of the trainings proposed for their people."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from adapters.database.columns import Instant


class HeadsWord(SQLModel, table=True):
    """The last word of a head about one proposal of a nomination. It holds while this training, or none, is proposed."""

    __tablename__ = "heads_word"

    cycle_id: str = Field(primary_key=True, max_length=12)
    employee_id: str = Field(primary_key=True, max_length=12)
    training_id: str | None = Field(default=None, max_length=12, description="what was proposed")
    agrees: bool
    reason: str = Field(max_length=4000)
    said_by: str = Field(max_length=12)
    said_at: datetime = Field(sa_type=Instant)
