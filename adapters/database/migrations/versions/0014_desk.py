"""What HR sets on pages of its own: who changed how a unit works, and when; which programs listen, and since when not;
orders for a whole unit; and the whole state of a cycle."""

import sqlalchemy as sa
from alembic import op

from adapters.database.columns import Instant

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("unit_schedule", sa.Column("changed_by", sa.String(length=12), nullable=True))
    op.add_column("unit_schedule", sa.Column("changed_at", Instant(), nullable=True))
    op.add_column("webhook", sa.Column("added_by", sa.String(length=64), nullable=True))
    op.add_column("webhook", sa.Column("off_at", Instant(), nullable=True))
    for column in (sa.Column("cycle_id", sa.String(length=12)), sa.Column("unit_id", sa.String(length=12))):
        op.add_column("bulk", column)
    op.add_column("bulk", sa.Column("releases", sa.String(length=32), nullable=True))
    op.add_column("bulk", sa.Column("groups", sa.JSON(), nullable=True))
    op.add_column("cycle", sa.Column("document", sa.JSON(), nullable=True))
    op.create_index("ix_bulk_cycle", "bulk", ["cycle_id", "ordered_at"])
    op.create_index("ix_delivery_recipient", "delivery", ["recipient", "created_at"])
