"""Evaluations of the periods of a year, and feedback at any time."""

import sqlalchemy as sa
from alembic import op

from adapters.database.columns import Instant

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "evaluation",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("cycle_id", sa.String(length=12), nullable=False),
        sa.Column("employee_id", sa.String(length=12), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=12), nullable=False),
        sa.Column("unit_id", sa.String(length=12), nullable=False),
        sa.Column("supervisor_id", sa.String(length=12), nullable=True),
        sa.Column("superior_id", sa.String(length=12), nullable=True),
        sa.Column("acting", sa.JSON(), nullable=False),
        sa.Column("holder_id", sa.String(length=12), nullable=True),
        sa.Column("begins_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("due_at", Instant(), nullable=True),
        sa.Column("reported", sa.Boolean(), nullable=False),
        sa.Column("results_rating", sa.String(length=12), nullable=True),
        sa.Column("behaviour_rating", sa.String(length=12), nullable=True),
        sa.Column("predicate", sa.String(length=20), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("cycle_id", "employee_id", "number"),
    )
    op.create_index("ix_evaluation_holder", "evaluation", ["holder_id", "due_at", "id"])
    op.create_index("ix_evaluation_stage", "evaluation", ["stage", "last_day"])
    op.create_index("ix_evaluation_period", "evaluation", ["cycle_id", "number", "stage"])
    op.create_table(
        "feedback",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("case_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("about", sa.String(length=12), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("given_by", sa.String(length=12), nullable=False),
        sa.Column("given_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_feedback_case", "feedback", ["case_id", "given_at", "id"])
