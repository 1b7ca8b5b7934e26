"""Results on their way to SIASN."""

import sqlalchemy as sa
from alembic import op

from adapters.database.columns import Instant

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "siasn_push",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(length=12), nullable=False),
        sa.Column("period", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.String(length=12), nullable=False),
        sa.Column("order_id", sa.String(length=12), nullable=False),
        sa.Column("asked_by", sa.String(length=12), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("stand", sa.String(length=8), nullable=False),
        sa.Column("failure", sa.String(length=24), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("tried_at", Instant(), nullable=True),
        sa.Column("sent_at", Instant(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("answer", sa.String(length=300), nullable=False),
        sa.Column("touched_at", Instant(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("cycle_id", "person_id", "period", "year"),
    )
    op.create_index("ix_siasn_push_order", "siasn_push", ["order_id", "stand", "tries", "id"])
    op.create_index("ix_siasn_push_stand", "siasn_push", ["cycle_id", "stand", "failure"])
