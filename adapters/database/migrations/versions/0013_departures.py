"""People go, for good or for a time, and what became of their cases; people move, and who saw the earlier part of the year."""

import sqlalchemy as sa
from alembic import op

from adapters.database.columns import Instant

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "departure",
        sa.Column("order_id", sa.String(length=12), nullable=False),
        sa.Column("person_id", sa.String(length=12), nullable=False),
        sa.Column("cause", sa.String(length=12), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("begins_at", Instant(), nullable=False),
        sa.Column("returns_on", sa.Date(), nullable=True),
        sa.Column("returns_at", Instant(), nullable=True),
        sa.Column("own_cases", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("ordered_by", sa.String(length=12), nullable=False),
        sa.Column("ordered_at", Instant(), nullable=False),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("order_id", "person_id"),
    )
    op.create_index("ix_departure_person", "departure", ["person_id", "effective_on"])
    op.create_index("ix_departure_end", "departure", ["returns_on"])
    op.create_table(
        "departure_result",
        sa.Column("order_id", sa.String(length=12), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=12), nullable=False),
        sa.Column("treatment", sa.String(length=12), nullable=False),
        sa.Column("refused", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("order_id", "subject"),
    )
    op.add_column("appraisal", sa.Column("earlier", sa.JSON(), nullable=False, server_default="[]"))
