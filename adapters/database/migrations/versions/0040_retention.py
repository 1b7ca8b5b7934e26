"""What went by itself after its time, in numbers."""

import sqlalchemy as sa
from alembic import op

from adapters.database.columns import Instant

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "removal",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("before", Instant(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("day", "kind"),
    )
