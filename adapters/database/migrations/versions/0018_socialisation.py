"""The socialisation of a cycle's rules: confirmations, questions, answers, reminders."""

import sqlalchemy as sa
from alembic import op

from adapters.database.columns import Instant

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rules_confirmation",
        sa.Column("cycle_id", sa.String(length=12), nullable=False),
        sa.Column("rules", sa.String(length=60), nullable=False),
        sa.Column("person_id", sa.String(length=12), nullable=False),
        sa.Column("confirmed_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("cycle_id", "rules", "person_id"),
    )
    op.create_table(
        "rules_question",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("cycle_id", sa.String(length=12), nullable=False),
        sa.Column("person_id", sa.String(length=12), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_rules_question", "rules_question", ["cycle_id", "asked_at", "id"])
    op.create_table(
        "rules_answer",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("question_id", sa.String(length=12), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("answered_by", sa.String(length=12), nullable=False),
        sa.Column("answered_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_rules_answer", "rules_answer", ["question_id", "answered_at", "id"])
    op.create_table(
        "rules_reminder",
        sa.Column("cycle_id", sa.String(length=12), nullable=False),
        sa.Column("rules", sa.String(length=60), nullable=False),
        sa.Column("stage", sa.String(length=8), nullable=False),
        sa.Column("reminded_by", sa.String(length=12), nullable=False),
        sa.Column("reminded_at", Instant(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("cycle_id", "rules", "stage"),
    )
