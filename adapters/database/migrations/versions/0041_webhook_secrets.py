"""Secrets of webhooks are kept sealed, and one that follows another signs beside it for a time."""

import sqlalchemy as sa
from alembic import op

from adapters.database.columns import Instant

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("webhook", sa.Column("sealed", sa.String(length=300), nullable=True))
    op.add_column("webhook", sa.Column("former", sa.String(length=300), nullable=True))
    op.add_column("webhook", sa.Column("former_until", Instant(), nullable=True))
