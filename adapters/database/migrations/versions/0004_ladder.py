"""The ladder: cases handed to HR, held cases, and the way in which a case left the cycle."""

import sqlalchemy as sa
from alembic import op

from adapters.database.columns import Instant

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("handed_to_hr", "held"):
        op.add_column("appraisal", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("appraisal", sa.Column("taken_by", sa.String(length=12), nullable=True))
    op.add_column("appraisal", sa.Column("held_until", Instant(), nullable=True))
    op.add_column("appraisal", sa.Column("exit", sa.String(length=12), nullable=True))
    op.create_table(
        "bulk",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("remedy", sa.JSON(), nullable=False),
        sa.Column("ordered_by", sa.String(length=12), nullable=False),
        sa.Column("ordered_at", Instant(), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("refused", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_bulk_ordered", "bulk", ["ordered_at", "id"])
    op.create_index("ix_appraisal_handed", "appraisal", ["handed_to_hr", "due_at", "id"])


def downgrade() -> None:
    op.drop_table("bulk")
    op.drop_index("ix_appraisal_handed", "appraisal")
    for name in ("exit", "held_until", "taken_by", "held", "handed_to_hr"):
        op.drop_column("appraisal", name)
