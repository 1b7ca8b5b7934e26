"""Requests of people about their own data."""

import sqlalchemy as sa
from alembic import op

from adapters.database.columns import Instant

revision = "0035"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "data_request",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("person_id", sa.String(length=12), nullable=False),
        sa.Column("area", sa.String(length=12), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("should_be", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("unit_id", sa.String(length=12), nullable=False),
        sa.Column("holder_id", sa.String(length=24), nullable=False),
        sa.Column("phase", sa.String(length=12), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("reminded", sa.Boolean(), nullable=False),
        sa.Column("escalated", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("answered_by", sa.String(length=12), nullable=True),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("subject"),
    )
    op.create_index("ix_data_request_due", "data_request", ["phase", "due_at", "id"])
    op.create_index("ix_data_request_unit", "data_request", ["unit_id", "phase", "due_at", "id"])
    op.create_index("ix_data_request_person", "data_request", ["person_id", "asked_at"])
