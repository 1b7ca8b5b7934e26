"""The two plans for the seats of a nomination."""

import sqlalchemy as sa
from alembic import op

from adapters.database.columns import Instant

revision = "0025"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "seat_plan",
        sa.Column("cycle_id", sa.String(length=12), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("cycle_id"),
    )
    op.create_table(
        "planned_seat",
        sa.Column("cycle_id", sa.String(length=12), nullable=False),
        sa.Column("employee_id", sa.String(length=12), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("differs", sa.Boolean(), nullable=False),
        sa.Column("rule", sa.JSON(), nullable=False),
        sa.Column("optimum", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("cycle_id", "employee_id"),
    )
    op.create_index("ix_planned_seat_differs", "planned_seat", ["cycle_id", "differs", "rank", "employee_id"])
