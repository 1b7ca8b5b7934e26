"""Calibration sessions: the board that heads work on together, and silent first votes."""

import sqlalchemy as sa
from alembic import op

from adapters.database.columns import Instant

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "session_board",
        sa.Column("calibration_id", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("calibration_id"),
    )
    op.create_table(
        "session_proposal",
        sa.Column("calibration_id", sa.String(length=64), nullable=False),
        sa.Column("employee_id", sa.String(length=12), nullable=False),
        sa.Column("results", sa.String(length=12), nullable=True),
        sa.Column("behaviour", sa.String(length=12), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("discussed", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.String(length=12), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("calibration_id", "employee_id"),
    )
    op.create_table(
        "session_ballot",
        sa.Column("calibration_id", sa.String(length=64), nullable=False),
        sa.Column("voter_id", sa.String(length=12), nullable=False),
        sa.Column("votes", sa.JSON(), nullable=False),
        sa.Column("given_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("calibration_id", "voter_id"),
    )
