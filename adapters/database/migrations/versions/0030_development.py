"""Development plans."""

import sqlalchemy as sa
from alembic import op

from adapters.database.columns import Document, Instant

revision = "0030"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "development_entry",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("person_id", sa.String(length=12), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("deed", sa.String(length=12), nullable=False),
        sa.Column("items", Document, nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("side", sa.String(length=12), nullable=False),
        sa.Column("done_by", sa.String(length=12), nullable=False),
        sa.Column("done_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("person_id", "year", "number"),
    )
