"""What HR sets on pages of its own: who changed how a unit works, and when."""

import sqlalchemy as sa
from alembic import op

from adapters.database.columns import Instant

revision = "0014"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("unit_schedule", sa.Column("changed_by", sa.String(length=12), nullable=True))
    op.add_column("unit_schedule", sa.Column("changed_at", Instant(), nullable=True))
