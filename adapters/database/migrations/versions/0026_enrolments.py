"""Seats in trainings once they are approved, and the ledger of hours."""

import sqlalchemy as sa
from alembic import op

from adapters.database.columns import Instant

revision = "0026"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "enrolment",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("cycle_id", sa.String(length=12), nullable=False),
        sa.Column("employee_id", sa.String(length=12), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("training_id", sa.String(length=12), nullable=False),
        sa.Column("stage", sa.String(length=12), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("asked", sa.Boolean(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("record_from", Instant(), nullable=False),
        sa.Column("respond_by", Instant(), nullable=False),
        sa.Column("answers_by", Instant(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("certificate", sa.String(length=300), nullable=False),
        sa.Column("own_view", sa.String(length=12), nullable=True),
        sa.Column("superiors_view", sa.String(length=12), nullable=True),
        sa.Column("follows_id", sa.String(length=12), nullable=True),
        sa.Column("successor_id", sa.String(length=12), nullable=True),
        sa.Column("successor_round", sa.Integer(), nullable=True),
        sa.Column("nobody_left", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_enrolment_employee", "enrolment", ["employee_id", "cycle_id", "round"])
    op.create_index("ix_enrolment_training", "enrolment", ["training_id", "stage"])
    op.create_index("ix_enrolment_list", "enrolment", ["starts_on", "id"])
    op.create_table(
        "hours_entry",
        sa.Column("enrolment_id", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(length=12), nullable=False),
        sa.Column("training_id", sa.String(length=12), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("entered_by", sa.String(length=12), nullable=False),
        sa.Column("entered_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("enrolment_id", "revision"),
    )
    op.create_index("ix_hours_entry_person", "hours_entry", ["person_id", "year"])
    op.create_index("ix_proposal_employee", "proposal", ["employee_id"])
