"""What is sent out of the inbox: to whom, by which way, with which notices, and how it went."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from adapters.database.columns import Document, Instant

MAIL, HOOK = "mail", "webhook"
"""The channels."""


class Delivery(SQLModel, table=True):
    """One mail, or one message to a program. Made in the transaction that settles its notices; sent after that.

    The unique key is why a person gets one digest a day. `try_at` is empty once nothing more will be tried.
    """

    __table_args__ = (
        UniqueConstraint("recipient", "channel", "kind", "slot"),
        Index("ix_delivery_waiting", "channel", "try_at"),
        Index("ix_delivery_recipient", "recipient", "created_at"),
    )

    id: str = Field(primary_key=True, max_length=12)
    recipient: str = Field(max_length=12, description="a person's id, or a webhook's")
    channel: str = Field(max_length=12, description="MAIL or HOOK")
    kind: str = Field(max_length=12, description="digest, urgent, event or test")
    slot: str = Field(max_length=40, description="the day of a digest, else the instant")
    notices: list[Any] = Field(sa_type=Document, description="their ids, in the order of the text")
    created_at: datetime = Field(sa_type=Instant)
    try_at: datetime | None = Field(default=None, sa_type=Instant)
    sent_at: datetime | None = Field(default=None, sa_type=Instant)
    attempts: int = 0
    last_error: str = Field(default="", max_length=120)


class Webhook(SQLModel, table=True):
    """An address of a program that hears of every notice. Each message is signed, so the secret is sealed and no digest.

    `secret` is readable: it is of the version before, and empty as soon as this one has sealed it.
    """

    id: str = Field(primary_key=True, max_length=12)
    url: str = Field(max_length=500, unique=True)
    secret: str = Field(max_length=80)
    created_at: datetime = Field(sa_type=Instant)
    added_by: str | None = Field(default=None, max_length=64)
    off_at: datetime | None = Field(default=None, sa_type=Instant, description="since then nothing is sent to it")
    sealed: str | None = Field(default=None, max_length=300)
    former: str | None = Field(default=None, max_length=300, description="the sealed secret before, that signs as well")
    former_until: datetime | None = Field(default=None, sa_type=Instant)
