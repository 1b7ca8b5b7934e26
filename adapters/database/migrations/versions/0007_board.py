"""What HR's board reads: when a case changed, the orders of its lists, troubles, and how long steps took."""

import sqlalchemy as sa
from alembic import op

from adapters.database.columns import Instant

revision = "0007"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("appraisal", sa.Column("updated_at", Instant(), nullable=True))
    op.create_index("ix_appraisal_updated_at", "appraisal", ["updated_at"])
    op.create_index("ix_appraisal_next_at", "appraisal", ["next_at"])
    op.create_index("ix_appraisal_due", "appraisal", ["due_at", "id"])
    op.create_index("ix_appraisal_due_at_step", "appraisal", ["step", "due_at", "id"])
    op.create_index("ix_appraisal_due_in_unit", "appraisal", ["unit_id", "due_at", "id"])
    op.create_index("ix_appraisal_due_in_cycle", "appraisal", ["cycle_id", "due_at", "id"])
    op.create_table(
        "trouble",
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("detail", sa.String(length=500), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("first_seen", Instant(), nullable=False),
        sa.Column("last_seen", Instant(), nullable=False),
        sa.Column("resolved_at", Instant(), nullable=True),
        sa.Column("repair", sa.String(length=12), nullable=True),
        sa.Column("repaired_by", sa.String(length=64), nullable=True),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("subject", "kind"),
    )
    op.create_index("ix_trouble_open", "trouble", ["resolved_at", "kind", "subject"])
    op.create_index("ix_trouble_changed_at", "trouble", ["changed_at"])
    op.create_table(
        "passage",
        sa.Column("case_id", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.String(length=12), nullable=False),
        sa.Column("unit_id", sa.String(length=12), nullable=False),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("in_time", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "revision"),
    )
    op.create_index("ix_passage_cycle", "passage", ["cycle_id", "step", "unit_id", "seconds", "in_time"])
