"""People move: who was given another superior, by whom and why; and who reports that the superior is wrong."""

import sqlalchemy as sa
from alembic import op

from adapters.database.columns import Instant

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "superior_change",
        sa.Column("order_id", sa.String(length=12), nullable=False),
        sa.Column("person_id", sa.String(length=12), nullable=False),
        sa.Column("before_id", sa.String(length=12), nullable=True),
        sa.Column("superior_id", sa.String(length=12), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("ordered_by", sa.String(length=12), nullable=False),
        sa.Column("ordered_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("order_id", "person_id"),
    )
    op.create_index("ix_superior_change_person", "superior_change", ["person_id", "ordered_at"])
    op.create_table(
        "superior_report",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=12), nullable=False),
        sa.Column("before_id", sa.String(length=12), nullable=True),
        sa.Column("proposed_id", sa.String(length=12), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("phase", sa.String(length=12), nullable=False),
        sa.Column("reported_at", Instant(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("reminded", sa.Integer(), nullable=False),
        sa.Column("superior_id", sa.String(length=12), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(length=12), nullable=True),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("subject"),
    )
    op.create_index("ix_superior_report_due", "superior_report", ["phase", "due_at", "id"])
    op.create_index("ix_superior_report_person", "superior_report", ["person_id", "reported_at"])
